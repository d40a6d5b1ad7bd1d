using System.Text;
using ClusterDns.Operations;
using ClusterDns.Plugins.ZoneFiles;
using ClusterDns.Wire;

namespace ClusterDns.Fuzzing.Targets;

/// <summary>
/// A <c>file</c> directive for the zone <c>test</c> and a query for it. The input's first line is the name asked for and
/// the type, the rest the zone file.
/// </summary>
internal sealed class ZoneTarget : FuzzTarget
{
    private const long AllowedForGenerate = 96 << 20;

    private readonly PluginUnderFuzzing _plugin = new(FileDirective.Descriptor, new LogOutput(Stream.Null)) { MayCatch = true };
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"clusterdns-fuzzing-{Environment.ProcessId}.zone");

    public override string Name => "zone";

    // 65,536 records at most.
    protected override long AllowedBesides(byte[] input) =>
        AllowedForGenerate * Encoding.Latin1.GetString(input).Split("$GENERATE", StringSplitOptions.None).Skip(1).Count();

    protected override void Try(byte[] input)
    {
        var end = input.AsSpan().IndexOf((byte)'\n');
        if (end < 0 || Encoding.UTF8.GetString(input.AsSpan(0, end)).Split(' ') is not [var name, var type]
            || !Mnemonic.TryParse(type, out RecordType recordType))
        {
            return;
        }

        try
        {
            File.WriteAllBytes(_path, input[(end + 1)..]);
            var fault = _plugin.FaultOf([PluginUnderFuzzing.Line("file", [_path, "test"])], name, recordType);
            Require(fault is null, fault ?? "");
        }
        finally
        {
            File.Delete(_path);
        }
    }
}
