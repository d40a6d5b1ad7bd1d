using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>
/// A name of a cluster zone, taken apart as its grammar goes: <c>[ENDPOINT | PORT.PROTOCOL].OWNER.NAMESPACE.svc|pod.ZONE</c>.
/// All parts are lower-case labels without length octet, empty where the name ends before them.
/// </summary>
internal readonly ref struct ClusterName
{
    /// <summary>Labels of the longest name that can exist, zone not counted.</summary>
    private const int MostLabels = 5;

    /// <summary>Where a label begins that the name does not have: no name is so long.</summary>
    private const byte Nowhere = WireName.MaxLength;

    // One span and an octet for each part: five spans would be copied through a call at each step.
    private readonly ReadOnlySpan<byte> _name;
    private readonly byte _port;
    private readonly byte _protocol;
    private readonly byte _endpoint;
    private readonly byte _owner;
    private readonly byte _namespace;
    private readonly bool _isExternal;

    private ClusterName(ReadOnlySpan<byte> lowerCaseName, int labels, NameBranch branch, bool isExternal)
    {
        _name = lowerCaseName;
        _isExternal = isExternal;
        Branch = branch;
        IsPossible = true;
        var at = 0;
        _port = labels == MostLabels ? Pass(ref at) : Nowhere;
        _protocol = labels == MostLabels ? Pass(ref at) : Nowhere;
        _endpoint = labels == MostLabels - 1 ? Pass(ref at) : Nowhere;
        _owner = labels >= 3 ? Pass(ref at) : Nowhere;
        _namespace = (byte)at;
    }

    private ClusterName(bool isPossible)
    {
        IsPossible = isPossible;
        _port = _protocol = _endpoint = _owner = _namespace = Nowhere;
    }

    /// <summary>False if the name cannot exist, whatever the cluster holds.</summary>
    public bool IsPossible { get; }

    public NameBranch Branch { get; }

    public ReadOnlySpan<byte> Namespace => Label(_namespace);

    /// <summary>The Service, or the pod.</summary>
    public ReadOnlySpan<byte> Owner => Label(_owner);

    /// <summary>One endpoint of the Service.</summary>
    public ReadOnlySpan<byte> Endpoint => _isExternal ? StripUnderscore(Label(_endpoint)) : Label(_endpoint);

    /// <summary>Port name without its underscore.</summary>
    public ReadOnlySpan<byte> Port => StripUnderscore(Label(_port));

    /// <summary>Protocol without its underscore.</summary>
    public ReadOnlySpan<byte> Protocol => StripUnderscore(Label(_protocol));

    /// <summary>The Service itself is meant, not one of its ports or endpoints.</summary>
    public bool IsOwnerItself => Endpoint.IsEmpty && Port.IsEmpty && Protocol.IsEmpty;

    /// <param name="lowerCaseName">The whole name, zone included.</param>
    /// <param name="labels">Labels in front of the zone.</param>
    public static ClusterName Read(ReadOnlySpan<byte> lowerCaseName, int labels)
    {
        if (labels is 0 or > MostLabels)
        {
            return new ClusterName(isPossible: labels == 0);
        }

        var at = 0;
        for (var passed = 1; passed < labels; passed++)
        {
            at += lowerCaseName[at] + 1;
        }

        var branch = ReadBranch(lowerCaseName.Slice(at + 1, lowerCaseName[at]));
        return branch == NameBranch.None || labels == 1
            ? new ClusterName(isPossible: branch != NameBranch.None)
            : new ClusterName(lowerCaseName, labels, branch, isExternal: false);
    }

    /// <summary>
    /// The same for a name outside the cluster, where no label says <c>svc</c>:
    /// <c>[ENDPOINT | PORT.PROTOCOL].SERVICE.NAMESPACE.ZONE</c>, with at least one label in front of the zone. An endpoint
    /// may be asked for with an underscore there.
    /// </summary>
    public static ClusterName ReadExternal(ReadOnlySpan<byte> lowerCaseName, int labels) => labels is 0 or >= MostLabels
        ? new ClusterName(isPossible: false)
        : new ClusterName(lowerCaseName, labels + 1, NameBranch.Service, isExternal: true);

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

    private ReadOnlySpan<byte> Label(byte at) => at == Nowhere ? [] : _name.Slice(at + 1, _name[at]);

    /// <summary>Where the next label begins; goes on behind it.</summary>
    private byte Pass(ref int at)
    {
        var begin = (byte)at;
        at += _name[at] + 1;
        return begin;
    }

    // CoreDNS takes them with or without; a label that is nothing but an underscore stands for any.
    private static ReadOnlySpan<byte> StripUnderscore(ReadOnlySpan<byte> label) =>
        label is [(byte)'_', .. var rest] ? rest : label;
}
