using ClusterDns.Wire;

namespace ClusterDns.Plugins.Prometheus;

/// <summary>
/// The query types that have a <c>type</c> label of their own; all others share <c>other</c>, because a client chooses
/// the type and must not choose how many counters there are.
/// </summary>
internal static class QueryTypes
{
    public const int Count = 20;

    private const int OtherIndex = Count - 1;

    private static readonly RecordType[] Known =
    [
        RecordType.AAAA, RecordType.A, RecordType.CNAME, RecordType.DNSKEY, RecordType.DS, RecordType.MX,
        RecordType.NSEC3, RecordType.NSEC, RecordType.NS, RecordType.PTR, RecordType.RRSIG, RecordType.SOA,
        RecordType.SRV, RecordType.TXT, RecordType.HTTPS, RecordType.SVCB, RecordType.IXFR, RecordType.AXFR,
        RecordType.ANY,
    ];

    private static readonly byte[] IndexByType = BuildIndex();

    public static int IndexOf(RecordType type) =>
        (int)type < IndexByType.Length ? IndexByType[(int)type] : OtherIndex;

    public static string LabelOf(int index) => index == OtherIndex ? "other" : Mnemonic.Of(Known[index]);

    private static byte[] BuildIndex()
    {
        var index = new byte[(int)Known.Max() + 1];
        Array.Fill(index, (byte)OtherIndex);
        for (var i = 0; i < Known.Length; i++)
        {
            index[(int)Known[i]] = (byte)i;
        }

        return index;
    }
}
