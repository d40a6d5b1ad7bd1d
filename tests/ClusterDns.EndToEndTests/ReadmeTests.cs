using System.Diagnostics;
using ClusterDns.Testing;
using ClusterDns.Testing.Processes;
using NUnit.Framework;

namespace ClusterDns.EndToEndTests;

/// <summary>What the README promises to somebody who has just cloned the repository.</summary>
[TestFixture]
internal sealed class ReadmeTests
{
    private static readonly string Readme = RepositoryFiles.Read("README.md");

    private ServerProcessUnderTest _server = null!;

    [OneTimeSetUp]
    public async Task StartAsReadmeSays()
    {
        _server = ServerProcessUnderTest.Start(ServerArguments());
        await _server.WaitUntilItServesAsync();
    }

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public void FirstCommand_Started_SaysWhatItServes()
    {
        Assert.That(_server.Output, Has.Some.EqualTo(".:1053"));
        Assert.That(_server.Output, Has.Some.Contains("9 services in 3 namespaces"));
    }

    [TestCaseSource(nameof(Questions))]
    public async Task Dig_AskedAsReadmeSays_GivesReadmesAnswer(string command, IReadOnlyList<string> expected)
    {
        RequiredTool.Check("dig");
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { RedirectStandardOutput = true })!;
        var printed = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.That(printed.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EquivalentTo(expected));
    }

    private static IEnumerable<TestCaseData> Questions() => ReadmeExample.Read(Readme, "dig")
        .Select(example => new TestCaseData(example.Command, example.Expected).SetArgDisplayNames(example.Command));

    // The README's command is "dotnet run ... -- ARGUMENTS": the program is built already, so only the arguments count.
    private static string[] ServerArguments()
    {
        var command = Readme.Split('\n').First(line => line.StartsWith("dotnet run", StringComparison.Ordinal));
        return command[(command.IndexOf(" -- ", StringComparison.Ordinal) + 4)..].Split(' ');
    }
}
