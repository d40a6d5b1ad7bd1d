using System.Net;
using ClusterDns.Transport;
using ClusterDns.Transport.Udp.Overload;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Udp.Overload;

internal sealed class SourceSampleTests
{
    /// <summary>Among any others, a client with more than one part in so many as there are counters has one.</summary>
    [Test]
    public void BusyClient_AmongAnyOthers_HasACounterThatIsNotTooSmall()
    {
        Gen.UInt[1, 400].List[200, 600].Sample(
            others =>
            {
                var sample = new SourceSample();
                var busy = 0;
                for (var i = 0; i < others.Count; i++)
                {
                    sample.Add(Client(others[i]));
                    if (i % (SourceSample.Counters / 2) == 0)
                    {
                        sample.Add(Client(0));
                        busy++;
                    }
                }

                return sample.Total == others.Count + busy && CountOf(sample, 0) >= busy;
            },
            iter: 300);
    }

    [Test]
    public void Clear_ForgetsEverybody()
    {
        var sample = new SourceSample();
        sample.Add(Client(1));
        sample.Clear();
        sample.Add(Client(2));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((sample.Total, sample.Used), Is.EqualTo((1, 1)));
            Assert.That((CountOf(sample, 1), CountOf(sample, 2)), Is.EqualTo((0, 1)));
        }
    }

    [Test]
    public void Client_OfOneIPv6Network_IsOne()
    {
        var sample = new SourceSample();
        sample.Add(TransportAddress.From(IPEndPoint.Parse("[2001:db8::1]:1")));
        sample.Add(TransportAddress.From(IPEndPoint.Parse("[2001:db8::2]:2")));
        Assert.That(sample[0], Is.EqualTo((0x2001_0db8_0000_0000ul, false, 2)));
    }

    internal static TransportAddress Client(uint host) =>
        TransportAddress.From([10, (byte)(host >> 16), (byte)(host >> 8), (byte)host], 53);

    private static int CountOf(SourceSample sample, uint host) => Enumerable.Range(0, sample.Used)
        .Select(index => sample[index])
        .Where(entry => entry.Bits == (ulong)Client(host).Bits)
        .Sum(entry => entry.Count);
}
