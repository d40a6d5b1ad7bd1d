using System.Globalization;
using System.Text;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Wire;

namespace ClusterDns.Explaining.Reasons;

/// <summary>A Service, its endpoints and its ports in words.</summary>
internal static class ServiceWords
{
    /// <summary>Octets as text; labels are ASCII, and whatever they are they do no harm on a terminal.</summary>
    public static string Text(ReadOnlySpan<byte> label) => Operations.PrintableText.Escape(Encoding.UTF8.GetString(label));

    /// <summary><c>service `web` of namespace `prod`</c></summary>
    public static string Named(ServiceEntry service) =>
        $"service `{Text(service.Label)}` of namespace `{Text(service.Namespace.Label)}`";

    public static ExplainedObject ObjectOf(ServiceEntry service) =>
        new("Service", Text(service.Namespace.Label), Text(service.Label), service.ResourceVersion);

    /// <summary><c>3 endpoints, 0 ready</c></summary>
    public static string Endpoints(ServiceEntry service)
    {
        var all = service.ReadyCount + service.NotReadyCount;
        return all == 0 ? "no endpoints"
            : string.Create(CultureInfo.InvariantCulture, $"{Count(all, "endpoint")}, {service.ReadyCount} ready");
    }

    /// <summary><c>1 timeout</c>, <c>2 timeouts</c></summary>
    public static string Count(int number, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");

    /// <summary><c>its ports: `http` (tcp 80), 9090 (tcp, without a name)</c>; of a headless Service those of its endpoints.</summary>
    public static string Ports(ServiceEntry service)
    {
        var ports = new List<string>();
        if (service.Kind == ServiceKind.Headless)
        {
            foreach (var group in service.Endpoints)
            {
                Add(ports, group.Ports);
            }
        }
        else
        {
            Add(ports, service.Ports);
        }

        return ports.Count == 0 ? "it has no ports" : $"its ports: {List(ports)}";
    }

    /// <summary>The labels under which endpoints of the Service can be asked for.</summary>
    public static IReadOnlyList<string> EndpointLabels(ServiceEntry service)
    {
        var labels = new List<string>();
        Span<byte> label = stackalloc byte[WireName.MaxLabelLength];
        foreach (var group in service.Endpoints)
        {
            for (var i = 0; i < group.Count && labels.Count < ExplainLimits.MostCompared; i++)
            {
                labels.Add(Text(label[..EndpointName.Write(group, i, label)]));
            }
        }

        return labels;
    }

    /// <summary>The first few, and how many more there are.</summary>
    public static string List(IReadOnlyCollection<string> items)
    {
        var distinct = items.Distinct().ToList();
        var more = distinct.Count - ExplainLimits.MostShown;
        return string.Join(", ", distinct.Take(ExplainLimits.MostShown))
            + (more > 0 ? string.Create(CultureInfo.InvariantCulture, $" and {more} more") : "");
    }

    private static void Add(List<string> ports, ReadOnlySpan<ServicePort> added)
    {
        foreach (ref readonly var port in added)
        {
            var protocol = Text(port.Protocol);
            var number = port.Number == PortRecord.None ? "" : string.Create(CultureInfo.InvariantCulture, $" {port.Number}");
            ports.Add(port.Name.IsEmpty ? $"{protocol}{number} without a name" : $"`{Text(port.Name)}` ({protocol}{number})");
        }
    }
}
