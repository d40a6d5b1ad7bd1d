using System.Text;
using System.Text.Json;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Objects.Json;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Objects;

/// <summary>What each kind's JSON becomes.</summary>
public sealed class KindReaderTests
{
    [Test]
    public void Namespace_OfAnyShape_IsItsName()
    {
        var reading = Read(ResourceKind.Namespace, """{"metadata":{"name":"demo","namespace":"ignored"},"spec":{"finalizers":["kubernetes"]}}""");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(reading.Record, Is.EqualTo(new NamespaceRecord("demo")));
            Assert.That(reading.Key, Is.EqualTo(new ObjectKey("", "demo")));
        }
    }

    [Test]
    public void Service_DualStack_HasBothAddressesAndItsPorts()
    {
        var service = ReadService("""
            {"clusterIP":"10.0.0.1","clusterIPs":["10.0.0.1","fd00::1"],
             "ports":[{"name":"HTTP","protocol":"TCP","port":80,"targetPort":"web","nodePort":30080},{"port":53,"protocol":"UDP"}]}
            """);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(service.Kind, Is.EqualTo(ServiceKind.ClusterIP));
            Assert.That(service.ClusterAddresses, Is.EqualTo(Addresses("10.0.0.1", "fd00::1")));
            Assert.That(service.Ports, Is.EqualTo(new[] { new PortRecord("http", "tcp", 80), new PortRecord("", "udp", 53) }));
        }
    }

    [Test]
    public void Service_OnlyClusterIP_HasThatAddress() =>
        Assert.That(ReadService("""{"type":"NodePort","clusterIP":"10.0.0.1"}""").ClusterAddresses, Is.EqualTo(Addresses("10.0.0.1")));

    [TestCase("""{"clusterIP":"None"}""")]
    [TestCase("""{"clusterIPs":["None"],"clusterIP":"None"}""")]
    [TestCase("""{"type":"ClusterIP","clusterIPs":["None"]}""")]
    public void Service_ClusterIPNone_IsHeadless(string spec)
    {
        var service = ReadService(spec);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(service.Kind, Is.EqualTo(ServiceKind.Headless));
            Assert.That(service.ClusterAddresses, Is.Empty);
        }
    }

    [Test]
    public void Service_ExternalName_KeepsTheNameAsWritten()
    {
        var service = ReadService("""{"type":"ExternalName","externalName":"Www.Example.ORG.","clusterIP":"None"}""");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(service.Kind, Is.EqualTo(ServiceKind.ExternalName));
            Assert.That(service.ExternalName, Is.EqualTo("Www.Example.ORG."));
        }
    }

    [Test]
    public void Service_ExternalAddresses_AreExternalIPsThenLoadBalancer()
    {
        var service = (ServiceRecord)Read(ResourceKind.Service, """
            {"metadata":{"name":"web","namespace":"demo"},"spec":{"externalIPs":["192.0.2.1"]},"status":{"conditions":[],
             "loadBalancer":{"ingress":[{"ip":"192.0.2.2","hostname":"unused.example.org"},{"hostname":"lb.example.org"},{}]}}}
            """).Record!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(service.ExternalAddresses, Is.EqualTo(Addresses("192.0.2.1", "192.0.2.2")));
            Assert.That(service.ExternalHostnames, Is.EqualTo(new[] { "lb.example.org" }));
        }
    }

    [TestCase("""{"metadata":{"name":"web","namespace":"demo"}}""", "has no spec")]
    [TestCase("""{"metadata":{"name":"web","namespace":"demo"},"spec":5}""", "has no spec")]
    [TestCase("""{"metadata":{"name":"web","namespace":"demo"},"spec":{"type":"ExternalName"}}""", "no readable spec.externalName")]
    public void Service_WithoutWhatMakesIt_IsRefused(string json, string problem)
    {
        var reading = Read(ResourceKind.Service, json);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(reading.IsRefused, Is.True);
            Assert.That(reading.Problem, Does.Contain(problem));
        }
    }

    [TestCase("""{"port":99999}""", "a port's number is \"99999\", not a number from 1 to 65535")]
    [TestCase("""{"port":0}""", "a port's number is \"0\"")]
    [TestCase("""{"port":"80"}""", "a port's number is \"80\"")]
    [TestCase("""{"port":{"number":80}}""", "a port's number is an object")]
    [TestCase("""{"name":"http"}""", "a port has no number")]
    [TestCase("""{"name":"a.b","port":80}""", "a port's name is \"a.b\", not a DNS label")]
    [TestCase("""{"name":7,"port":80}""", "a port's name is \"7\", not a text")]
    [TestCase("5", "a port is \"5\", not an object")]
    public void Service_BadPort_IsLeftOutWithAProblem(string port, string problem)
    {
        var reading = Read(ResourceKind.Service, $$"""
            {"metadata":{"name":"web","namespace":"demo"},"spec":{"ports":[{{port}},{"name":"good","port":443}] } }
            """);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((ServiceRecord)reading.Record!).Ports, Is.EqualTo(new[] { new PortRecord("good", "tcp", 443) }));
            Assert.That(reading.Problem, Does.Contain(problem));
        }
    }

    [Test]
    public void Service_BadAddress_IsLeftOutWithAProblemThatCannotForgeALogLine()
    {
        var reading = Read(ResourceKind.Service, """
            {"metadata":{"name":"web","namespace":"demo"},"spec":{"clusterIPs":["hello\n[ERROR]","10.0.0.1",5]}}
            """);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((ServiceRecord)reading.Record!).ClusterAddresses, Is.EqualTo(Addresses("10.0.0.1")));
            Assert.That(reading.Problem, Is.EqualTo("spec.clusterIPs is \"hello\\n[ERROR]\", not an IP address (and 1 more)"));
        }
    }

    [Test]
    public void Slice_ReadyAndNotReady_KeepsTheReadyAndCountsTheOthers()
    {
        var slice = ReadSlice("""
            "addressType":"IPv4","endpoints":[
              {"addresses":["10.1.0.1"],"conditions":{"ready":true,"serving":false,"terminating":true},"hostname":"Db-0"},
              {"addresses":["10.1.0.2"],"conditions":{"ready":null}},
              {"addresses":["10.1.0.3"],"conditions":{}},
              {"addresses":["10.1.0.4"]},
              {"conditions":{"ready":false,"serving":true},"addresses":["10.1.0.5"]}],
            "ports":[{"name":"pg","protocol":"TCP","port":5432}]
            """);
        var group = slice.Groups.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(slice.ServiceName, Is.EqualTo("db"));
            Assert.That(slice.LastChangeTrigger, Is.EqualTo(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)));
            Assert.That(AddressesOf(group), Is.EqualTo(Addresses("10.1.0.1", "10.1.0.2", "10.1.0.3", "10.1.0.4")));
            Assert.That(group.NotReadyCount, Is.EqualTo(1));
            Assert.That(Encoding.ASCII.GetString(group.Hostname(0)), Is.EqualTo("db-0"));
            Assert.That(group.Hostname(1).Length, Is.Zero);
            Assert.That(PortsOf(group), Is.EqualTo("pg/tcp/5432"));
        }
    }

    [Test]
    public void Slice_IPv6AndPortWithoutNumber_AreKept()
    {
        var group = ReadSlice("""
            "ports":[{"name":null,"protocol":null,"port":null}],"endpoints":[{"addresses":["fd00::1","fd00::2"]}],"addressType":"IPv6"
            """).Groups.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(AddressesOf(group), Is.EqualTo(Addresses("fd00::1", "fd00::2")));
            Assert.That(PortsOf(group), Is.EqualTo("/tcp/-1"));
        }
    }

    [TestCase("null")]
    [TestCase("[]")]
    public void Slice_WithoutEndpoints_IsEmptyAndNoProblem(string endpoints)
    {
        var reading = Read(ResourceKind.EndpointSlice, Slice($"\"addressType\":\"IPv4\",\"endpoints\":{endpoints},\"ports\":null"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((EndpointsRecord)reading.Record!).Groups, Is.Empty);
            Assert.That(reading.Problem, Is.Null);
        }
    }

    [Test]
    public void Slice_OfHostNames_HasNoPartInDnsAndIsNoProblem()
    {
        var reading = Read(ResourceKind.EndpointSlice, Slice("""
            "addressType":"FQDN","endpoints":[{"addresses":["www.example.org"]}]
            """));
        Assert.That(reading, Is.EqualTo(new ObjectReading(new ObjectKey("demo", "db-x"), null, null)));
    }

    [TestCase("\"endpoints\":[]", "has no addressType")]
    [TestCase("\"addressType\":\"IPX\",\"endpoints\":[]", "has no addressType")]
    [TestCase("\"addressType\":\"IPv4\",\"endpoints\":{}", "has endpoints that are not an array")]
    public void Slice_OfUnknownShape_IsRefused(string fields, string problem)
    {
        var reading = Read(ResourceKind.EndpointSlice, Slice(fields));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(reading.IsRefused, Is.True);
            Assert.That(reading.Problem, Does.Contain(problem));
        }
    }

    [TestCase("""{"addresses":["hello"]}""", "an endpoint's address is \"hello\", not an IP address", 0)]
    [TestCase("""{"addresses":["fd00::1"]}""", "an endpoint's address is not IPv4", 0)]
    [TestCase("""{"addresses":"10.1.0.1"}""", "an endpoint's address is \"10.1.0.1\", not an array", 0)]
    [TestCase("""{"addresses":["10.1.0.1"],"hostname":"a b"}""", "an endpoint's hostname is \"a b\", not a DNS label", 1)]
    [TestCase("""{"addresses":["10.1.0.1"],"conditions":{"ready":"yes"}}""", "an endpoint's ready is \"yes\"", 0)]
    [TestCase("\"10.1.0.1\"", "an endpoint is \"10.1.0.1\", not an object", 0)]
    public void Slice_BadEndpoint_LosesOnlyTheBadPart(string endpoint, string problem, int kept)
    {
        var reading = Read(ResourceKind.EndpointSlice, Slice($$"""
            "addressType":"IPv4","endpoints":[{{endpoint}},{"addresses":["10.1.0.9"]}]
            """));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((EndpointsRecord)reading.Record!).Groups.Single().Count, Is.EqualTo(kept + 1));
            Assert.That(reading.Problem, Does.Contain(problem));
        }
    }

    [Test]
    public void Slice_HostnameOfAMegabyte_IsLeftOutAndTheAddressStays()
    {
        var reading = Read(ResourceKind.EndpointSlice, Slice($$"""
            "addressType":"IPv4","endpoints":[{"addresses":["10.1.0.1"],"hostname":"{{new string('h', 1 << 20)}}"}]
            """));
        var group = ((EndpointsRecord)reading.Record!).Groups.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(group.Count, Is.EqualTo(1));
            Assert.That(group.Hostname(0).Length, Is.Zero);
            Assert.That(reading.Problem, Has.Length.LessThan(200).And.Contain("not a text of up to 63 characters"));
        }
    }

    [TestCase(true, "db-0")]
    [TestCase(false, "")]
    public void Slice_PodName_IsKeptOnlyWhenAskedFor(bool keep, string expected)
    {
        var reader = ObjectReader.Create(ResourceKind.EndpointSlice, new ObjectReaderOptions { KeepPodNames = keep });
        var group = ((EndpointsRecord)Read(reader, Slice("""
            "addressType":"IPv4","endpoints":[{"addresses":["10.1.0.1"],"targetRef":{"kind":"Pod","name":"db-0"}}]
            """)).Record!).Groups.Single();
        Assert.That(Encoding.ASCII.GetString(group.PodName(0)), Is.EqualTo(expected));
    }

    [Test]
    public void Endpoints_SubsetsOfTwoFamilies_GiveAGroupForEach()
    {
        var record = (EndpointsRecord)Read(ResourceKind.Endpoints, """
            {"metadata":{"name":"db","namespace":"demo"},"subsets":[
              {"addresses":[{"ip":"10.1.0.1","hostname":"db-0"},{"ip":"fd00::1","hostname":"db-0"}],
               "notReadyAddresses":[{"ip":"10.1.0.2"},{"ip":"10.1.0.3"}],"ports":[{"name":"pg","port":5432,"protocol":"TCP"}]},
              {"ports":[{"port":9187}],"addresses":[{"ip":"10.1.0.4"}]}]}
            """).Record!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(record.ServiceName, Is.EqualTo("db"));
            Assert.That(record.Groups.Select(group => group.IsIPv4), Is.EqualTo(new[] { true, false, true }));
            Assert.That(record.Groups.Select(group => group.NotReadyCount), Is.EqualTo(new[] { 2, 0, 0 }));
            Assert.That(record.Groups.SelectMany(AddressesOf), Is.EqualTo(Addresses("10.1.0.1", "fd00::1", "10.1.0.4")));
            Assert.That(record.Groups.Select(PortsOf), Is.EqualTo(new[] { "pg/tcp/5432", "pg/tcp/5432", "/tcp/9187" }));
        }
    }

    [Test]
    public void Endpoints_WithoutSubsets_IsEmpty() => Assert.That(
        ((EndpointsRecord)Read(ResourceKind.Endpoints, """{"metadata":{"name":"db","namespace":"demo"}}""").Record!).Groups,
        Is.Empty);

    [Test]
    public void Pod_DualStackOnHostNetwork_HasBothAddresses() => Assert.That(
        ReadPod("""{"phase":"Running","podIP":"10.1.0.1","podIPs":[{"ip":"10.1.0.1"},{"ip":"fd00::1"}]}""", """{"hostNetwork":true}""").Record,
        Is.EqualTo(new PodRecord(new ObjectKey("demo", "p"), Address("10.1.0.1"), Address("fd00::1"), true)));

    [Test]
    public void Pod_WithOneAddress_HasNoOther() => Assert.That(
        ReadPod("""{"podIPs":[{"ip":"10.1.0.1"}],"podIP":"10.1.0.1"}""", "{}").Record,
        Is.EqualTo(new PodRecord(new ObjectKey("demo", "p"), Address("10.1.0.1"), null, false)));

    [TestCase("""{"phase":"Pending"}""")]
    [TestCase("""{"phase":"Pending","podIP":""}""")]
    [TestCase("""{"phase":"Succeeded","podIP":"10.1.0.1"}""")]
    [TestCase("""{"podIP":"10.1.0.1","phase":"Failed"}""")]
    [TestCase("""{"podIP":"10.1.0.1","phase":"Unknown"}""")]
    public void Pod_EndedOrWithoutAddress_IsRemovedAndNoProblem(string status)
    {
        var reading = ReadPod(status, "{}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(reading.Problem, Is.Null);
            Assert.That(reading.ToChange(ResourceKind.Pod), Is.EqualTo(ClusterChange.Remove(ResourceKind.Pod, new ObjectKey("demo", "p"))));
        }
    }

    [Test]
    public void Pod_BeingDeleted_IsRemoved()
    {
        var reading = Read(ResourceKind.Pod, """
            {"metadata":{"name":"p","namespace":"demo","deletionTimestamp":"2026-01-02T03:04:05Z"},"status":{"podIP":"10.1.0.1","phase":"Running"}}
            """);
        Assert.That(reading.ToChange(ResourceKind.Pod).Action, Is.EqualTo(ClusterAction.Remove));
    }

    private static ObjectReading Read(ResourceKind kind, string json) => Read(ObjectReader.Create(kind, new ObjectReaderOptions()), json);

    private static ObjectReading Read(ObjectReader reader, string text)
    {
        var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        return reader.Read(ref json);
    }

    private static ServiceRecord ReadService(string spec) =>
        (ServiceRecord)Read(ResourceKind.Service, $$"""{"metadata":{"name":"web","namespace":"demo"},"spec":{{spec}} }""").Record!;

    private static EndpointsRecord ReadSlice(string fields) => (EndpointsRecord)Read(ResourceKind.EndpointSlice, Slice(fields)).Record!;

    private static string Slice(string fields) => $$"""
        {"metadata":{"name":"db-x","namespace":"demo","labels":{"kubernetes.io/service-name":"db"},
         "annotations":{"endpoints.kubernetes.io/last-change-trigger-time":"2026-01-02T03:04:05Z"} },{{fields}} }
        """;

    private static ObjectReading ReadPod(string status, string spec) =>
        Read(ResourceKind.Pod, $$"""{"metadata":{"name":"p","namespace":"demo"},"spec":{{spec}},"status":{{status}} }""");

    private static NetworkAddress Address(string text) => NetworkAddress.TryParse(text, out var address) ? address : default;

    private static NetworkAddress[] Addresses(params string[] texts) => Array.ConvertAll(texts, Address);

    private static string PortsOf(PackedEndpoints group) => string.Join(' ', group.Ports.ToArray());

    private static IEnumerable<NetworkAddress> AddressesOf(PackedEndpoints group) =>
        Enumerable.Range(0, group.Count).Select(index => NetworkAddress.FromOctets(group.Address(index)));
}
