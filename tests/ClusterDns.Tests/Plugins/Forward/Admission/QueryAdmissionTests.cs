using System.Net;
using ClusterDns.Plugins.Forward.Admission;
using ClusterDns.Transport;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Forward.Admission;

[TestFixture]
internal sealed class QueryAdmissionTests
{
    private static readonly TransportAddress Honest = Client(9_000_000);

    [TestCase(1, 1)]
    [TestCase(8, 8)]
    [TestCase(9, 8)]
    [TestCase(12, 8)]
    [TestCase(1000, 667)]
    [TestCase(5000, 3334)]
    [TestCase(int.MaxValue, 1_431_655_765)]
    public void MostOfOneClient_IsTwoThirdsOfTheBound(int bound, int most) =>
        Assert.That(new QueryAdmission(bound).MostOfOneClient, Is.EqualTo(most));

    [TestCase(1)]
    [TestCase(5)]
    [TestCase(12)]
    [TestCase(1000)]
    public void SingleClient_HasWhatIsPromised_AndTheNextIsRefused(int bound)
    {
        var admission = new QueryAdmission(bound);
        Assert.That(Fill(admission, Honest), Is.EqualTo(admission.MostOfOneClient));
        var verdict = admission.TryEnter(Honest, out _);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(verdict, Is.EqualTo(admission.MostOfOneClient == bound ? AdmissionVerdict.TooMany : AdmissionVerdict.TooManyOfClient));
            Assert.That(admission.Count, Is.EqualTo(admission.MostOfOneClient), "a refusal leaves no trace");
        }
    }

    [Test]
    public void Clients_UpToHalfOfTheBound_AreNeverLimited()
    {
        Gen.UInt[0, 20].List[500, 500].Sample(
            hosts =>
            {
                var admission = new QueryAdmission(1000);
                return hosts.All(host => admission.TryEnter(Client(host), out _) == AdmissionVerdict.Admitted);
            },
            iter: 50);
    }

    [Test]
    public void ManyClients_WithOneQueryEach_HaveAllOfTheBound()
    {
        var admission = new QueryAdmission(1000);
        var verdicts = Enumerable.Range(0, 1001).Select(host => admission.TryEnter(Client((uint)host), out _)).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(verdicts.Take(1000), Has.All.EqualTo(AdmissionVerdict.Admitted));
            Assert.That(verdicts[1000], Is.EqualTo(AdmissionVerdict.TooMany));
        }
    }

    [Test]
    public void Newcomer_WhenAFlooderHasAllItCanGet_IsLetIn()
    {
        var admission = new QueryAdmission(1000);
        Fill(admission, Client(1));
        Assert.That(Fill(admission, Honest), Is.GreaterThan(200));
    }

    /// <summary>
    /// Each flooder tries at every moment to have as many as it can, and each query takes the same time: all of the flood end
    /// together and are there again at once. An ordinary client has two thirds of what they leave free from its first query on.
    /// </summary>
    [Test]
    public void Flood_OfAnyStrength_LeavesRoomToBegin()
    {
        Gen.Select(Gen.Int[1, 40], Gen.Int[2, 20], Gen.Int[500, 3000]).Sample(
            (flooders, strength, bound) =>
            {
                var flood = new Flood(bound, flooders, strength);
                flood.Run(Flood.Lifetime / 2);
                var free = bound / ((2 * flooders) + 1);
                return flood.Run(4 * Flood.Lifetime, Honest, free * 2 / 3) == 0;
            },
            iter: 20);
    }

    /// <summary>And with every end of the flood it gets nearer to an equal part; three quarters of one it has for good.</summary>
    [Test]
    public void Flood_OfAnyStrength_PushesNobodyBelowThreeQuartersOfAnEqualPart()
    {
        Gen.Select(Gen.Int[1, 40], Gen.Int[2, 20], Gen.Int[500, 3000]).Sample(
            (flooders, strength, bound) =>
            {
                var flood = new Flood(bound, flooders, strength);
                flood.Run(Flood.Lifetime / 2);
                var part = 2 * bound / ((2 * (flooders + 1)) + 1) * 3 / 4;
                flood.Run(8 * Flood.Lifetime, Honest, part);
                return flood.Run(4 * Flood.Lifetime, Honest, part) == 0;
            },
            iter: 20);
    }

    [Test]
    public async Task Queries_ComingAndGoingOnManyThreads_LeaveNothingBehindAndNeverExceedTheBound()
    {
        var admission = new QueryAdmission(64);
        var excess = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Factory.StartNew(
            () =>
            {
                var held = new Queue<ulong>();
                for (var i = 0; i < 50_000; i++)
                {
                    if (admission.TryEnter(Client((uint)(i % 5)), out var cells) == AdmissionVerdict.Admitted)
                    {
                        held.Enqueue(cells);
                    }

                    excess += held.Count > 64 ? 1 : 0;
                    if (held.Count > (i % 40))
                    {
                        admission.Leave(held.Dequeue());
                    }
                }

                while (held.TryDequeue(out var left))
                {
                    admission.Leave(left);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(excess, Is.Zero);
            Assert.That(admission.Count, Is.Zero);
            Assert.That(Enumerable.Range(0, 5).Select(host => admission.CountOf(Client((uint)host))), Has.All.Zero);
        }
    }

    private static int Fill(QueryAdmission admission, TransportAddress client)
    {
        var count = 0;
        while (admission.TryEnter(client, out _) == AdmissionVerdict.Admitted)
        {
            count++;
        }

        return count;
    }

    private static TransportAddress Client(uint host) => TransportAddress.From(new IPEndPoint(new IPAddress(host + 10), 53));

    /// <summary>Clients and queries by a clock of its own: a query ends after <see cref="Lifetime"/> moments.</summary>
    private sealed class Flood(int bound, int flooders, int strength)
    {
        public const int Lifetime = 200;

        private readonly QueryAdmission _admission = new(bound);
        private readonly Queue<(int End, ulong Cells)> _underWay = new();
        private int _now;

        /// <summary>Gives how many queries of the ordinary client were refused.</summary>
        /// <param name="moments">How long.</param>
        /// <param name="honest">The ordinary client.</param>
        /// <param name="part">Queries that it wants to have under way, asked one after the other at even distances.</param>
        public int Run(int moments, TransportAddress honest = default, int part = 0)
        {
            var refused = 0;
            for (var end = _now + moments; _now < end; _now++)
            {
                while (_underWay.TryPeek(out var oldest) && oldest.End <= _now)
                {
                    _admission.Leave(_underWay.Dequeue().Cells);
                }

                for (var attempt = 0; attempt < strength; attempt++)
                {
                    for (var flooder = 0u; flooder < flooders; flooder++)
                    {
                        TryAsk(Client(flooder));
                    }
                }

                for (var due = Due(_now + 1) - Due(_now); due > 0; due--)
                {
                    refused += TryAsk(honest) ? 0 : 1;
                }
            }

            return refused;

            int Due(int moment) => (int)((long)moment * part / Lifetime);
        }

        private bool TryAsk(TransportAddress client)
        {
            if (_admission.TryEnter(client, out var cells) != AdmissionVerdict.Admitted)
            {
                return false;
            }

            _underWay.Enqueue((_now + Lifetime, cells));
            return true;
        }
    }
}
