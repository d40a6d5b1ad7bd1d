using System.Text;
using System.Text.Json;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Objects.Json;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Objects;

/// <summary>Which texts are a version that is kept as a number.</summary>
public sealed class ResourceVersionTests
{
    private static readonly ResourceKind[] KindsWithVersion =
        [ResourceKind.Namespace, ResourceKind.Service, ResourceKind.EndpointSlice, ResourceKind.Endpoints];

    [TestCase("1", 1ul)]
    [TestCase("48211", 48211ul)]
    [TestCase("18446744073709551615", ulong.MaxValue)]
    public void Read_NumberOfAnApiServer_IsKept(string text, ulong expected) => Assert.That(ResourceVersion.Read(text), Is.EqualTo(expected));

    [TestCase("")]
    [TestCase("0")]
    [TestCase("007")]
    [TestCase("-1")]
    [TestCase("+1")]
    [TestCase(" 1")]
    [TestCase("1 ")]
    [TestCase("1,000")]
    [TestCase("1e3")]
    [TestCase("0x1F")]
    [TestCase("abc")]
    [TestCase("12\0")]
    [TestCase("١٢")]
    [TestCase("18446744073709551616")]
    [TestCase("1234567890123456789012345678901234567890")]
    public void Read_AnythingElse_IsNone(string text) => Assert.That(ResourceVersion.Read(text), Is.EqualTo(ResourceVersion.None));

    [TestCaseSource(nameof(KindsWithVersion))]
    public void Reader_ObjectWithVersion_HasItInItsRecord(ResourceKind kind) =>
        Assert.That(VersionOf(kind, "\"48211\""), Is.EqualTo(48211));

    [Test]
    public void Reader_HostileVersion_IsNoneAndTheObjectIsServed(
        [ValueSource(nameof(KindsWithVersion))] ResourceKind kind,
        [Values("\"\"", "\"abc\"", "\"-5\"", "\"1234567890123456789012345678901234567890\"", "48211", "null", "{}", "[1]", "true", "\"\\ud800\"")]
        string version)
    {
        // Half a surrogate pair is no text at all, and refuses the whole object as anywhere else.
        var isText = !version.Contains("ud800", StringComparison.Ordinal);

        Assert.That(VersionOf(kind, version), isText ? Is.EqualTo(ResourceVersion.None) : Is.Null);
    }

    [TestCaseSource(nameof(KindsWithVersion))]
    public void Reader_ObjectWithoutVersionAfterOneWithIt_HasNone(ResourceKind kind)
    {
        var reader = ObjectReader.Create(kind, new ObjectReaderOptions());

        Assert.That(VersionOf(reader, "\"48211\""), Is.EqualTo(48211));
        Assert.That(VersionOf(reader, null), Is.EqualTo(ResourceVersion.None));
    }

    private static ulong? VersionOf(ResourceKind kind, string? version) =>
        VersionOf(ObjectReader.Create(kind, new ObjectReaderOptions()), version);

    /// <param name="reader">The kind's.</param>
    /// <param name="version">The field's value as JSON; null leaves the field out.</param>
    private static ulong? VersionOf(ObjectReader reader, string? version)
    {
        var field = version is null ? "" : $", \"resourceVersion\": {version}";
        var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(
            $$"""{"metadata": {"name": "web", "namespace": "prod"{{field}}}, "spec": {}, "addressType": "IPv4"}"""));
        return reader.Read(ref json).Record switch
        {
            NamespaceRecord parent => parent.ResourceVersion,
            ServiceRecord service => service.ResourceVersion,
            EndpointsRecord endpoints => endpoints.ResourceVersion,
            _ => null,
        };
    }
}
