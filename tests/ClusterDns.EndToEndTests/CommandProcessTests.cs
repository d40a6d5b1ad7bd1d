using System.Net;
using System.Net.Sockets;
using ClusterDns.Testing;
using ClusterDns.Testing.Processes;
using NUnit.Framework;

namespace ClusterDns.EndToEndTests;

/// <summary>The commands as a shell meets them: what they print, and what they exit with.</summary>
[TestFixture]
internal sealed class CommandProcessTests
{
    private string _folder = "";

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("clusterdns-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase(".:0 {\n    erors\n    forward . nowhere!\n}\n", 1,
        "Corefile:2:5: error: Unknown directive 'erors', did you mean 'errors'?",
        "    2 |     erors",
        "      |     ^~~~~",
        "Corefile:3:15: error: plugin/forward: not an IP address or file: \"nowhere!\"",
        "    3 |     forward . nowhere!",
        "      |               ^~~~~~~~",
        "2 errors, 0 warnings")]
    [TestCase(".:0 {\n    whoami\n}\n", 0)]
    public async Task Check_Corefile_PrintsItsMistakesAndExitsByThem(string corefile, int code, params string[] expected)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "Corefile"), corefile);
        await using var check = ServerProcessUnderTest.Start(["check"], _folder);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await check.WaitForExitAsync(), Is.EqualTo(code));
            Assert.That(check.Output, Is.EqualTo(expected));
            Assert.That(check.Errors, Is.Empty);
        }
    }

    [Test]
    public async Task Check_CorefileOfTheReadme_PrintsWhatIsSaidThere()
    {
        const string Corefile = ". {\n    forward . 192.0.2.1 {\n        policy fastest\n    }\n    errors\n    chache 30\n}\n";
        var example = ReadmeExample.Read(RepositoryFiles.Read("README.md"), "ClusterDns check").Single();
        await File.WriteAllTextAsync(Path.Combine(_folder, "Corefile"), Corefile);
        await using var check = ServerProcessUnderTest.Start(example.Command.Split(' ').Skip(1), _folder);

        Assert.That(await check.WaitForExitAsync(), Is.EqualTo(1));
        Assert.That(check.Output, Is.EqualTo(example.Expected));
    }

    [Test]
    public async Task Check_SampleOfThisRepository_IsRightWithItsManifests()
    {
        await using var check = ServerProcessUnderTest.Start(
            ["check", "-conf", "Corefile.sample", "--manifests", "deploy/example"], RepositoryFiles.Root);

        Assert.That(await check.WaitForExitAsync(), Is.Zero, string.Join('\n', check.Output));
    }

    [Test]
    public async Task Query_ServerInAnotherProcess_PrintsItsAnswer()
    {
        var port = FreePort();
        await File.WriteAllTextAsync(Path.Combine(_folder, "Corefile"), $$"""
            .:{{port}} {
                bind 127.0.0.1
                hosts {
                    192.0.2.7 seven.example
                }
            }
            """);
        await using var server = ServerProcessUnderTest.Start([], _folder);
        await server.WaitUntilItServesAsync();

        await using var query = ServerProcessUnderTest.Start(["query", "seven.example", $"@127.0.0.1:{port}", "+short"], _folder);

        Assert.That(await query.WaitForExitAsync(), Is.Zero, string.Join('\n', query.Errors));
        Assert.That(query.Output, Is.EqualTo(["192.0.2.7"]));
    }

    [Test]
    public async Task Command_Misspelt_NamesTheNearestAndExitsWith1()
    {
        await using var process = ServerProcessUnderTest.Start(["chekc"], _folder);

        Assert.That(await process.WaitForExitAsync(), Is.EqualTo(1));
        Assert.That(
            process.Errors.Take(2),
            Is.EqualTo(["extra command line arguments: [chekc]", "there is no command 'chekc', did you mean 'check'?"]));
    }

    // Free for TCP at this moment; the server wants it for both, and takes it before anybody else on a quiet host.
    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
