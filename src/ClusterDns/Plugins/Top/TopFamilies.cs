using ClusterDns.Plugins.Top.Sketches;

namespace ClusterDns.Plugins.Top;

/// <summary>The families' names, and what their sketches hold.</summary>
internal static class TopFamilies
{
    public const int Count = 5;

    /// <summary>Counters of a sketch of clients or names: what is more than 0.4 % of the queries is in it for certain.</summary>
    public const int Talkers = 256;

    /// <summary>Octets of a client or name that are kept: a name of the greatest length is kept whole.</summary>
    public const int TalkerOctets = 255;

    public const int Namespaces = 128;

    /// <summary>Octets of a namespace: it is a label (RFC 1035, 2.3.4).</summary>
    public const int NamespaceOctets = 63;

    public const int Rcodes = 32;

    public const int RcodeOctets = 2;

    private static readonly string[] Texts = ["client", "namespace", "name", "rcode", "upstream"];

    /// <summary>As people write them, in the order of the enum.</summary>
    public static IReadOnlyList<string> Names => Texts;

    public static string NameOf(TopFamily family) => Texts[(int)family];

    public static bool TryParse(string? text, out TopFamily family)
    {
        var index = Array.IndexOf(Texts, text);
        family = (TopFamily)Math.Max(index, 0);
        return index >= 0;
    }

    public static Sketch CreateSketch(TopFamily family) => family switch
    {
        TopFamily.Namespace => new Sketch(Namespaces, NamespaceOctets),
        TopFamily.Rcode => new Sketch(Rcodes, RcodeOctets),
        _ => new Sketch(Talkers, TalkerOctets),
    };
}
