namespace ClusterDns.Testing.Faults;

/// <summary>The objects of a fault's run, as JSON.</summary>
internal static class FaultyObjects
{
    public const string Namespace = $$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{FaultNames.Space}}"} }""";

    public static string SliceName(string service) => $"{service}-of-faults";

    public static string Service(string name) => $$"""
        {"apiVersion":"v1","kind":"Service","metadata":{"name":"{{name}}","namespace":"{{FaultNames.Space}}"},"spec":{"clusterIP":"None","ports":[{"name":"http","port":80}]} }
        """;

    public static string Slice(string service, string address) => $$"""
        {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"{{SliceName(service)}}","namespace":"{{FaultNames.Space}}","labels":{"kubernetes.io/service-name":"{{service}}"} },"addressType":"IPv4","endpoints":[{"addresses":["{{address}}"],"conditions":{"ready":true} }],"ports":[{"name":"http","protocol":"TCP","port":80}]}
        """;
}
