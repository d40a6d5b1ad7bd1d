using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Zone;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Zone;

/// <summary>Whatever happens in whatever order: the zone depends on what is there, not on how it came about.</summary>
internal sealed class ZonePropertyTests
{
    private const long Iterations = 3000;

    /// <summary>Lines at the top of the text that only count.</summary>
    private const int CountLines = 2;

    [Test]
    public void Zone_AfterAnyChanges_EqualsOneMadeFromAListOfWhatIsThere() =>
        Gen.Select(RandomCluster.Changes, Gen.Int).Sample(
            (changes, seed) =>
            {
                var model = new ClusterModel();
                foreach (var change in changes)
                {
                    model.Apply(change);
                }

                var objects = model.Objects.ToArray();
                new Random(seed).Shuffle(objects);
                var listed = new ZoneUnderTest();
                foreach (var kind in Enum.GetValues<ResourceKind>())
                {
                    listed.Relist(kind, objects.Where(change => change.Kind == kind));
                }

                Assert.That(Text(new ZoneUnderTest().Apply(changes)), Is.EqualTo(Text(listed)));
            },
            iter: Iterations,
            threads: 1);

    /// <summary>What is kept for a moment is gone when the moment is over, whatever came in between.</summary>
    [Test]
    public void Zone_WithAGrace_EqualsOneWithoutWhenItIsOver() =>
        Gen.Select(RandomCluster.Changes, Gen.Int[0, 150].Array[80]).Sample(
            (changes, pauses) =>
            {
                var zone = new ZoneUnderTest(Departures.UsualGrace);
                foreach (var (change, pause) in changes.Zip(pauses))
                {
                    zone.Apply(change);
                    zone.Time.Advance(TimeSpan.FromMilliseconds(pause));
                    zone.Writer.ReleaseDepartures();
                }

                zone.Time.Advance(TimeSpan.FromMinutes(1));
                zone.Writer.ReleaseDepartures();

                Assert.That(Text(zone), Is.EqualTo(Text(new ZoneUnderTest().Apply(changes))));
                Assert.That(zone.Writer.UntilNextDeparture, Is.Null);
            },
            iter: Iterations,
            threads: 1);

    [Test]
    public void Zone_EverythingRemoved_IsEmpty() =>
        RandomCluster.Changes.Sample(
            changes =>
            {
                var zone = new ZoneUnderTest().Apply(changes);
                foreach (var kind in Enum.GetValues<ResourceKind>())
                {
                    zone.Relist(kind);
                }

                Assert.That(Text(zone), Is.EqualTo(Text(new ZoneUnderTest())));
                Assert.That(zone.Zone.Tables.EndpointsByAddress.Items(), Is.Empty);
                Assert.That(zone.Zone.Tables.ServicesByAddress.Items(), Is.Empty);
                Assert.That(zone.Zone.Tables.Pods.NotIn(0), Is.Empty);
            },
            iter: Iterations,
            threads: 1);

    /// <summary>A server that asks for the serial to know whether to transfer the zone must not miss a change.</summary>
    [Test]
    public void Serial_WheneverAnAnswerChanges_Moves() =>
        RandomCluster.Changes.Sample(
            changes =>
            {
                var zone = new ZoneUnderTest();
                foreach (var change in changes)
                {
                    var before = ServedText(zone);
                    var isRelevant = zone.IsRelevant(change);
                    Assert.That(isRelevant || ServedText(zone) == before, Is.True, $"{change}");
                }
            },
            iter: Iterations / 10,
            threads: 1);

    [Test]
    public void Change_Repeated_PublishesNothing() =>
        RandomCluster.Changes.Sample(
            changes =>
            {
                var zone = new ZoneUnderTest();
                foreach (var change in changes)
                {
                    zone.Apply(change);
                    var services = zone.Zone.Services.ToHashSet();

                    Assert.That(zone.IsRelevant(change), Is.False, $"{change}");
                    Assert.That(zone.Zone.Services.All(services.Contains), Is.True, $"{change}");
                }
            },
            iter: Iterations / 10,
            threads: 1);

    private static string Text(ZoneUnderTest zone) => ZoneText.Of(zone.Zone, RandomCluster.Addresses);

    /// <summary>Without namespaces, which have no records, without what is not ready, and without who may ask.</summary>
    private static string ServedText(ZoneUnderTest zone) => string.Join('\n', Text(zone).Split('\n')
        .Skip(CountLines)
        .Where(line => !line.Contains("exists=") && !line.Contains(" not: ") && !line.StartsWith("  client ")))
        + string.Join(' ', zone.Zone.Services.Select(service => ZoneText.OfEndpoints(service.Endpoints)));
}
