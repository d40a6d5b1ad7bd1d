using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;

namespace ClusterDns.Tests.Kubernetes.Zone;

/// <summary>Cluster objects from short notations: <c>shop/web</c>, <c>http/tcp/80</c>, <c>10.0.0.1=web-0</c>.</summary>
internal static class TestObjects
{
    public static NetworkAddress Address(string text) =>
        NetworkAddress.TryParse(text, out var address) ? address : throw new FormatException(text);

    public static ObjectKey Key(string text)
    {
        var parts = text.Split('/');
        return new ObjectKey(parts[0], parts[1]);
    }

    /// <param name="text">Name, protocol and number; the name may be empty.</param>
    public static PortRecord Port(string text)
    {
        var parts = text.Split('/');
        return new PortRecord(parts[0], parts[1], int.Parse(parts[2]));
    }

    /// <param name="endpoints">Addresses of one family, each with or without <c>=hostname</c>, between blanks.</param>
    /// <param name="ports">Ports between blanks.</param>
    /// <param name="notReady">Endpoints that are not ready.</param>
    public static PackedEndpoints Group(string endpoints, string ports = "http/tcp/8080", int notReady = 0)
    {
        var builder = new PackedEndpoints.Builder(isIPv4: !endpoints.Contains(':'))
        {
            Ports = Split(ports).Select(Port).ToArray(),
            NotReadyCount = notReady,
        };
        foreach (var endpoint in Split(endpoints))
        {
            var parts = endpoint.Split('=');
            builder.TryAdd(Address(parts[0]), parts.Length > 1 ? parts[1] : null, null);
        }

        return builder.Build();
    }

    public static ClusterChange Namespace(string name) => ClusterChange.Put(new NamespaceRecord(name));

    /// <param name="key">Namespace and name.</param>
    /// <param name="addresses">Cluster addresses between blanks; none makes the Service headless.</param>
    /// <param name="ports">Ports between blanks.</param>
    public static ClusterChange Service(string key, string addresses, string ports = "http/tcp/80") =>
        ClusterChange.Put(new ServiceRecord
        {
            Key = Key(key),
            Kind = addresses.Length == 0 ? ServiceKind.Headless : ServiceKind.ClusterIP,
            ClusterAddresses = Split(addresses).Select(Address).ToArray(),
            Ports = Split(ports).Select(Port).ToArray(),
        });

    public static ClusterChange ExternalName(string key, string? target) =>
        ClusterChange.Put(new ServiceRecord { Key = Key(key), Kind = ServiceKind.ExternalName, ExternalName = target });

    public static ClusterChange Slice(string key, string service, params PackedEndpoints[] groups) =>
        ClusterChange.Put(ResourceKind.EndpointSlice, new EndpointsRecord(Key(key), service, groups));

    /// <summary>A legacy Endpoints object: it has its Service's name.</summary>
    public static ClusterChange Endpoints(string key, params PackedEndpoints[] groups) =>
        ClusterChange.Put(ResourceKind.Endpoints, new EndpointsRecord(Key(key), Key(key).Name, groups));

    public static ClusterChange Pod(string key, string address) =>
        ClusterChange.Put(new PodRecord(Key(key), Address(address), null, IsHostNetwork: false));

    public static ClusterChange Remove(ResourceKind kind, string key) => ClusterChange.Remove(kind, Key(key));

    /// <summary>The same object at a resourceVersion.</summary>
    public static ClusterChange At(this in ClusterChange change, ulong version) => change with
    {
        Record = change.Record switch
        {
            NamespaceRecord parent => parent with { ResourceVersion = version },
            ServiceRecord service => service with { ResourceVersion = version },
            EndpointsRecord endpoints => endpoints with { ResourceVersion = version },
            _ => throw new ArgumentException($"{change.Kind} has none", nameof(change)),
        },
    };

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
