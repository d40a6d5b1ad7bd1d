using ClusterDns.Kubernetes.Zone;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>
/// PTR records of an address: the Service with that cluster address, else every ready endpoint that has it. All lead into
/// the first zone that is not reverse.
/// </summary>
internal sealed class PointerAnswers(KubernetesOptions options, ClusterZone zone)
{
    /// <summary>Writes what is known of the address; nothing if that is nothing.</summary>
    public void Write(in ClusterQuestion question, NetworkAddress address)
    {
        if (zone.FindServiceByClusterAddress(address) is { } service && IsExposed(service.Namespace))
        {
            Span<byte> buffer = stackalloc byte[TargetName.MaxLength];
            WritePointer(question, TargetName.OfService(service.QualifiedLabels, buffer));
            return;
        }

        WriteEndpoints(question, zone.FindEndpointsByAddress(address));
    }

    private void WriteEndpoints(in ClusterQuestion question, EndpointOwners owners)
    {
        // An address on the host network is shared by all its pods: it may have hundreds of names.
        var count = 0;
        foreach (var owner in owners)
        {
            count += IsExposed(owner.Namespace) ? 1 : 0;
        }

        using var written = new WrittenRecords(question.Reply, stackalloc ushort[WrittenRecords.UsualSlots], count);
        Span<byte> buffer = stackalloc byte[TargetName.MaxLength];
        foreach (var owner in owners)
        {
            if (!IsExposed(owner.Namespace))
            {
                continue;
            }

            var name = TargetName.OfEndpoint(owner.Endpoints, owner.Index, owner.QualifiedLabels, buffer);
            if (CanName(name) && written.TryAdd(new NameDataKey(name)) && !WritePointer(question, name))
            {
                return;
            }
        }
    }

    // Without a list of namespaces CoreDNS does not ask whether the namespace exists.
    private bool IsExposed(NamespaceEntry parent) =>
        options.Namespaces.IsEmpty || (options.Namespaces.Passes(parent.Label) && parent.Exists);

    private bool CanName(ReadOnlySpan<byte> labels) => labels.Length + options.PrimaryZone.Wire.Length <= WireName.MaxLength;

    private bool WritePointer(in ClusterQuestion question, ReadOnlySpan<byte> labels) =>
        question.Reply.AddName(
            Section.Answer,
            NameParts.Question,
            RecordType.PTR,
            options.TimeToLive,
            NameParts.Before(labels, options.PrimaryZone.Wire));
}
