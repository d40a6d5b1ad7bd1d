using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Hosts;

/// <summary>Answers A, AAAA and PTR out of a hosts file and lines of the Corefile, from memory.</summary>
internal sealed class HostsPlugin(HostsOptions options, HostsFile file) : Plugin
{
    public override string Name => "hosts";

    public HostsFile File => file;

    public override ValueTask<ServeResult> ServeAsync(Query query) => new(Serve(query));

    private ServeResult Serve(Query query)
    {
        if (query.Class != RecordClass.IN)
        {
            return ServeResult.Declined;
        }

        // One table for the whole answer, whatever a reload does meanwhile.
        var table = file.Current;
        if (query.Type == RecordType.PTR)
        {
            return ServePointers(query, table);
        }

        if (options.Zones.Find(query.Name) is null)
        {
            return ServeResult.Declined;
        }

        var fallsThrough = options.Fallthrough.Find(query.Name) is not null;
        var isFound = table.TryFind(query.Name, out var host);
        query.Trace?.Add(new HostsStep(options.Path, isFound));
        if (!isFound)
        {
            // NXDOMAIN would need a SOA, which a hosts file doesn't have.
            return fallsThrough ? ServeResult.Declined : ServeResult.Failed(ResponseCode.ServerFailure);
        }

        if (query.Type is RecordType.A or RecordType.AAAA)
        {
            WriteAddresses(query, table.AddressesOf(host, query.Type == RecordType.A), query.Type == RecordType.A ? 4 : 16);
        }
        else if (fallsThrough && options.UnsupportedFallsThrough)
        {
            return ServeResult.Declined;
        }

        return Answered(query);
    }

    // A reverse name needs no zone of its own, and one that is not here may be anybody's.
    private ServeResult ServePointers(Query query, HostsTable table)
    {
        if (!ReverseName.TryReadAddress(query.Name, out var address))
        {
            return ServeResult.Declined;
        }

        var names = table.NamesOf(address);
        query.Trace?.Add(new HostsStep(options.Path, !names.IsEmpty));
        foreach (var name in names)
        {
            var target = NameParts.Whole(table.NameOf(name));
            if (!query.Reply.AddName(Section.Answer, NameParts.Question, RecordType.PTR, options.TimeToLive, target))
            {
                break;
            }
        }

        return names.IsEmpty ? ServeResult.Declined : Answered(query);
    }

    private void WriteAddresses(Query query, ReadOnlySpan<byte> addresses, int size)
    {
        for (; !addresses.IsEmpty; addresses = addresses[size..])
        {
            if (!query.Reply.AddAddress(Section.Answer, NameParts.Question, options.TimeToLive, addresses[..size]))
            {
                return;
            }
        }
    }

    private ServeResult Answered(Query query)
    {
        query.Reply.IsAuthoritative = true;
        query.AnsweredBy = Name;
        return ServeResult.Answered;
    }
}
