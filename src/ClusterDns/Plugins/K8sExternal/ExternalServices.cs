using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.K8sExternal;

/// <summary>
/// SRV records of Services: to the Service's own name outside the cluster, to its endpoints' names, or to the host names
/// that it is reached by; and the addresses of the targets behind them.
/// </summary>
internal sealed class ExternalServices(K8sExternalOptions options, KubernetesOptions cluster, OutsideLookup outside)
{
    /// <summary>What the weights of one answer add up to, about.</summary>
    private const int WholeWeight = 100;

    public void Write(in ClusterQuestion question, ExternalTarget kind, ServiceEntry service, scoped in ClusterName name)
    {
        if (kind == ExternalTarget.Endpoints)
        {
            WriteEndpoints(question, service, name);
            return;
        }

        var reachedBy = service.ExternalAddresses.Length + service.ExternalHostnames.Length;
        var weight = WeightOf(name.CountAskedFor(service.Ports) * reachedBy);
        using var written = new WrittenRecords(
            question.Reply, stackalloc ushort[WrittenRecords.UsualSlots], service.Ports.Length * reachedBy);
        if (service.ExternalAddresses.Length > 0)
        {
            WritePorts(question, name, service.Ports, question.InZone(service.QualifiedLabels), service.QualifiedLabels, weight, written);
        }

        for (var i = 0; i < Math.Min(service.ExternalHostnames.Length, ExternalLimits.MostHostnames); i++)
        {
            var hostname = service.ExternalHostnames[i].Wire;
            WritePorts(question, name, service.Ports, NameParts.Whole(hostname), hostname, weight, written);
        }

        Span<byte> octets = stackalloc byte[16];
        for (var i = 0; i < service.ExternalAddresses.Length && question.Reply.AnswerCount > 0; i++)
        {
            var address = octets[..service.ExternalAddresses[i].Write(octets)];
            question.Reply.AddAddress(Section.Additional, question.InZone(service.QualifiedLabels), options.TimeToLive, address);
        }
    }

    /// <summary>Adds what the whole server knows of the host names.</summary>
    public async ValueTask FollowAsync(Query query, ServiceEntry service)
    {
        for (var i = 0; i < Math.Min(service.ExternalHostnames.Length, ExternalLimits.MostHostnames); i++)
        {
            var target = service.ExternalHostnames[i].Wire.ToArray();
            await outside.TryAddAnswersAsync(query, target, RecordType.A, Section.Additional).ConfigureAwait(false);
            await outside.TryAddAnswersAsync(query, target, RecordType.AAAA, Section.Additional).ConfigureAwait(false);
        }
    }

    // Every pair of address and port counts, also those that are merged or have no number.
    private static ushort WeightOf(int pairs) => (ushort)Math.Max(1, WholeWeight / Math.Max(1, pairs));

    private void WriteEndpoints(in ClusterQuestion question, ServiceEntry service, scoped in ClusterName name)
    {
        var pairs = 0;
        foreach (var endpoint in new MatchingEndpoints(service, name))
        {
            pairs += name.CountAskedFor(endpoint.Group.Ports);
        }

        Span<byte> buffer = stackalloc byte[TargetName.MaxLength];
        using (var written = new WrittenRecords(question.Reply, stackalloc ushort[WrittenRecords.UsualSlots], pairs))
        {
            foreach (var (group, index) in new MatchingEndpoints(service, name))
            {
                var target = TargetName.OfExternalEndpoint(group, index, service.QualifiedLabels, buffer);
                if (!WritePorts(question, name, group.Ports, question.InZone(target), target, WeightOf(pairs), written))
                {
                    return;
                }
            }
        }

        if (question.Reply.AnswerCount > 0)
        {
            WriteEndpointAddresses(question, service, name);
        }
    }

    private void WriteEndpointAddresses(in ClusterQuestion question, ServiceEntry service, scoped in ClusterName name)
    {
        Span<byte> buffer = stackalloc byte[TargetName.MaxLength];
        using var written = new WrittenRecords(
            question.Reply, stackalloc ushort[WrittenRecords.UsualSlots], service.ReadyCount);
        foreach (var endpoint in new MatchingEndpoints(service, name))
        {
            var target = TargetName.OfExternalEndpoint(endpoint.Group, endpoint.Index, service.QualifiedLabels, buffer);
            if (question.CanName(target)
                && written.TryAdd(new OwnedAddressKey(target, endpoint.Address))
                && !question.Reply.AddAddress(Section.Additional, question.InZone(target), options.TimeToLive, endpoint.Address))
            {
                return;
            }
        }
    }

    /// <summary>False once the reply is full.</summary>
    private bool WritePorts(
        in ClusterQuestion question,
        scoped in ClusterName asked,
        ReadOnlySpan<ServicePort> ports,
        scoped NameParts target,
        scoped ReadOnlySpan<byte> targetLabels,
        ushort weight,
        scoped WrittenRecords written)
    {
        foreach (ref readonly var port in ports)
        {
            if (port.Number != PortRecord.None
                && asked.AsksFor(port)
                && written.TryAdd(new ServiceKey((ushort)port.Number, targetLabels))
                && !question.Reply.AddService(
                    Section.Answer, NameParts.Question, cluster.TimeToLive, 0, weight, (ushort)port.Number, target))
            {
                return !question.Reply.IsTruncated;
            }
        }

        return true;
    }
}
