using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Objects.Json;
using ClusterDns.Kubernetes.Watching;
using ClusterDns.Testing;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Watching;

/// <summary>The lines of a watch in every arrangement of their pieces.</summary>
public sealed class WatchStreamTests
{
    private const string Watch = """
        {"type":"ADDED","object":{"metadata":{"name":"a","resourceVersion":"1"}}}
        {"object":{"metadata":{"name":"b","resourceVersion":"2"}},"type":"MODIFIED"}

        {"type":"DELETED","object":{"metadata":{"name":"a","resourceVersion":"3"}}}
        {"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"4","annotations":{"k8s.io/initial-events-end":"true"}}}}
        {"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old"}}

        """;

    private static readonly string[] Told =
    [
        "Put a 1 False Done", "Put b 2 False Done", "Deleted a 3 False Done", "Bookmark  4 True Done", "Error   False Expired",
    ];

    [Test]
    public async Task Watch_SplitAtEveryByte_IsTheSame()
    {
        var bytes = Encoding.UTF8.GetBytes(Watch);
        for (var split = 0; split <= bytes.Length; split++)
        {
            Assert.That(await ReadAsync([bytes[..split], bytes[split..]]), Is.EqualTo(Told), $"split at {split}");
        }
    }

    [Test]
    public async Task Watch_ByteByByte_IsTheSame() =>
        Assert.That(await ReadAsync(Encoding.UTF8.GetBytes(Watch).Select(octet => new[] { octet })), Is.EqualTo(Told));

    [Test]
    public async Task Watch_CutAtEveryByte_EndsWellOnlyBetweenLines()
    {
        var bytes = Encoding.UTF8.GetBytes(Watch);
        for (var length = 0; length <= bytes.Length; length++)
        {
            var cut = bytes[..length];
            if (length == 0 || cut[^1] == '\n')
            {
                Assert.That((await ReadAsync([cut])).Count, Is.LessThanOrEqualTo(Told.Length));
            }
            else
            {
                Assert.That(async () => await ReadAsync([cut]), Throws.InstanceOf<JsonException>(), $"cut at {length}");
            }
        }
    }

    /// <summary>As JSON it is well-formed; the reader tells of such a text by another exception.</summary>
    [TestCase("""{"ty\ud800pe":"ADDED","object":{}}""")]
    [TestCase("""{"type":"ADDED\ud800","object":{}}""")]
    [TestCase("""{"type":"ERROR","object":{"reason":"\udc00"}}""")]
    public void Line_TextThatIsNoUnicode_IsNoJson(string line) =>
        Assert.That(async () => await ReadAsync([Encoding.UTF8.GetBytes(line + "\n")]), Throws.InstanceOf<JsonException>());

    private static async Task<List<string>> ReadAsync(IEnumerable<byte[]> pieces)
    {
        using var silence = new SilenceTimer(TimeProvider.System, CancellationToken.None);
        var body = PipeReader.Create(new PieceStream(pieces));
        var stream = new WatchStream(body, ObjectReader.Create(ResourceKind.Namespace, new ObjectReaderOptions()), silence, new WatchLimits());
        var told = new List<string>();
        while (await stream.NextAsync(TimeSpan.FromMinutes(1)) is { } line)
        {
            told.Add($"{line.Type} {line.Reading.Key.Name} {line.Version} {line.EndsInitialEvents} {line.Error.Verdict}");
        }

        return told;
    }
}
