using System.Diagnostics.CodeAnalysis;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>A and AAAA records of what a name stands for, each address once.</summary>
internal sealed class AddressAnswers(KubernetesOptions options, NameServerAnswers nameServers)
{
    /// <summary>Writes the addresses of the question's family; none at all if the target has none.</summary>
    /// <param name="question">Gives the family and the reply.</param>
    /// <param name="target">What was found.</param>
    /// <param name="owner">The name that it was found at.</param>
    public void Write(in ClusterQuestion question, scoped in NameTarget target, NameParts owner)
    {
        switch (target.Kind)
        {
            case TargetKind.ClusterAddresses:
                WriteClusterAddresses(question, target.Service, owner);
                break;
            case TargetKind.Endpoints:
                WriteEndpoints(question, target, owner);
                break;
            case TargetKind.Pod:
                WriteAddress(question, target.PodAddress, owner);
                break;
            case TargetKind.NameServer:
                nameServers.WriteAddresses(question, owner);
                break;
        }
    }

    private void WriteClusterAddresses(in ClusterQuestion question, ServiceEntry service, NameParts owner)
    {
        if (service.TryGetOnlyIPv4Address(out var only))
        {
            WriteAddress(question, new NetworkAddress(only, IsIPv4: true), owner);
            return;
        }

        foreach (var address in service.ClusterAddresses)
        {
            WriteAddress(question, address, owner);
        }
    }

    private void WriteAddress(in ClusterQuestion question, NetworkAddress address, NameParts owner)
    {
        Span<byte> octets = stackalloc byte[16];
        if (question.AsksFor(address.IsIPv4))
        {
            question.Reply.AddAddress(Section.Answer, owner, options.TimeToLive, octets[..address.Write(octets)]);
        }
    }

    private void WriteEndpoints(in ClusterQuestion question, scoped in NameTarget target, NameParts owner)
    {
        if (TryFindOnlyGroup(question, target, out var group))
        {
            question.Reply.AddAddresses(Section.Answer, owner, options.TimeToLive, group.AddressSize, group.Addresses);
            return;
        }

        using var written = new WrittenRecords(
            question.Reply, stackalloc ushort[WrittenRecords.UsualSlots], target.Service.ReadyCount);
        foreach (var endpoint in new MatchingEndpoints(target.Service, target.Name))
        {
            if (question.AsksFor(endpoint.Group.IsIPv4)
                && written.TryAdd(new AddressKey(endpoint.Address))
                && !question.Reply.AddAddress(Section.Answer, owner, options.TimeToLive, endpoint.Address))
            {
                return;
            }
        }
    }

    // As nearly every headless Service has it: all endpoints of the family in one slice, all of them asked for.
    private static bool TryFindOnlyGroup(
        in ClusterQuestion question,
        scoped in NameTarget target,
        [NotNullWhen(true)] out PackedEndpoints? only)
    {
        only = null;
        if (!target.Name.Endpoint.IsEmpty)
        {
            return false;
        }

        foreach (var group in target.Service.Endpoints)
        {
            if (!question.AsksFor(group.IsIPv4) || target.Name.CountAskedFor(group.Ports) == 0)
            {
                continue;
            }

            if (only is not null || !group.HasDistinctAddresses)
            {
                return false;
            }

            only = group;
        }

        return only is not null;
    }
}
