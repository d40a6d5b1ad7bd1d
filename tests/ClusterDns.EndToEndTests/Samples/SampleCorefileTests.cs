using System.Net;
using System.Text.RegularExpressions;
using ClusterDns.Testing;
using ClusterDns.Testing.Conformance;
using ClusterDns.Testing.Network;
using ClusterDns.Transport;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.EndToEndTests.Samples;

/// <summary>
/// Every distribution's default Corefile and what people add to them, unchanged, in a pod of a cluster: the program
/// starts, answers from the cluster and from the world, and shows its pages.
/// </summary>
[TestFixture]
internal sealed partial class SampleCorefileTests
{
    private SampleWorld _world = null!;

    [OneTimeSetUp]
    public async Task BuildWorld()
    {
        RequiredTool.Check("ip");
        if (NetworkNamespace.Missing is { } reason)
        {
            Assert.Ignore(reason);
        }

        _world = await SampleWorld.StartAsync();
    }

    [OneTimeTearDown]
    public async Task TakeDownWorld()
    {
        if (_world is not null)
        {
            await _world.DisposeAsync();
        }
    }

    [TestCaseSource(typeof(SampleCases), nameof(SampleCases.All))]
    public async Task Sample_Started_AnswersAndShowsItsPages(SampleCase sample)
    {
        await using var server = SampleServer.Start(_world, sample);
        await server.WaitUntilItServesAsync();
        var wrong = new List<string>();
        foreach (var question in sample.Questions.Select(SampleQuestion.Parse))
        {
            foreach (var protocol in new[] { TransportProtocol.Udp, TransportProtocol.Tcp })
            {
                var answer = await AskAsync(sample.AskAt, protocol, question);
                if (answer != question.Expected)
                {
                    wrong.Add($"{question} over {protocol}: expected {question.Expected}, was {answer}");
                }
            }
        }

        foreach (var page in Pages(server.Text, sample.Variables))
        {
            var (status, text) = await _world.GetPageAsync(page);
            if (status != HttpStatusCode.OK || !text.Contains(page.AbsolutePath == "/metrics" ? "coredns_build_info{" : "OK", StringComparison.Ordinal))
            {
                wrong.Add($"{page}: {status} {text}");
            }
        }

        Assert.That(wrong, Is.Empty, () => string.Join('\n', server.Process.Output.Concat(server.Process.Errors)));
    }

    [TestCaseSource(typeof(SampleCases), nameof(SampleCases.Refused))]
    public async Task Sample_NotServed_SaysWhyAndExitsWith1(KeyValuePair<string, string> refused)
    {
        await using var server = SampleServer.Start(_world, new SampleCase(refused.Key));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await server.Process.WaitForExitAsync(), Is.EqualTo(1));
            Assert.That(string.Join('\n', server.Process.Errors), Does.Contain(refused.Value));
        }
    }

    [Test]
    public void Cases_OfAllSamples_AreFortySevenThatServeAndFiveThatDoNot()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(SampleCases.All, Has.Count.EqualTo(47));
            Assert.That(SampleCases.All.Select(sample => sample.File).Concat(SampleCases.Refused.Keys), Is.EquivalentTo(SampleServer.Files));
        }
    }

    private async Task<string> AskAsync(IPEndPoint server, TransportProtocol protocol, SampleQuestion question)
    {
        var reply = await _world.AskAsync(server, protocol, QueryFactory.Packet(question.Name, question.Type, udpSize: 1232));
        if (!ReplyReader.TryRead(reply, out var fields))
        {
            return "no DNS reply";
        }

        var records = new RecordReader(reply, fields.QuestionEnd);
        var answers = new List<string>();
        while (records.TryRead(out var record) && record.Section == Section.Answer)
        {
            // Owner and TTL are not asked about here.
            answers.Add(string.Join(' ', RecordText.Format(reply, record).Split(' ')[2..]));
        }

        return string.Join(' ', answers.Order(StringComparer.Ordinal).Prepend(Mnemonic.Of(fields.Code)));
    }

    // Where each of the Corefile's pages is, seen from the pod.
    private static IEnumerable<Uri> Pages(string corefile, IReadOnlyDictionary<string, string> variables)
    {
        foreach (Match line in PageLine().Matches(corefile))
        {
            var (name, address) = (line.Groups["name"].Value, line.Groups["address"].Value);
            foreach (var (variable, value) in variables)
            {
                address = address.Replace($"{{${variable}}}", value, StringComparison.Ordinal);
            }

            var (port, path) = name switch
            {
                "prometheus" => (":9153", "metrics"),
                "health" => (":8080", "health"),
                _ => (":8181", "ready"),
            };
            address = address.Length > 0 ? address : port;
            var host = address.StartsWith(':') || address.StartsWith("0.0.0.0", StringComparison.Ordinal) || address.StartsWith("localhost", StringComparison.Ordinal)
                ? "127.0.0.1"
                : address[..address.LastIndexOf(':')];
            yield return new Uri($"http://{host}{address[address.LastIndexOf(':')..]}/{path}");
        }
    }

    [GeneratedRegex(@"^ *(?<name>prometheus|health|ready)\b *(?<address>[^ {\n]*(\{\$\w+\}[^ \n]*)?)", RegexOptions.Multiline)]
    private static partial Regex PageLine();
}
