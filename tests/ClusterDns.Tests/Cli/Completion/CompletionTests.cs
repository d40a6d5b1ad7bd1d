using System.Diagnostics;
using ClusterDns.Cli.Commands;
using ClusterDns.Tests.Cli.Commands;
using NUnit.Framework;

namespace ClusterDns.Tests.Cli.Completion;

[TestFixture]
internal sealed class CompletionTests
{
    [TestCase("bash")]
    [TestCase("zsh")]
    [TestCase("fish")]
    public async Task Script_OfEachShell_NamesEveryCommandAndFlag(string shell)
    {
        var run = await CommandRun.RunAsync("completion", shell);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Code, Is.Zero);
            Assert.That(CommandTable.All.Select(command => command.Name), Has.All.Matches<string>(text => run.Output.Contains(text!)));
            Assert.That(
                CommandTable.All.SelectMany(command => command.Flags).Select(flag => flag.Name),
                Has.All.Matches<string>(text => run.Output.Contains(text!)));
            Assert.That(run.Output, Does.EndWith("\n"));
        }
    }

    [TestCase("ClusterDns ch", "check")]
    [TestCase("ClusterDns --man", "--manifests")]
    [TestCase("ClusterDns check --st", "--strict")]
    [TestCase("ClusterDns query name +nor", "+norecurse")]
    [TestCase("ClusterDns completion zs", "zsh")]
    public async Task Script_OfBash_CompletesTheWord(string typed, string expected)
    {
        var script = (await CommandRun.RunAsync("completion", "bash")).Output;
        var words = typed.Split(' ');
        var test = $"{script}\nCOMP_WORDS=({typed})\nCOMP_CWORD={words.Length - 1}\n_ClusterDns\necho \"${{COMPREPLY[*]}}\"\n";

        Assert.That(await RunBashAsync(test), Is.EqualTo(expected));
    }

    private static async Task<string> RunBashAsync(string script)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var bash = Process.Start(start)!;
        await bash.StandardInput.WriteAsync(script);
        bash.StandardInput.Close();
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        return output.Trim();
    }
}
