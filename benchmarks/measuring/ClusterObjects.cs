namespace ClusterDns.Measuring;

/// <summary>The objects of a <see cref="ClusterShape"/> as Kubernetes' JSON, one line each.</summary>
internal sealed class ClusterObjects(ClusterShape shape)
{
    private const int PodsPerNode = 30;

    public IEnumerable<string> Namespaces() =>
        Enumerable.Range(0, shape.Namespaces).Select(number =>
            $$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{ClusterShape.Namespace(number)}}"} }""");

    public IEnumerable<string> Services() => Enumerable.Range(0, shape.Services).Select(service => Service(service));

    public IEnumerable<string> Slices() => Enumerable.Range(0, shape.Services).Select(service => Slice(service));

    /// <param name="service">Its number.</param>
    /// <param name="turn">Another turn gives another cluster address.</param>
    public string Service(int service, int turn = 0)
    {
        var address = shape.IsHeadless(service) ? "None" : ClusterShape.AddressOf(service, turn);
        return $$"""{"apiVersion":"v1","kind":"Service","metadata":{{Metadata(service, "")}},"spec":{"type":"ClusterIP","clusterIP":"{{address}}","clusterIPs":["{{address}}"],"ipFamilies":["IPv4"],"selector":{"app":"{{ClusterShape.NameOf(service)}}"},"ports":[{"name":"http","protocol":"TCP","port":80,"targetPort":8080}]},"status":{"loadBalancer":{} } }""";
    }

    /// <param name="service">Its number.</param>
    /// <param name="missing">So many of its last endpoints are left out.</param>
    public string Slice(int service, int missing = 0)
    {
        var endpoints = Enumerable.Range(0, shape.EndpointsOf(service) - missing).Select(endpoint =>
            $$"""{"addresses":["{{shape.EndpointAddress(service, endpoint)}}"],"conditions":{"ready":true,"serving":true,"terminating":false},"nodeName":"node-{{Node(service, endpoint)}}","targetRef":{"kind":"Pod","namespace":"{{ClusterShape.NamespaceOf(service)}}","name":"{{PodName(service, endpoint)}}"} }""");
        var name = ClusterShape.NameOf(service);
        var metadata = Metadata(service, "-8xk2p", $$"""
            ,"labels":{"kubernetes.io/service-name":"{{name}}"}
            """);
        return $$"""{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{{metadata}},"addressType":"IPv4","endpoints":[{{string.Join(',', endpoints)}}],"ports":[{"name":"http","protocol":"TCP","port":8080}]}""";
    }

    /// <summary>One pod for each endpoint.</summary>
    public IEnumerable<string> Pods() =>
        from service in Enumerable.Range(0, shape.Services)
        from endpoint in Enumerable.Range(0, shape.EndpointsOf(service))
        select $$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{PodName(service, endpoint)}}","namespace":"{{ClusterShape.NamespaceOf(service)}}","labels":{"app":"{{ClusterShape.NameOf(service)}}"} },"spec":{"nodeName":"node-{{Node(service, endpoint)}}"},"status":{"phase":"Running","podIP":"{{shape.EndpointAddress(service, endpoint)}}"} }""";

    private static string Metadata(int service, string suffix, string more = "") =>
        $$"""{"name":"{{ClusterShape.NameOf(service)}}{{suffix}}","namespace":"{{ClusterShape.NamespaceOf(service)}}"{{more}} }""";

    private static string PodName(int service, int endpoint) => $"{ClusterShape.NameOf(service)}-6f7d8c9b5-{endpoint:x5}";

    private int Node(int service, int endpoint) => ((service * shape.EndpointsPerService) + endpoint) / PodsPerNode;
}
