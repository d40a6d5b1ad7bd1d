using ClusterDns.Cli;
using ClusterDns.Cli.Commands;
using NUnit.Framework;

namespace ClusterDns.Tests.Cli.Commands;

[TestFixture]
internal sealed class CommandTableTests
{
    private static IEnumerable<Command> Commands => CommandTable.All;

    [TestCase]
    [TestCase("-conf", "Corefile")]
    [TestCase("-quiet", "check")]
    [TestCase("chekc")]
    public async Task Run_WordsOfTheServer_AreLeftToIt(params string[] words)
    {
        Assert.That(await CommandRun.RunAsync(words), Is.EqualTo(new CommandRun(null, "", "")));
    }

    [TestCase("chekc", "there is no command 'chekc', did you mean 'check'?")]
    [TestCase("qurey", "there is no command 'qurey', did you mean 'query'?")]
    [TestCase("hepl", "there is no command 'hepl', did you mean 'help'?")]
    [TestCase("serve", null)]
    public void Suggest_UnknownCommand_NamesTheNearest(string word, string? expected)
    {
        Assert.That(CommandTable.Suggest(word), Is.EqualTo(expected));
    }

    [TestCase("-cnof", "did you mean -conf?")]
    [TestCase("--manifest", "did you mean --manifests?")]
    [TestCase("-verison", "did you mean -version?")]
    [TestCase("-whatever", null)]
    public void Parse_UnknownFlagOfTheServer_NamesTheNearest(string flag, string? expected)
    {
        Assert.That(CommandLine.Parse([flag]).Suggestion, Is.EqualTo(expected));
    }

    [Test]
    public void Usage_OfTheServer_HasEveryFlagThatIsOffered()
    {
        Assert.That(CommandLine.Flags.Select(flag => flag.Name), Has.All.Matches<string>(text => CommandLine.Usage.Contains(text!)));
    }

    [TestCaseSource(nameof(Commands))]
    public async Task Help_OfEachCommand_NamesItsFlagsAndExitsWith0(Command command)
    {
        var run = await CommandRun.RunAsync(command.Name, "--help");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Code, Is.Zero);
            Assert.That(run.Output, Does.StartWith($"Usage: ClusterDns {command.Name} "));
            Assert.That(command.Flags.Select(flag => flag.Shown), Has.All.Matches<string>(text => run.Output.Contains(text!)));
            Assert.That(run.OutputLines.Select(line => line.Length), Has.All.LessThanOrEqualTo(120));
            Assert.That((await CommandRun.RunAsync("help", command.Name)).Output, Is.EqualTo(run.Output));
        }
    }

    [Test]
    public async Task Help_Alone_ListsFlagsAndCommands()
    {
        var run = await CommandRun.RunAsync("help");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Output, Does.StartWith(CommandLine.Usage));
            Assert.That(CommandTable.All.Select(command => command.Summary), Has.All.Matches<string>(text => run.Output.Contains(text!)));
        }
    }

    [TestCase("'check' has no flag --stict, did you mean --strict?", "check", "--stict")]
    [TestCase("'check' has no flag --nonsense", "check", "--nonsense")]
    [TestCase("-conf needs a value: -conf FILE", "check", "-conf")]
    [TestCase("--strict takes no value", "check", "--strict=yes")]
    [TestCase("'more' is one argument too many", "check", "Corefile", "more")]
    [TestCase("two Corefiles are named", "check", "Corefile", "-conf", "other")]
    [TestCase("--manifests and --kubeconfig exclude each other", "check", "--manifests", "a", "--kubeconfig", "b")]
    [TestCase("'x' is not a port number", "check", "-dns.port", "x")]
    [TestCase("'query' has no flag +tpc, did you mean +tcp?", "query", "a", "+tpc")]
    [TestCase("+timeout needs a value: +timeout=S", "query", "a", "+timeout")]
    [TestCase("which name?", "query")]
    [TestCase("'a..b' is not a domain name", "query", "a..b")]
    [TestCase("'AAAAA' is no record type, did you mean AAAA?", "query", "a", "AAAAA")]
    [TestCase("a transfer of a zone is more than one question", "query", "a", "AXFR")]
    [TestCase("'host' is not an IP address", "query", "-x", "host")]
    [TestCase("more than one @SERVER is named", "query", "a", "@192.0.2.1", "@192.0.2.2")]
    [TestCase("'x' is not a number of octets from 0 to 65535", "query", "a", "+edns=x")]
    [TestCase("+noedns excludes +edns and +do", "query", "a", "+noedns", "+do")]
    [TestCase("'0' is not a number of seconds from 0.1 to 300", "query", "a", "+timeout=0")]
    [TestCase("'clients' is none of client, namespace, name, rcode, upstream; did you mean client?", "top", "--by", "clients")]
    [TestCase("'0' is not a number from 1 to 256", "top", "--count", "0")]
    [TestCase("address localhost: missing port in address", "top", "--server", "localhost")]
    [TestCase("address a b:1: no such host", "top", "--server", "a b:1")]
    [TestCase("'x' is one argument too many", "top", "x")]
    [TestCase("no script for the shell 'tcsh'", "completion", "tcsh")]
    [TestCase("which shell?", "completion")]
    public async Task Run_WrongUsage_SaysWhatAndExitsWith2(string expected, params string[] words)
    {
        var run = await CommandRun.RunAsync(words);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Code, Is.EqualTo(ExitCode.WrongUsage));
            Assert.That(run.Errors.Split('\n')[0], Is.EqualTo(expected));
            Assert.That(run.Errors, Does.Contain($"Usage: ClusterDns {words[0]} "));
            Assert.That(run.Output, Is.Empty);
        }
    }

    [TestCase("--conf=x")]
    [TestCase("-conf=x")]
    [TestCase("--conf", "x")]
    [TestCase("-conf", "y", "-conf", "x")]
    public void Read_Flag_TakesOneOrTwoDashesAndTheLastCounts(params string[] words)
    {
        var command = CommandTable.Find("check")!;
        Assert.That(CommandArguments.TryRead(command, words, out var arguments, out _), Is.True);
        Assert.That(arguments!.ValueOf("-conf"), Is.EqualTo("x"));
    }

    [Test]
    public void Read_BehindTwoDashes_EveryWordIsAnOperand()
    {
        var command = CommandTable.Find("query")!;
        Assert.That(CommandArguments.TryRead(command, ["+tcp", "--", "-x", "+tcp"], out var arguments, out _), Is.True);
        Assert.That(arguments!.Operands, Is.EqualTo(["-x", "+tcp"]));
    }
}
