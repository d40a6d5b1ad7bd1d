using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>
/// SRV records of what a name stands for, and the addresses of their targets behind them. Each (target, port) and each
/// (target, address) once.
/// </summary>
internal sealed class ServiceAnswers(KubernetesOptions options)
{
    /// <summary>What the weights of one answer add up to, about.</summary>
    private const int WholeWeight = 100;

    /// <summary>Writes a record for every port that the target's name asks for; none if no port has a number.</summary>
    public void Write(in ClusterQuestion question, scoped in NameTarget target)
    {
        switch (target.Kind)
        {
            case TargetKind.ClusterAddresses:
                WriteClusterService(question, target);
                break;
            case TargetKind.Endpoints:
                WriteEndpoints(question, target);
                break;
            case TargetKind.Pod:
                WritePod(question, target);
                break;
        }
    }

    // Every pair of address and port counts, also those that are merged or have no number: a service with one port and
    // addresses of both families has weight 50.
    private static ushort WeightOf(int pairs) => (ushort)Math.Max(1, WholeWeight / pairs);

    private void WriteClusterService(in ClusterQuestion question, scoped in NameTarget target)
    {
        var service = target.Service;
        var pairs = target.Name.CountAskedFor(service.Ports) * service.ClusterAddresses.Length;
        if (pairs == 0)
        {
            return;
        }

        Span<byte> buffer = stackalloc byte[TargetName.MaxLength];
        var name = TargetName.OfService(service.QualifiedLabels, buffer);
        using var written = new WrittenRecords(question.Reply, stackalloc ushort[WrittenRecords.UsualSlots], service.Ports.Length);
        if (!TryWritePorts(question, target.Name, service.Ports, name, WeightOf(pairs), written)
            || question.Reply.AnswerCount == 0)
        {
            return;
        }

        Span<byte> octets = stackalloc byte[16];
        foreach (var address in service.ClusterAddresses)
        {
            WriteAddress(question, name, octets[..address.Write(octets)]);
        }
    }

    private void WriteEndpoints(in ClusterQuestion question, scoped in NameTarget target)
    {
        var pairs = 0;
        var endpoints = 0;
        foreach (var endpoint in new MatchingEndpoints(target.Service, target.Name))
        {
            pairs += target.Name.CountAskedFor(endpoint.Group.Ports);
            endpoints++;
        }

        if (TryWriteEndpointPorts(question, target, WeightOf(pairs), pairs) && question.Reply.AnswerCount > 0)
        {
            WriteEndpointAddresses(question, target, endpoints);
        }
    }

    private bool TryWriteEndpointPorts(in ClusterQuestion question, scoped in NameTarget target, ushort weight, int pairs)
    {
        using var services = new WrittenRecords(question.Reply, stackalloc ushort[WrittenRecords.UsualSlots], pairs);
        Span<byte> buffer = stackalloc byte[TargetName.MaxLength];
        foreach (var (group, index) in new MatchingEndpoints(target.Service, target.Name))
        {
            var name = TargetName.OfEndpoint(group, index, target.Service.QualifiedLabels, buffer);
            if (question.CanName(name) && !TryWritePorts(question, target.Name, group.Ports, name, weight, services))
            {
                return false;
            }
        }

        return true;
    }

    private void WriteEndpointAddresses(in ClusterQuestion question, scoped in NameTarget target, int endpoints)
    {
        using var addresses = new WrittenRecords(question.Reply, stackalloc ushort[WrittenRecords.UsualSlots], endpoints);
        Span<byte> buffer = stackalloc byte[TargetName.MaxLength];
        foreach (var endpoint in new MatchingEndpoints(target.Service, target.Name))
        {
            var name = TargetName.OfEndpoint(endpoint.Group, endpoint.Index, target.Service.QualifiedLabels, buffer);
            if (question.CanName(name)
                && HasNumber(target.Name, endpoint.Group.Ports)
                && addresses.TryAdd(new OwnedAddressKey(name, endpoint.Address))
                && !WriteAddress(question, name, endpoint.Address))
            {
                return;
            }
        }
    }

    /// <summary>False once the reply is full.</summary>
    private bool TryWritePorts(
        in ClusterQuestion question,
        scoped in ClusterName asked,
        ReadOnlySpan<ServicePort> ports,
        ReadOnlySpan<byte> target,
        ushort weight,
        WrittenRecords services)
    {
        foreach (ref readonly var port in ports)
        {
            if (port.Number != PortRecord.None
                && asked.AsksFor(port)
                && services.TryAdd(new ServiceKey((ushort)port.Number, target))
                && !WriteService(question, weight, (ushort)port.Number, target))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasNumber(scoped in ClusterName asked, ReadOnlySpan<ServicePort> ports)
    {
        foreach (ref readonly var port in ports)
        {
            if (port.Number != PortRecord.None && asked.AsksFor(port))
            {
                return true;
            }
        }

        return false;
    }

    // A pod has no ports to tell of; CoreDNS answers port 0.
    private void WritePod(in ClusterQuestion question, scoped in NameTarget target)
    {
        Span<byte> buffer = stackalloc byte[TargetName.MaxLength];
        Span<byte> octets = stackalloc byte[16];
        var name = TargetName.OfPod(target.Name, buffer);
        WriteService(question, WholeWeight, 0, name);
        WriteAddress(question, name, octets[..target.PodAddress.Write(octets)]);
    }

    private bool WriteService(in ClusterQuestion question, ushort weight, ushort port, ReadOnlySpan<byte> target) =>
        question.Reply.AddService(
            Section.Answer, NameParts.Question, options.TimeToLive, 0, weight, port, question.InZone(target));

    private bool WriteAddress(in ClusterQuestion question, ReadOnlySpan<byte> target, ReadOnlySpan<byte> address) =>
        question.Reply.AddAddress(Section.Additional, question.InZone(target), options.TimeToLive, address);
}
