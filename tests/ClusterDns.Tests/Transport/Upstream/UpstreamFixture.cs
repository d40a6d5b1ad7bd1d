using System.Globalization;
using System.Net;
using ClusterDns.Testing;
using ClusterDns.Transport;
using ClusterDns.Transport.Upstream;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Upstream;

/// <summary>A fake upstream and what the fixtures for the client share. Time stands still unless a test moves it.</summary>
internal abstract class UpstreamFixture
{
    protected const string Name = "Www.Example.Org.";
    protected const string Address = "192.0.2.1";
    protected const string Record = Name + " 30 A " + Address;

    /// <summary>What CoreDNS gives a query.</summary>
    protected static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    protected static UpstreamOptions OneConnection { get; } = new() { MaxConnections = 1 };

    protected ManualClock Clock { get; private set; } = new();

    protected FakeUpstream Upstream { get; private set; } = new();

    [SetUp]
    public async Task StartUpstreamAsync()
    {
        await Upstream.DisposeAsync();
        Clock = new ManualClock();
        Upstream = new FakeUpstream(Record);
    }

    [TearDown]
    public async Task StopUpstreamAsync() => await Upstream.DisposeAsync();

    protected static byte[] Packet(string name = Name, RecordType type = RecordType.A, ushort? udpSize = null) =>
        QueryFactory.Packet(name, type, udpSize: udpSize);

    /// <summary><c>0.example.org.</c> and so on; each has an address of its own.</summary>
    protected static IEnumerable<string> NumberedNames(int count) => Enumerable.Range(0, count).Select(i => $"{i}.example.org.");

    protected static string AddressOf(string numberedName)
    {
        var number = int.Parse(numberedName.Split('.')[0], CultureInfo.InvariantCulture);
        return $"10.0.{number >> 8}.{number & 0xFF}";
    }

    /// <summary>With its length in front.</summary>
    protected static byte[] Frame(byte[] message) => [(byte)(message.Length >> 8), (byte)message.Length, .. message];

    protected UpstreamClient Client(UpstreamOptions? options = null, TimeProvider? time = null) =>
        new(new UpstreamTarget(Upstream.Endpoint), options ?? new UpstreamOptions(), time ?? Clock);

    protected static Task<Ended> AskUdp(UpstreamClient client, byte[]? query = null, CancellationToken cancellation = default) =>
        Ask(client, TransportProtocol.Udp, query ?? Packet(), cancellation);

    protected static Task<Ended> AskTcp(UpstreamClient client, byte[]? query = null, CancellationToken cancellation = default) =>
        Ask(client, TransportProtocol.Tcp, query ?? Packet(), cancellation);

    protected static void ExpectAddress(Ended reply, string address = Address)
    {
        Assert.That(reply.Outcome, Is.EqualTo(UpstreamOutcome.Answered), reply.Error);
        Assert.That(reply.Addresses, Is.EqualTo(new[] { address }));
    }

    /// <summary>Waits until so many queries have come in all, and moves the clock over their timeout.</summary>
    protected async Task TimeOutAfter(int queries)
    {
        await Upstream.WaitForQueriesAsync(queries);
        Clock.Advance(Timeout);
    }

    private static async Task<Ended> Ask(
        UpstreamClient client, TransportProtocol protocol, byte[] query, CancellationToken cancellation)
    {
        using var reply = await client.ExchangeAsync(query, protocol, Timeout, cancellation).AsTask()
            .WaitAsync(Eventually.Patience, CancellationToken.None);
        return new Ended(reply.Outcome, reply.Message.ToArray(), reply.Error, reply.IsConnectionReused);
    }

    /// <summary>A reply that outlives the memory it was in.</summary>
    internal sealed record Ended(UpstreamOutcome Outcome, byte[] Message, string? Error, bool IsReused)
    {
        public ReplyFields Fields => ReplyReader.TryRead(Message, out var fields)
            ? fields
            : throw new AssertionException($"No reply but {Outcome}: {Error}");

        public IReadOnlyList<string> Addresses
        {
            get
            {
                var addresses = new List<string>();
                var records = new RecordReader(Message, Fields.QuestionEnd);
                while (records.TryRead(out var record))
                {
                    if (record.Type == RecordType.A)
                    {
                        addresses.Add(new IPAddress(record.Data(Message)).ToString());
                    }
                }

                return addresses;
            }
        }
    }
}
