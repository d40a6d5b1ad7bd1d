using System.Text;
using ClusterDns.Corefile;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Nsid;

/// <summary><c>nsid [DATA...]</c>, the host's name by default.</summary>
internal static class NsidDirective
{
    /// <summary>Octets of an identifier; a reply has room for options of 512 in all.</summary>
    public const int MaxLength = 256;

    public static PluginDescriptor Descriptor { get; } = new("nsid", SetUp, OncePerBlock: true);

    public static byte[] Parse(Directive directive)
    {
        directive.ExpectNoBlock();
        var text = directive.Arguments.Count == 0
            ? Environment.MachineName
            : string.Join(' ', directive.Arguments.Select(argument => argument.Text));
        var identifier = Encoding.UTF8.GetBytes(text);
        return identifier.Length <= MaxLength
            ? identifier
            : throw directive.Error($"an identifier of more than {MaxLength} octets");
    }

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block) =>
        block.Add(new NsidPlugin(Parse(directives[0])));
}
