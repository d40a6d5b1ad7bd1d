using System.Text;
using ClusterDns.Operations;
using ClusterDns.Plugins.Rewrite;
using ClusterDns.Wire;

namespace ClusterDns.Fuzzing.Targets;

/// <summary>
/// <c>rewrite</c> directives and a query for them. The input's first line is the name asked for, every other one the
/// arguments of a directive, between blanks.
/// </summary>
internal sealed class RewriteTarget : FuzzTarget
{
    private const int MostRules = 20;

    private readonly PluginUnderFuzzing _plugin = new(RewriteDirective.Descriptor, new LogOutput(Stream.Null));

    public override string Name => "rewrite";

    protected override void Try(byte[] input)
    {
        var lines = Encoding.UTF8.GetString(input).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length is < 2 or > MostRules)
        {
            return;
        }

        var rules = lines.Skip(1)
            .Select(line => PluginUnderFuzzing.Line("rewrite", line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            .ToList();
        var fault = _plugin.FaultOf(rules, lines[0], RecordType.A);
        Require(fault is null, fault ?? "");
    }
}
