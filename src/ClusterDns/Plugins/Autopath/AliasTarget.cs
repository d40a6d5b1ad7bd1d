using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Autopath;

/// <summary>Where the CNAME leads that stands in front of an answer under another name.</summary>
internal static class AliasTarget
{
    /// <summary>
    /// The owner of the first answer that is not the client's own, and its TTL; none without such an answer. False if a
    /// CNAME among the answers leads back to the client's name: together with one from there they would go round.
    /// </summary>
    public static bool TryFind(Query query, Reply reply, Span<byte> target, out int length, out uint timeToLive)
    {
        (length, timeToLive) = (0, 0);
        Span<byte> name = stackalloc byte[WireName.MaxLength];
        var records = reply.ReadRecords();
        while (records.TryRead(out var record) && record.Section == Section.Answer)
        {
            var position = record.Offset;
            if (length == 0
                && NameReader.TryRead(reply.Message, ref position, name, out var read)
                && !WireName.EqualsIgnoreCase(name[..read], query.NameAsSent))
            {
                name[..read].CopyTo(target);
                (length, timeToLive) = (read, record.TimeToLive);
            }

            position = record.DataOffset;
            if (record.Type == RecordType.CNAME
                && NameReader.TryRead(reply.Message, ref position, name, out read)
                && WireName.EqualsIgnoreCase(name[..read], query.NameAsSent))
            {
                return false;
            }
        }

        return true;
    }
}
