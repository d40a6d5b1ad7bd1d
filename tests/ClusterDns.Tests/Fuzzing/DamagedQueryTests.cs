using ClusterDns.Fuzzing.Targets;
using ClusterDns.Testing;
using ClusterDns.Testing.Conformance;
using NUnit.Framework;

namespace ClusterDns.Tests.Fuzzing;

/// <summary>
/// Every packet of the conformance set, whole, cut at every octet and with every octet overwritten, through the whole chain
/// from packet to packet: nothing is thrown, not even what is caught, and every reply is well-formed.
/// </summary>
internal sealed class DamagedQueryTests
{
    /// <summary>The end of a name, the begin of a pointer, and the longest of everything.</summary>
    private static readonly byte[] Overwriting = [0x00, 0xc0, 0xff];

    private static readonly byte[][] Packets =
        [.. ConformanceSet.Load().Select(asked => asked.WriteQuery((ushort)asked.Line)).Distinct(new SamePackets())];

    [Test]
    public void Query_AsItIs_ThrowsNothing() => Serve(packet => [packet], atLeast: Packets.Length);

    [Test]
    public void Query_CutAtEveryOctet_ThrowsNothing() =>
        Serve(packet => Enumerable.Range(0, packet.Length).Select(length => packet[..length]), atLeast: 100_000);

    [Test]
    public void Query_EveryOctetOverwritten_ThrowsNothing() =>
        Serve(packet => Overwriting.SelectMany(octet => Enumerable.Range(0, packet.Length).Select(place => With(packet, place, octet))), atLeast: 300_000);

    private static void Serve(Func<byte[], IEnumerable<byte[]>> damage, int atLeast)
    {
        var target = new QueryTarget();
        var count = 0;
        using var thrown = new ThrownExceptions();
        foreach (var packet in Packets.SelectMany(damage))
        {
            count++;
            if (target.FaultOf(packet) is { } fault)
            {
                Assert.Fail($"{Convert.ToHexString(packet)}: {fault}");
            }
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(thrown.First, Is.Null);
            Assert.That(count, Is.GreaterThanOrEqualTo(atLeast));
        }
    }

    private static byte[] With(byte[] packet, int place, byte octet)
    {
        byte[] damaged = [.. packet];
        damaged[place] = octet;
        return damaged;
    }

    /// <summary>The set asks several profiles the same; ids apart those packets are one.</summary>
    private sealed class SamePackets : IEqualityComparer<byte[]>
    {
        public bool Equals(byte[]? left, byte[]? right) => left.AsSpan(2).SequenceEqual(right.AsSpan(2));

        public int GetHashCode(byte[] packet)
        {
            var hash = default(HashCode);
            hash.AddBytes(packet.AsSpan(2));
            return hash.ToHashCode();
        }
    }
}
