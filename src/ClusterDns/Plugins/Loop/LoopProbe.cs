using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ClusterDns.Plugins.Forward.Asking;
using ClusterDns.Plugins.Forward.Upstreams;
using ClusterDns.Transport;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Loop;

/// <summary>
/// A question that one upstream is asked and nobody else knows: 128 random bits. Whoever asks us the same has it from
/// that upstream.
/// </summary>
internal sealed class LoopProbe
{
    private bool _isSeen;

    private LoopProbe(Upstream upstream, TransportProtocol protocol, DnsName name)
    {
        Upstream = upstream;
        Protocol = protocol;
        Name = name;
        Question = UpstreamQuestion.Of(name, RecordType.HINFO, MessageHeader.RecursionDesiredFlag);
    }

    public Upstream Upstream { get; }

    public TransportProtocol Protocol { get; }

    public DnsName Name { get; }

    public ReadOnlyMemory<byte> Question { get; }

    /// <summary>The question came back to us.</summary>
    public bool IsSeen
    {
        get => Volatile.Read(ref _isSeen);
        set => Volatile.Write(ref _isSeen, value);
    }

    /// <summary>Null when the zone's name leaves no room for two labels in front of it.</summary>
    public static LoopProbe? Create(Upstream upstream, TransportProtocol protocol, DnsName zone)
    {
        Span<ulong> random = stackalloc ulong[2];
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(random));
        var text = string.Create(CultureInfo.InvariantCulture, $"{random[0]}.{random[1]}.{(zone.IsRoot ? "" : zone)}");
        return DnsName.TryParse(text, out var name) ? new LoopProbe(upstream, protocol, name) : null;
    }
}
