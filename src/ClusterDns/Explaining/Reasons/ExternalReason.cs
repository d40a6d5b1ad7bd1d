using System.Globalization;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Plugins.K8sExternal;
using ClusterDns.Wire;

namespace ClusterDns.Explaining.Reasons;

/// <summary>What <c>k8s_external</c> found, or did not.</summary>
internal static class ExternalReason
{
    /// <summary>Null where the plugin was not asked, or the name is in none of its zones.</summary>
    public static Reason? Explain(TraceReading reading, RecordType type)
    {
        if (reading.Find<ExternalStep>() is not { } end)
        {
            return null;
        }

        if (end is { Miss: not ExternalMiss.None, IsClusterKnown: false })
        {
            return ClusterReason.Unread;
        }

        var reason = Describe(reading, end, type);
        return end.IsStale ? reason with { Text = $"{reason.Text}{ClusterReason.FromSnapshot}" } : reason;
    }

    private static Reason Describe(TraceReading reading, ExternalStep end, RecordType type)
    {
        if (reading.Find<ExternalPointerStep>() is { } pointer)
        {
            return OfPointer(end, pointer);
        }

        if (end.Miss == ExternalMiss.BelowApex)
        {
            return new Reason(
                $"names below `{end.Options.Apex}` in front of `{end.Zone}` are kept for the zone's name server, `ns1`",
                $"If a namespace is called {end.Options.Apex.ToString().TrimEnd('.')}, write another `apex` into the k8s_external block.",
                Nearness.Chance);
        }

        if (reading.Find<ExternalNameStep>() is not { } name)
        {
            return new Reason(
                end.Answers > 0 ? "the zone's own record" : $"the name is the zone's own, and has no {Mnemonic.Of(type)} record",
                end.Answers > 0 ? "" : $"Ask for a Service: `SERVICE.NAMESPACE.{end.Zone}`.",
                Nearness.Empty);
        }

        return end.Miss != ExternalMiss.None ? MissingExternal.Explain(name, end)
            : name.Service is not { } service
                ? new Reason(
                    $"namespace `{name.Namespace}` exists, and a namespace has no records of its own",
                    $"Ask for a Service of it: `SERVICE.{name.Namespace}.{end.Zone}`.",
                    Nearness.Empty)
                { Object = new ExplainedObject("Namespace", null, name.Namespace) }
            : OfService(reading, name, service, end, type) with
            {
                Nearness = Nearness.ObjectFound,
                Object = ServiceWords.ObjectOf(service),
            };
    }

    private static Reason OfPointer(ExternalStep end, ExternalPointerStep pointer) => end.Miss == ExternalMiss.None
        ? new Reason($"{pointer.Address} is an address by which {ServiceWords.Count(end.Answers, "service")} can be reached from outside")
        : new Reason(
            $"no service that is served is reached from outside by the address {pointer.Address}",
            "Only `externalIPs` and the addresses of load balancers lead back to a name; cluster addresses are for the kubernetes plugin.",
            Nearness.NamespaceFound);

    private static Reason OfService(
        TraceReading reading, ExternalNameStep name, ServiceEntry service, ExternalStep end, RecordType type)
    {
        if (name.Kind == ExternalTarget.Endpoints)
        {
            var text = $"{ServiceWords.Named(service)} has {ServiceWords.Endpoints(service)}, which `headless` shows outside";
            return end.Answers > 0 ? new Reason(text) : new Reason($"{text}, {WhyNoData(service, type)}", FoundName.AdviceFor(type));
        }

        var reached = $"{ServiceWords.Named(service)} is reached from outside by {Ways(service)}";
        var lookup = reading.Lookups.FirstOrDefault(lookup => lookup.Question.Type == type && IsHostname(service, lookup.Question.Name));
        return end.Answers == 0 ? new Reason($"{reached}, {WhyNoData(service, type)}", AdviceFor(type))
            : lookup is null ? new Reason(reached)
            : OfHostname(reached, lookup);
    }

    // A host name is a CNAME to somebody else's addresses.
    private static Reason OfHostname(string reached, LookupReading lookup)
    {
        var code = lookup.End?.Code is { } known ? Mnemonic.Of(known) : "nobody could be asked for that";
        return lookup.End is { Answers: > 0 }
            ? new Reason($"{reached}: {code}")
            : new Reason(
                $"{reached}: {code} ({ReasonText.Explain(lookup.Reading, lookup.Question.Type).Text})",
                $"See why `{lookup.Question.Name}` has no address: the Service is right, the name of its load balancer gives none.");
    }

    // 2 addresses and the host name `lb.example.com.`
    private static string Ways(ServiceEntry service)
    {
        var names = new List<string>();
        foreach (var name in service.ExternalHostnames)
        {
            names.Add($"`{name}`");
        }

        var addresses = service.ExternalAddresses.Length;
        var hosts = $"the host name{(names.Count == 1 ? "" : "s")} {ServiceWords.List(names)}";
        return names.Count == 0 ? Addresses(addresses) : addresses == 0 ? hosts : $"{Addresses(addresses)} and {hosts}";
    }

    private static string Addresses(int number) => number == 1 ? "1 address" : string.Create(CultureInfo.InvariantCulture, $"{number} addresses");

    private static bool IsHostname(ServiceEntry service, string name)
    {
        foreach (var candidate in service.ExternalHostnames)
        {
            if (candidate.ToString() == name)
            {
                return true;
            }
        }

        return false;
    }

    private static string WhyNoData(ServiceEntry service, RecordType type) => type switch
    {
        RecordType.A => "and none is IPv4",
        RecordType.AAAA => "and none is IPv6",
        RecordType.SRV => $"and no port that is asked for has a number; {ServiceWords.Ports(service)}",
        _ => $"and has no {Mnemonic.Of(type)} record",
    };

    private static string AdviceFor(RecordType type) => type switch
    {
        RecordType.A or RecordType.AAAA => "Nothing is wrong if the other family has an answer; else give the load balancer an address of this one.",
        RecordType.SRV => "Give the ports of the Service numbers.",
        _ => "Ask for A, AAAA or SRV.",
    };
}
