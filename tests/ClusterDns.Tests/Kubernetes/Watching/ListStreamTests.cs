using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Objects.Json;
using ClusterDns.Kubernetes.Watching;
using ClusterDns.Testing;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Watching;

/// <summary>A page of a list in every arrangement of its fields and of its pieces.</summary>
public sealed class ListStreamTests
{
    private const string Page = """
        {"kind":"NamespaceList","apiVersion":"v1","metadata":{"resourceVersion":"42","continue":"next","remainingItemCount":3},
         "items":[{"metadata":{"name":"a","labels":{"x":"]}"}}},{"metadata":{"name":"b"}} , {"metadata":{"name":"c"}}]}
        """;

    [Test]
    public async Task Page_SplitAtEveryByte_IsTheSame()
    {
        var bytes = Encoding.UTF8.GetBytes(Page);
        for (var split = 0; split <= bytes.Length; split++)
        {
            var (names, list) = await ReadAsync([bytes[..split], bytes[split..]]);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(names, Is.EqualTo(new[] { "a", "b", "c" }), $"split at {split}");
                Assert.That(list.ResourceVersion, Is.EqualTo("42"));
                Assert.That(list.Continue, Is.EqualTo("next"));
                Assert.That(list.HasItems, Is.True);
            }
        }
    }

    [Test]
    public async Task Page_ByteByByte_IsTheSame()
    {
        var (names, _) = await ReadAsync(Encoding.UTF8.GetBytes(Page).Select(octet => new[] { octet }));
        Assert.That(names, Is.EqualTo(new[] { "a", "b", "c" }));
    }

    [Test]
    public void Page_CutAtEveryByte_NeverEndsWell()
    {
        var bytes = Encoding.UTF8.GetBytes(Page.TrimEnd());
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.That(async () => await ReadAsync([bytes[..length]]), Throws.InstanceOf<JsonException>(), $"cut at {length}");
        }
    }

    [TestCase("""{"items":[{"metadata":{"name":"a"}}],"metadata":{"resourceVersion":"7"}}""", "7", true)]
    [TestCase("""{"items":null,"metadata":{"resourceVersion":"7","continue":""}}""", "7", true)]
    [TestCase("""{"metadata":null,"items":[]}""", null, true)]
    [TestCase("""{"metadata":{"resourceVersion":7},"items":{"a":[1,2]},"other":{"items":[]}}""", null, false)]
    [TestCase("{}", null, false)]
    public async Task Page_OtherArrangements_AreRead(string page, string? version, bool hasItems)
    {
        var (_, list) = await ReadAsync([Encoding.UTF8.GetBytes(page)]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(list.ResourceVersion, Is.EqualTo(version));
            Assert.That(list.Continue, Is.Null);
            Assert.That(list.HasItems, Is.EqualTo(hasItems));
        }
    }

    [Test]
    public async Task Page_ItemsThatAreNoObjects_AreRefusedOneByOne()
    {
        var (names, _) = await ReadAsync([Encoding.UTF8.GetBytes("""{"items":[5,null,[{}],{"metadata":{"name":"a"}}]}""")]);
        Assert.That(names, Is.EqualTo(new[] { "", "", "", "a" }));
    }

    /// <summary>As JSON it is well-formed; the reader tells of such a text by another exception.</summary>
    [TestCase("""{"ite\ud800ms":[]}""")]
    [TestCase("""{"metadata":{"resourceVersion":"\ud800"},"items":[]}""")]
    public void Page_TextThatIsNoUnicode_IsNoJson(string page) =>
        Assert.That(async () => await ReadAsync([Encoding.UTF8.GetBytes(page)]), Throws.InstanceOf<JsonException>());

    [Test]
    public void Page_VersionThatIsNoUtf8_IsNoJson() =>
        Assert.That(
            async () => await ReadAsync([[.. "{\"metadata\":{\"resourceVersion\":\""u8, 0x91, .. "\"},\"items\":[]}"u8]]),
            Throws.InstanceOf<JsonException>());

    [TestCase("5")]
    [TestCase("[]")]
    [TestCase("<html>")]
    [TestCase("{\"items\":[}")]
    public void Page_OtherThanAnObject_IsNoJson(string page) =>
        Assert.That(async () => await ReadAsync([Encoding.UTF8.GetBytes(page)]), Throws.InstanceOf<JsonException>());

    [Test]
    public async Task Page_OfManyObjects_NeverHoldsMoreThanAFew()
    {
        var item = Encoding.UTF8.GetBytes($$$"""{"metadata":{"name":"a","annotations":{"x":"{{{new string('y', 2000)}}}"} } },""");
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 16 << 10, resumeWriterThreshold: 8 << 10, useSynchronizationContext: false));
        var writing = WriteAsync(pipe.Writer, [.. "{\"items\":["u8], item, 5_000, [.. "{\"metadata\":{\"name\":\"z\"}}]}"u8]);
        using var silence = new SilenceTimer(TimeProvider.System, CancellationToken.None);
        var list = new ListStream(pipe.Reader, ObjectReader.Create(ResourceKind.Namespace, new ObjectReaderOptions()), silence, new WatchLimits());
        var count = 0;
        while (await list.NextAsync() is not null)
        {
            count++;
        }

        await writing;
        Assert.That(count, Is.EqualTo(5_001), "read through a pipe of 16 KiB");
    }

    private static async Task WriteAsync(PipeWriter writer, byte[] head, byte[] item, int times, byte[] tail)
    {
        await writer.WriteAsync(head);
        for (var count = 0; count < times; count++)
        {
            await writer.WriteAsync(item);
        }

        await writer.WriteAsync(tail);
        await writer.CompleteAsync();
    }

    private static async Task<(List<string> Names, ListStream List)> ReadAsync(IEnumerable<byte[]> pieces)
    {
        using var silence = new SilenceTimer(TimeProvider.System, CancellationToken.None);
        var body = PipeReader.Create(new PieceStream(pieces));
        var list = new ListStream(body, ObjectReader.Create(ResourceKind.Namespace, new ObjectReaderOptions()), silence, new WatchLimits());
        var names = new List<string>();
        while (await list.NextAsync() is { } item)
        {
            names.Add(item.Key.Name);
        }

        return (names, list);
    }
}
