using System.Text;
using System.Text.Json;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Objects.Json;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Objects;

/// <summary>What holds for every kind: <c>metadata</c>, refusal, and that nothing in the JSON makes a reader throw.</summary>
public sealed class ObjectReaderTests
{
    private static readonly string[] Samples =
    [
        """{"metadata":{"name":"demo","resourceVersion":"7","labels":{"a":"b"},"managedFields":[{"f:x":{".":{}}}]}}""",
        """
        {"kind":"Service","metadata":{"name":"web","namespace":"demo"},"spec":{"type":"LoadBalancer","clusterIP":"10.0.0.1",
        "clusterIPs":["10.0.0.1","fd00::1"],"externalIPs":["192.0.2.1"],"ports":[{"name":"http","protocol":"TCP","port":80}]},
        "status":{"loadBalancer":{"ingress":[{"ip":"192.0.2.2"},{"hostname":"lb.example.org"}]}}}
        """,
        """
        {"metadata":{"name":"web-x","namespace":"demo","labels":{"kubernetes.io/service-name":"web"},
        "annotations":{"endpoints.kubernetes.io/last-change-trigger-time":"2026-01-02T03:04:05Z"}},"addressType":"IPv4",
        "endpoints":[{"addresses":["10.1.0.1"],"conditions":{"ready":true},"hostname":"a","targetRef":{"name":"p"}}],
        "ports":[{"name":"http","port":8080}]}
        """,
        """
        {"metadata":{"name":"web","namespace":"demo"},"subsets":[{"addresses":[{"ip":"10.1.0.1","hostname":"a"}],
        "notReadyAddresses":[{"ip":"10.1.0.2"}],"ports":[{"name":"http","port":8080,"protocol":"TCP"}]}]}
        """,
        """
        {"metadata":{"name":"p","namespace":"demo","deletionTimestamp":null},"spec":{"hostNetwork":true},
        "status":{"phase":"Running","podIP":"10.1.0.1","podIPs":[{"ip":"10.1.0.1"},{"ip":"fd00::1"}]}}
        """,
    ];

    [Test]
    public void Metadata_AllFields_AreRead()
    {
        var reader = ObjectReader.Create(ResourceKind.Service, new ObjectReaderOptions { KeepLabels = true });
        var reading = Read(reader, """
            {"metadata":{"name":"web","namespace":"demo","resourceVersion":"12","deletionTimestamp":"2026-01-02T03:04:05Z",
             "labels":{"app":"web","tier":"front"},"annotations":{"k8s.io/initial-events-end":"true"}},"spec":{}}
            """);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(reading.Key, Is.EqualTo(new ObjectKey("demo", "web")));
            Assert.That(reader.Metadata.ResourceVersion, Is.EqualTo("12"));
            Assert.That(reader.Metadata.IsBeingDeleted, Is.True);
            Assert.That(reader.Metadata.EndsInitialEvents, Is.True);
            Assert.That(reader.Metadata.Labels, Is.EquivalentTo(new Dictionary<string, string> { ["app"] = "web", ["tier"] = "front" }));
        }
    }

    [Test]
    public void Metadata_NextObject_ForgetsTheOneBefore()
    {
        var reader = ObjectReader.Create(ResourceKind.Service, new ObjectReaderOptions { KeepLabels = true });
        Read(reader, """{"metadata":{"name":"a","namespace":"n","resourceVersion":"1","deletionTimestamp":"x","labels":{"l":"1"}},"spec":{}}""");
        var next = Read(reader, """{"metadata":{"namespace":"n"},"spec":{}}""");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(next.IsRefused, Is.True);
            Assert.That(next.Problem, Is.EqualTo("has no metadata.name"));
            Assert.That(reader.Metadata.ResourceVersion, Is.Null);
            Assert.That(reader.Metadata.IsBeingDeleted, Is.False);
            Assert.That(reader.Metadata.Labels, Is.Empty);
        }
    }

    [Test]
    public void Labels_NotAskedFor_AreNotKept()
    {
        var reader = ObjectReader.Create(ResourceKind.EndpointSlice, new ObjectReaderOptions());
        Read(reader, Samples[2]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(reader.Metadata.Labels, Is.Empty);
            Assert.That(reader.Metadata.ServiceName, Is.EqualTo("web"));
        }
    }

    [TestCase("5", "is not a whole JSON object")]
    [TestCase("[]", "is not a whole JSON object")]
    [TestCase("null", "is not a whole JSON object")]
    [TestCase("", "is not JSON")]
    [TestCase("<html>", "is not JSON")]
    [TestCase("{}", "has no metadata.name")]
    [TestCase("""{"metadata":null,"spec":{}}""", "has no metadata.name")]
    [TestCase("""{"metadata":5,"spec":{}}""", "has no metadata.name")]
    [TestCase("""{"metadata":{"name":5,"namespace":"n"},"spec":{}}""", "has no metadata.name")]
    [TestCase("""{"metadata":{"name":"a.b","namespace":"n"},"spec":{}}""", "metadata.name \"a.b\", which is not a DNS label")]
    [TestCase("""{"metadata":{"name":"a\u0000b","namespace":"n"},"spec":{}}""", "metadata.name \"a?b\", which is not")]
    [TestCase("""{"metadata":{"name":"a"},"spec":{}}""", "metadata.namespace \"\", which is not")]
    [TestCase("""{"metadata":{"name":"a","namespace":"n/m"},"spec":{}}""", "metadata.namespace \"n/m\", which is not")]
    [TestCase("""{"metadata":{"name":"\ud800","namespace":"n"},"spec":{}}""", "is not JSON")]
    public void Read_ObjectWithoutSoundIdentity_IsRefusedWithTheReason(string json, string problem)
    {
        var reading = Read(ObjectReader.Create(ResourceKind.Service, new ObjectReaderOptions()), json);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(reading.IsRefused, Is.True);
            Assert.That(reading.Record, Is.Null);
            Assert.That(reading.Problem, Does.Contain(problem));
        }
    }

    [Test]
    public void Read_BrokenUtf8InName_IsRefused()
    {
        var json = Encoding.UTF8.GetBytes("""{"metadata":{"name":"aXb","namespace":"n"},"spec":{}}""");
        json[Array.IndexOf(json, (byte)'X')] = 0xff;
        var reader = new Utf8JsonReader(json);
        Assert.That(ObjectReader.Create(ResourceKind.Service, new ObjectReaderOptions()).Read(ref reader).IsRefused, Is.True);
    }

    [Test]
    public void Read_NoNamespaceWithDefault_TakesTheDefault()
    {
        var reader = ObjectReader.Create(ResourceKind.Service, new ObjectReaderOptions { DefaultNamespace = "default" });
        Assert.That(Read(reader, """{"metadata":{"name":"a"},"spec":{}}""").Key, Is.EqualTo(new ObjectKey("default", "a")));
    }

    [Test]
    public void Read_ObjectAmongOthers_StopsOnItsEnd()
    {
        var json = new Utf8JsonReader(Encoding.UTF8.GetBytes($"[{Samples[0]},{Samples[0].Replace("demo", "shop")}]"));
        var reader = ObjectReader.Create(ResourceKind.Namespace, new ObjectReaderOptions());
        var names = new List<string>();
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            names.Add(reader.Read(ref json).Key.Name);
        }

        Assert.That(names, Is.EqualTo(new[] { "demo", "shop" }));
    }

    [Test]
    public void Read_EverySampleCutAtEveryByte_IsRefusedAndNeverThrows([Values] ResourceKind kind)
    {
        var reader = ObjectReader.Create(kind, new ObjectReaderOptions { KeepLabels = true, KeepPodNames = true });
        var sample = Encoding.UTF8.GetBytes(Samples[(int)kind].TrimEnd());
        for (var length = 0; length < sample.Length; length++)
        {
            foreach (var isFinal in new[] { true, false })
            {
                var json = new Utf8JsonReader(sample.AsSpan(0, length), isFinal, default);
                Assert.That(reader.Read(ref json).IsRefused, Is.True, $"cut at {length}");
            }
        }

        var whole = new Utf8JsonReader(sample);
        Assert.That(reader.Read(ref whole), Has.Property(nameof(ObjectReading.Record)).Not.Null.And.Property(nameof(ObjectReading.Problem)).Null);
    }

    /// <summary>Every value of every sample is replaced by something that should not stand there.</summary>
    [Test]
    public void Read_WrongTypesAndAbsurdValues_NeverThrow([Values] ResourceKind kind)
    {
        string[] intruders =
            ["null", "5", "-1", "99999", "1e300", "true", "[]", "{}", "[[]]", "[null]", "[5]", "\"\"", "\"hello\"", "\"\\u0000\"", $"\"{new string('x', 1 << 20)}\""];
        var reader = ObjectReader.Create(kind, new ObjectReaderOptions { KeepLabels = true, KeepPodNames = true });
        var replaced = 0;
        foreach (var (start, length) in Values(Samples[(int)kind]))
        {
            foreach (var intruder in intruders)
            {
                var text = string.Concat(Samples[(int)kind].AsSpan(0, start), intruder, Samples[(int)kind].AsSpan(start + length));
                Assert.That(() => Read(reader, text), Throws.Nothing, intruder[..Math.Min(20, intruder.Length)]);
                replaced++;
            }
        }

        Assert.That(replaced, Is.GreaterThan(3 * intruders.Length));
    }

    [Test]
    public void Read_RandomBytesInSamples_NeverThrow([Values] ResourceKind kind)
    {
        var reader = ObjectReader.Create(kind, new ObjectReaderOptions { KeepLabels = true, KeepPodNames = true });
        var sample = Encoding.UTF8.GetBytes(Samples[(int)kind]);
        Gen.Select(Gen.Int[0, sample.Length - 1], Gen.Byte).Array[1, 6].Sample(
            changes =>
            {
                var bytes = sample.ToArray();
                foreach (var (position, value) in changes)
                {
                    bytes[position] = value;
                }

                var json = new Utf8JsonReader(bytes);
                var reading = reader.Read(ref json);
                return reading.Problem is not null || reading.Record is not null || kind is ResourceKind.Pod or ResourceKind.EndpointSlice;
            },
            iter: 5_000,
            threads: 1);
    }

    private static ObjectReading Read(ObjectReader reader, string text)
    {
        var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        return reader.Read(ref json);
    }

    private static List<(int Start, int Length)> Values(string text)
    {
        var json = new Utf8JsonReader(Encoding.ASCII.GetBytes(text));
        var values = new List<(int, int)>();
        json.Read();
        while (json.Read())
        {
            if (json.TokenType is JsonTokenType.PropertyName or JsonTokenType.EndArray or JsonTokenType.EndObject)
            {
                continue;
            }

            var whole = json;
            whole.TrySkip();
            values.Add(((int)json.TokenStartIndex, (int)(whole.BytesConsumed - json.TokenStartIndex)));
        }

        return values;
    }
}
