using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>
/// A name of a cluster zone, taken apart as its grammar goes: <c>[ENDPOINT | PORT.PROTOCOL].OWNER.NAMESPACE.svc|pod.ZONE</c>.
/// All parts are lower-case labels without length octet, empty where the name ends before them.
/// </summary>
internal readonly ref struct ClusterName
{
    /// <summary>Labels of the longest name that can exist, zone not counted.</summary>
    private const int MostLabels = 5;

    public NameBranch Branch { get; private init; }

    public ReadOnlySpan<byte> Namespace { get; private init; }

    /// <summary>The Service, or the pod.</summary>
    public ReadOnlySpan<byte> Owner { get; private init; }

    /// <summary>One endpoint of the Service.</summary>
    public ReadOnlySpan<byte> Endpoint { get; private init; }

    /// <summary>Port name without its underscore.</summary>
    public ReadOnlySpan<byte> Port { get; private init; }

    /// <summary>Protocol without its underscore.</summary>
    public ReadOnlySpan<byte> Protocol { get; private init; }

    /// <summary>The Service itself is meant, not one of its ports or endpoints.</summary>
    public bool IsOwnerItself => Endpoint.IsEmpty && Port.IsEmpty && Protocol.IsEmpty;

    /// <summary>False if the name cannot exist, whatever the cluster holds.</summary>
    /// <param name="lowerCaseName">The whole name, zone included.</param>
    /// <param name="labels">Labels in front of the zone.</param>
    /// <param name="name">The parts.</param>
    public static bool TryRead(ReadOnlySpan<byte> lowerCaseName, int labels, out ClusterName name)
    {
        name = default;
        if (labels is 0 or > MostLabels)
        {
            return labels == 0;
        }

        var rest = lowerCaseName;
        var port = labels == MostLabels ? TakeLabel(ref rest) : [];
        var endpointOrProtocol = labels >= 4 ? TakeLabel(ref rest) : [];
        var owner = labels >= 3 ? TakeLabel(ref rest) : [];
        var parent = labels >= 2 ? TakeLabel(ref rest) : [];
        var branch = ReadBranch(TakeLabel(ref rest));
        if (branch == NameBranch.None || labels == 1)
        {
            return branch != NameBranch.None;
        }

        name = new ClusterName
        {
            Branch = branch,
            Namespace = parent,
            Owner = owner,
            Endpoint = labels == 4 ? endpointOrProtocol : [],
            Port = StripUnderscore(port),
            Protocol = labels == MostLabels ? StripUnderscore(endpointOrProtocol) : [],
        };
        return true;
    }

    /// <summary>
    /// The same for a name outside the cluster, where no label says <c>svc</c>:
    /// <c>[ENDPOINT | PORT.PROTOCOL].SERVICE.NAMESPACE.ZONE</c>, with at least one label in front of the zone.
    /// </summary>
    public static bool TryReadExternal(ReadOnlySpan<byte> lowerCaseName, int labels, out ClusterName name)
    {
        name = default;
        if (labels is 0 or >= MostLabels)
        {
            return false;
        }

        var rest = lowerCaseName;
        var port = labels == 4 ? TakeLabel(ref rest) : [];
        var endpointOrProtocol = labels >= 3 ? TakeLabel(ref rest) : [];
        var owner = labels >= 2 ? TakeLabel(ref rest) : [];
        name = new ClusterName
        {
            Branch = NameBranch.Service,
            Namespace = TakeLabel(ref rest),
            Owner = owner,
            Endpoint = labels == 3 ? StripUnderscore(endpointOrProtocol) : [],
            Port = StripUnderscore(port),
            Protocol = labels == 4 ? StripUnderscore(endpointOrProtocol) : [],
        };
        return true;
    }

    /// <summary>Whether the name asks for this port; a name without port and protocol asks for every one.</summary>
    public bool AsksFor(in ServicePort port) =>
        (Port.IsEmpty || Port.SequenceEqual(port.Name)) && (Protocol.IsEmpty || Protocol.SequenceEqual(port.Protocol));

    /// <summary>
    /// How many of the ports the name asks for. An object without any port is still there: it counts as having one, which
    /// has neither name nor number.
    /// </summary>
    public int CountAskedFor(ReadOnlySpan<ServicePort> ports)
    {
        if (ports.IsEmpty)
        {
            return Port.IsEmpty && Protocol.IsEmpty ? 1 : 0;
        }

        var count = 0;
        foreach (ref readonly var port in ports)
        {
            count += AsksFor(port) ? 1 : 0;
        }

        return count;
    }

    private static NameBranch ReadBranch(ReadOnlySpan<byte> label) =>
        label.SequenceEqual("svc"u8) ? NameBranch.Service
        : label.SequenceEqual("pod"u8) ? NameBranch.Pod
        : NameBranch.None;

    private static ReadOnlySpan<byte> TakeLabel(scoped ref ReadOnlySpan<byte> rest)
    {
        var label = rest.Slice(1, rest[0]);
        rest = rest[(label.Length + 1)..];
        return label;
    }

    // CoreDNS takes them with or without; a label that is nothing but an underscore stands for any.
    private static ReadOnlySpan<byte> StripUnderscore(ReadOnlySpan<byte> label) =>
        label is [(byte)'_', .. var rest] ? rest : label;
}
