using System.Buffers.Binary;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Records;
using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Status.Zones;

/// <summary>
/// A cluster's zone as lines of a zone file. Each record is what the plugin answers to a query for it, so that it is true to
/// the letter, TTLs and options included; each Service is as it is when its turn comes, and only one is in memory.
/// </summary>
internal sealed class ZoneText(KubernetesPlugin plugin, DnsName zone, QueryPool pool)
{
    /// <summary>Names that one Service's SRV records may lead to and that are told once; further ones may be told twice.</summary>
    private const int MostRemembered = 4096;

    private readonly OwnReplyPath _path = new();

    public IEnumerable<string> Lines()
    {
        yield return $"$ORIGIN {zone}";
        foreach (var line in Ask(zone.Wire, RecordType.SOA, Section.Answer).Concat(Ask(zone.Wire, RecordType.NS, Section.Answer)))
        {
            yield return line;
        }

        foreach (var service in plugin.Zone.Services)
        {
            if (!plugin.Options.Namespaces.Passes(service.Namespace.Label))
            {
                continue;
            }

            foreach (var line in LinesOf(service))
            {
                yield return line;
            }
        }

        yield return "; end of the zone; names of pods by their addresses are made from the question and are not here";
    }

    private IEnumerable<string> LinesOf(ServiceEntry service)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        var name = NameOf(service, []);
        foreach (var type in (RecordType[])[RecordType.A, RecordType.AAAA, RecordType.CNAME, RecordType.SRV])
        {
            foreach (var line in Ask(name, type, Section.Answer).Concat(type == RecordType.SRV ? Ask(name, type, Section.Additional) : []))
            {
                if (told.Count >= MostRemembered || told.Add(line))
                {
                    yield return line;
                }
            }
        }

        foreach (var port in service.Ports.ToArray().Where(port => port.Name.Length > 0))
        {
            foreach (var line in Ask(NameOf(service, [[(byte)'_', .. port.Name], [(byte)'_', .. port.Protocol]]), RecordType.SRV, Section.Answer))
            {
                yield return line;
            }
        }
    }

    private byte[] NameOf(ServiceEntry service, byte[][] labels) =>
    [
        .. labels.SelectMany(label => (byte[])[(byte)label.Length, .. label]),
        .. service.QualifiedLabels,
        3, (byte)'s', (byte)'v', (byte)'c',
        .. zone.Wire,
    ];

    // In this plugin alone, which answers from memory: a CNAME is not followed out of the cluster.
    private IReadOnlyList<string> Ask(ReadOnlySpan<byte> name, RecordType type, Section section)
    {
        var packet = new byte[MessageHeader.Size + name.Length + MessageHeader.QuestionFixedPart];
        MessageHeader.Write(packet, 0, 0, 1, 0, 0, 0);
        name.CopyTo(packet.AsSpan(MessageHeader.Size));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(packet.Length - 4), (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(packet.Length - 2), (ushort)RecordClass.IN);
        var query = pool.Rent();
        try
        {
            if (name.Length > WireName.MaxLength || query.Read(packet, _path) != QueryVerdict.Accepted)
            {
                return [$"; {name.Length} octets are no name"];
            }

            // Nobody to ask further: the answer is here on return.
            query.Router = null;
            query.Zone = zone;
            var pending = plugin.ServeAsync(query);
            return pending.IsCompletedSuccessfully && pending.Result.Outcome == ServeOutcome.Answered
                ? Read(query, name, section)
                : [];
        }
        finally
        {
            pool.Return(query);
        }
    }

    private static IReadOnlyList<string> Read(Query query, ReadOnlySpan<byte> name, Section section)
    {
        var owner = WireName.ToText(name);
        var reply = query.Reply;
        if (reply.WillBeTruncated(MessageHeader.MaxMessageSize))
        {
            return [$"; {owner} {Mnemonic.Of(query.Type)} has more records than one message holds"];
        }

        var message = new byte[reply.FinishedLength];
        var length = reply.Finish(message, message.Length);
        return
        [
            .. ReplyRecord.ReadAll(message.AsSpan(0, length), reply.QuestionEnd)
                .Where(record => record.Section == section && (section == Section.Additional || record.Owner == owner))
                .Select(record => $"{record.Owner} {record.TimeToLive} {Mnemonic.Of(record.Class)} {Mnemonic.Of(record.Type)} {record.Data}"),
        ];
    }
}
