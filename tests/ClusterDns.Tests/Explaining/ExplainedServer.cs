using System.Text;
using System.Text.RegularExpressions;
using ClusterDns.Cli.Commands;
using ClusterDns.Cli.Explaining;
using ClusterDns.Corefile;
using ClusterDns.Explaining;
using ClusterDns.Testing;
using ClusterDns.Tests.Kubernetes.Manifests;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Explaining;

/// <summary>
/// A server as <c>explain</c> makes it, with manifests and an upstream that knows <c>example.com</c>, fails for
/// <c>broken</c> and says nothing to <c>silent</c>. In texts the upstream is called UPSTREAM and every duration TIME.
/// </summary>
internal sealed partial class ExplainedServer : IAsyncDisposable
{
    private const string UpstreamWord = "UPSTREAM";

    private readonly ManifestTemp _manifests = new();
    private readonly FakeUpstream _upstream = new("example.com. 30 A 192.0.2.1", "db.example.com. 30 A 192.0.2.2", "empty.example.com. 30 A 192.0.2.3", "shop. 30 A 192.0.2.4");
    private readonly SocketlessServer _server;

    private ExplainedServer(string corefile, string manifests)
    {
        _upstream.Script = query => WireName.ToText(query.Question[..^MessageHeader.QuestionFixedPart]) switch
        {
            var name when name.StartsWith("silent.", StringComparison.Ordinal) => [],
            var name when name.StartsWith("broken.", StringComparison.Ordinal) =>
                [new FakeAction.Send(new FakeReply(query) { Code = ResponseCode.ServerFailure }.ToArray())],
            _ => null,
        };
        _manifests.Write("objects.yaml", manifests);
        var text = corefile.Replace(UpstreamWord, _upstream.Endpoint.ToString(), StringComparison.Ordinal);
        var context = new CommandContext(TextWriter.Null, TextWriter.Null)
        {
            Input = new MemoryStream(Encoding.UTF8.GetBytes(text)),
            Environment = _ => null,
        };
        _server = new SocketlessServer(
            new ExplainOptions { Name = "", CorefilePath = CorefileLoader.StandardInputName, ManifestPath = _manifests.Path }, context);
    }

    public Explainer Explainer => _server.Explainer;

    public static async Task<ExplainedServer> StartAsync(string corefile, string manifests)
    {
        var server = new ExplainedServer(corefile, manifests);
        Assert.That(await server._server.StartAsync(), Is.Null);
        return server;
    }

    /// <summary>The text for a person, or why there is none.</summary>
    public async Task<string> ExplainAsync(ExplainRequest request)
    {
        var result = await Explainer.ExplainAsync(request, CancellationToken.None);
        var text = result.Explanation is null ? result.Error! : ExplanationText.Write(result.Explanation).TrimEnd('\n');
        return Times().Replace(text.Replace(_upstream.Endpoint.ToString(), UpstreamWord, StringComparison.Ordinal), "TIME");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _upstream.DisposeAsync();
        _manifests.Dispose();
    }

    [GeneratedRegex(@"\b[0-9.]+ (?:ms|s)\b")]
    private static partial Regex Times();
}
