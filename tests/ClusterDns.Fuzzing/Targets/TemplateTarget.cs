using System.Text;
using ClusterDns.Operations;
using ClusterDns.Plugins.Template;
using ClusterDns.Wire;

namespace ClusterDns.Fuzzing.Targets;

/// <summary>
/// A <c>template</c> directive and a query for it. The input's first line is the name asked for, the second the regular
/// expression of <c>match</c>, the rest the text of a record.
/// </summary>
internal sealed class TemplateTarget : FuzzTarget
{
    private readonly PluginUnderFuzzing _plugin = new(TemplateDirective.Descriptor, new LogOutput(Stream.Null)) { MayCatch = true };

    public override string Name => "template";

    protected override void Try(byte[] input)
    {
        var parts = Encoding.UTF8.GetString(input).Split('\n', 3);
        if (parts.Length < 3)
        {
            return;
        }

        var line = PluginUnderFuzzing.Line(
            "template",
            ["ANY", "ANY", "."],
            PluginUnderFuzzing.Line("match", [parts[1]]),
            PluginUnderFuzzing.Line("answer", [parts[2]]),
            PluginUnderFuzzing.Line("additional", [parts[2]]),
            PluginUnderFuzzing.Line("fallthrough", []));
        var fault = _plugin.FaultOf([line], parts[0], RecordType.A);
        Require(fault is null, fault ?? "");
    }
}
