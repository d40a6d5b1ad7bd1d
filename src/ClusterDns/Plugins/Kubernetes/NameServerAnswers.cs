using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>
/// The zone's NS records and what they lead to: the Services that have this server among their endpoints, or this server
/// itself as <c>ns.dns.ZONE</c> if there is none.
/// </summary>
/// <param name="options">TTL.</param>
/// <param name="zone">Where Services are looked up.</param>
/// <param name="localAddresses">Addresses of this server.</param>
internal sealed class NameServerAnswers(
    KubernetesOptions options,
    ClusterZone zone,
    IReadOnlyList<NetworkAddress> localAddresses)
{
    /// <summary>Most records of one answer; only a headless DNS service with very many endpoints would have more.</summary>
    private const int MostRecords = WrittenRecords.UsualSlots / 2;

    private readonly NetworkAddress[] _localAddresses = [.. localAddresses];

    private enum Part
    {
        /// <summary>NS records.</summary>
        Servers,

        /// <summary>The addresses of the NS records' targets, in the additional section.</summary>
        Glue,

        /// <summary>The same addresses at the question's name or at the end of its chain of aliases.</summary>
        Addresses,
    }

    /// <summary>Writes NS records and their addresses; nothing if this server's addresses are not known.</summary>
    public void WriteServers(in ClusterQuestion question)
    {
        WriteAll(question, Part.Servers, NameParts.Question);
        WriteAll(question, Part.Glue, NameParts.Question);
    }

    /// <summary>Writes A or AAAA records, as the question asks.</summary>
    public void WriteAddresses(in ClusterQuestion question, NameParts owner) =>
        WriteAll(question, Part.Addresses, owner);

    private void WriteAll(in ClusterQuestion question, Part part, NameParts owner)
    {
        using var written = new WrittenRecords(question.Reply, stackalloc ushort[WrittenRecords.UsualSlots], MostRecords);
        var isEndpoint = false;
        foreach (var address in _localAddresses)
        {
            foreach (var endpoint in zone.FindEndpointsByAddress(address))
            {
                isEndpoint = true;
                if (endpoint.Service is { } service)
                {
                    WriteService(question, part, owner, service, endpoint.Endpoints, written);
                }
            }
        }

        Span<byte> octets = stackalloc byte[16];
        for (var i = 0; i < _localAddresses.Length && !isEndpoint; i++)
        {
            var address = octets[.._localAddresses[i].Write(octets)];
            Write(question, part, owner, ZoneNames.NameServer, address, written);
        }
    }

    private void WriteService(
        in ClusterQuestion question,
        Part part,
        NameParts owner,
        ServiceEntry service,
        PackedEndpoints group,
        WrittenRecords written)
    {
        Span<byte> buffer = stackalloc byte[TargetName.MaxLength];
        Span<byte> octets = stackalloc byte[16];
        if (service.Kind != ServiceKind.Headless)
        {
            var name = TargetName.OfService(service.QualifiedLabels, buffer);
            foreach (var address in service.ClusterAddresses)
            {
                Write(question, part, owner, name, octets[..address.Write(octets)], written);
            }

            return;
        }

        for (var i = 0; i < group.Count; i++)
        {
            var name = TargetName.OfEndpoint(group, i, service.QualifiedLabels, buffer);
            Write(question, part, owner, name, group.Address(i), written);
        }
    }

    private void Write(
        in ClusterQuestion question,
        Part part,
        NameParts owner,
        ReadOnlySpan<byte> name,
        ReadOnlySpan<byte> address,
        WrittenRecords written)
    {
        var reply = question.Reply;
        var timeToLive = options.TimeToLive;
        if (!question.CanName(name))
        {
            return;
        }

        switch (part)
        {
            case Part.Servers when written.TryAdd(new NameDataKey(name)):
                reply.AddName(Section.Answer, owner, RecordType.NS, timeToLive, question.InZone(name));
                break;
            case Part.Glue when written.TryAdd(new OwnedAddressKey(name, address)):
                reply.AddAddress(Section.Additional, question.InZone(name), timeToLive, address);
                break;
            case Part.Addresses when question.AsksFor(address.Length == 4) && written.TryAdd(new AddressKey(address)):
                reply.AddAddress(Section.Answer, owner, timeToLive, address);
                break;
        }
    }
}
