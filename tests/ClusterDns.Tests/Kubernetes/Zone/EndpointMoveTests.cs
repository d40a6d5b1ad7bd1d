using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Zone;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Kubernetes.Zone;

/// <summary>
/// Endpoints wander between the slices of their Service, by events in every order that a controller's requests can have,
/// while a reader looks all the time: none is ever without its name or its address.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class EndpointMoveTests
{
    private const int Endpoints = 12;
    private const int Slices = 4;
    private const int Rounds = 5000;

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly ZoneUnderTest _zone = new(Departures.UsualGrace);

    // All events of one round come within the grace.
    private static readonly TimeSpan BetweenEvents = Departures.UsualGrace / (Slices + 1);

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Endpoints_MovedInAnyOrder_AreNeverAbsent(int seed)
    {
        var places = Enumerable.Range(0, Endpoints).Select(endpoint => endpoint % Slices).ToArray();
        _zone.Apply(Namespace("shop"), Service("shop/web", "")).Apply(Enumerable.Range(0, Slices).Select(slice => State(slice, places)));
        var random = new Random(seed);
        using var readerLooks = new ManualResetEventSlim();
        var writing = Task.Run(() =>
        {
            readerLooks.Wait(Deadline);
            for (var round = 0; round < Rounds; round++)
            {
                Move(places, random);
            }
        });
        var missing = new HashSet<string>();
        var looks = 0L;
        do
        {
            Look(missing);
            looks++;
            readerLooks.Set();
        }
        while (!writing.IsCompleted);

        Assert.That(writing.Wait(Deadline), Is.True);
        Assert.That(missing, Is.Empty, $"absent in {looks} looks");
        _zone.Time.Advance(TimeSpan.FromMinutes(1));
        _zone.Writer.ReleaseDepartures();
        var expected = Enumerable.Range(0, Slices).SelectMany(slice => Of(slice, places)).Select(Name);
        Assert.That(_zone.EndpointsOf("shop/web").Split(' ', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(expected));
    }

    /// <summary>The same without a grace shows that the reader would see a gap.</summary>
    [Test]
    public void Endpoint_MovedWithoutAGrace_IsAbsentBetweenTheEvents()
    {
        var zone = new ZoneUnderTest().Apply(Namespace("shop"), Service("shop/web", ""), State(0, [0, 1]), State(1, [0, 1]));

        zone.Apply(State(0, [1, 1]));

        Assert.That(zone.OwnersOf("10.0.0.1"), Is.Empty);
    }

    // Some endpoints go to other slices; each slice that differs is told once, in random order, an empty one as deleted.
    private void Move(int[] places, Random random)
    {
        var before = places.ToArray();
        for (var moves = random.Next(1, 4); moves > 0; moves--)
        {
            places[random.Next(Endpoints)] = random.Next(Slices);
        }

        var changed = Enumerable.Range(0, Slices).Where(slice => !Of(slice, before).SequenceEqual(Of(slice, places))).ToArray();
        random.Shuffle(changed);
        foreach (var slice in changed)
        {
            var isEmpty = !Of(slice, places).Any();
            _zone.Apply(isEmpty && random.Next(2) == 0 ? Remove(ResourceKind.EndpointSlice, $"shop/s{slice}") : State(slice, places));
            _zone.Time.Advance(BetweenEvents);
            _zone.Writer.ReleaseDepartures();
        }
    }

    private void Look(HashSet<string> missing)
    {
        var served = _zone.EndpointsOf("shop/web");
        for (var endpoint = 0; endpoint < Endpoints; endpoint++)
        {
            if (!served.Contains(Name(endpoint)))
            {
                missing.Add($"{Name(endpoint)} by name");
            }

            if (!_zone.Zone.FindEndpointsByAddress(Address($"10.0.0.{endpoint + 1}")).GetEnumerator().MoveNext())
            {
                missing.Add($"{Name(endpoint)} by address");
            }
        }
    }

    private static IEnumerable<int> Of(int slice, int[] places) => Enumerable.Range(0, places.Length).Where(endpoint => places[endpoint] == slice);

    private static string Name(int endpoint) => $"10.0.0.{endpoint + 1}=web-{endpoint}-x";

    private static ClusterChange State(int slice, int[] places) =>
        Slice($"shop/s{slice}", "web", Group(string.Join(' ', Of(slice, places).Select(Name))));
}
