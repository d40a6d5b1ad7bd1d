using System.Diagnostics;
using ClusterDns.Testing;
using ClusterDns.Testing.Processes;
using NUnit.Framework;

namespace ClusterDns.EndToEndTests;

/// <summary>
/// A zone file behind the real program, asked by <c>dig</c> over UDP and TCP: the same zones and answers as
/// <c>Plugins/File/zones</c> has, and a file that changes.
/// </summary>
[TestFixture]
internal sealed class ZoneFileTests
{
    private const string Folder = "tests/ClusterDns.Tests/Plugins/File/zones";
    private const int Port = 15354;

    // What the zones' aliases lead to.
    private static readonly string World = $$$"""
        www.example.net:{{{Port}}} {
            bind 127.0.0.1
            template IN A {
                answer "{{ .Name }} 30 IN A 198.51.100.80"
            }
        }
        gone.example.net:{{{Port}}} {
            bind 127.0.0.1
            template ANY ANY {
                rcode NXDOMAIN
            }
        }
        fails.example.net:{{{Port}}} {
            bind 127.0.0.1
            template ANY ANY {
                rcode SERVFAIL
            }
        }
        """;

    private string _folder = "";

    [OneTimeSetUp]
    public void NeedDig() => RequiredTool.Check("dig");

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("clusterdns-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("example.org", "")]
    [TestCase("example.org", "+tcp")]
    [TestCase("signed", "")]
    [TestCase("signed", "+tcp")]
    public async Task Zone_AskedByDig_AnswersAsWritten(string zone, string option)
    {
        await using var server = await StartAsync($"file {RepositoryFiles.PathOf($"{Folder}/{zone}.zone")}");
        var wrong = new List<string>();
        var asked = 0;
        foreach (var block in RepositoryFiles.Read($"{Folder}/{zone}.answers").TrimEnd().Split("\n\n"))
        {
            var lines = block.Split('\n');
            var words = lines[0]["; ".Length..].Split(' ');
            if (words[0].EndsWith('.'))
            {
                // Another zone's, which nobody has here.
                continue;
            }

            var name = words[0] == "@" ? "example.org." : $"{words[0]}.example.org.";
            var answer = await DigAsync([name, words[1], words.Length > 2 ? "+dnssec" : "+nodnssec", "+bufsize=4096", .. Words(option)]);
            var expected = string.Join('\n', lines[1..].Select(line => line.TrimStart('?', '+', ' ')));
            asked++;
            if (answer != expected)
            {
                wrong.Add($"{lines[0]}\nexpected {expected}\nwas {answer}");
            }
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(wrong, Is.Empty);
            Assert.That(asked, Is.GreaterThan(15));
        }
    }

    [Test]
    public async Task File_Changed_IsAnsweredAndLogged()
    {
        var path = Path.Combine(_folder, "db");
        await File.WriteAllTextAsync(path, "@ 60 SOA ns hostmaster 1 2 3 4 5\nwww 60 A 192.0.2.1\n");
        await using var server = await StartAsync($"file {path} {{\n reload 100ms\n }}");
        var before = await DigAsync(["www.example.org.", "A"]);
        await File.WriteAllTextAsync(path + ".new", "@ 60 SOA ns hostmaster 2017042745 2 3 4 5\nwww 60 A 192.0.2.2\n");
        File.Move(path + ".new", path, overwrite: true);
        await server.WaitForOutputAsync(line => line == $"[INFO] plugin/file: Successfully reloaded zone \"example.org.\" in \"{path}\" with 2017042745 SOA serial");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.EqualTo("NOERROR AA\nwww.example.org. 60 IN A 192.0.2.1"));
            Assert.That(await DigAsync(["www.example.org.", "A"]), Is.EqualTo("NOERROR AA\nwww.example.org. 60 IN A 192.0.2.2"));
        }
    }

    private async Task<ServerProcessUnderTest> StartAsync(string lines)
    {
        var corefile = Path.Combine(_folder, "Corefile");
        await File.WriteAllTextAsync(corefile, $"example.org:{Port} {{\n bind 127.0.0.1\n {lines}\n}}\n{World}\n");
        var server = ServerProcessUnderTest.Start(["-conf", corefile], _folder);
        await server.WaitForOutputAsync(line => line.StartsWith("ClusterDns-", StringComparison.Ordinal));
        return server;
    }

    // Status and AA, then the records of all sections, blanks made one.
    private static async Task<string> DigAsync(string[] arguments)
    {
        var start = new ProcessStartInfo("dig") { RedirectStandardOutput = true };
        foreach (var argument in new[] { "@127.0.0.1", "-p", $"{Port}", "+norecurse", "+noall", "+comments", "+answer", "+authority", "+additional", "+nocookie", "+nosplit", "+timeout=5" }.Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        using var dig = Process.Start(start)!;
        var output = await dig.StandardOutput.ReadToEndAsync();
        await dig.WaitForExitAsync();
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var status = lines.First(line => line.Contains("status: ", StringComparison.Ordinal)).Split("status: ")[1].Split(',')[0];
        var isAuthoritative = lines.First(line => line.StartsWith(";; flags:", StringComparison.Ordinal)).Split(';')[2].Split(' ').Contains("aa");
        var records = lines.Where(line => !line.StartsWith(';')).Select(line => string.Join(' ', Words(line.Replace('\t', ' '))));
        return string.Join('\n', records.Prepend(status + (isAuthoritative ? " AA" : "")));
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
