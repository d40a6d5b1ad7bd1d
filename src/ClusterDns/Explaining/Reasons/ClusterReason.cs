using ClusterDns.Operations;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Wire;

namespace ClusterDns.Explaining.Reasons;

/// <summary>What the <c>kubernetes</c> plugin found, or did not.</summary>
internal static class ClusterReason
{
    /// <summary>Behind a reason that an old state of the cluster gives.</summary>
    public const string FromSnapshot = " (from a snapshot: the API server has not been heard yet)";

    /// <summary>A name that is missing from a cluster that nobody knows.</summary>
    public static Reason Unread { get; } = new(
        "the cluster has not been read yet, so nobody can say whether there is such a name",
        "See whether the API server can be reached, and what the server's log says of it.",
        Nearness.Blocked);

    /// <summary>Null where the plugin was not asked, or the name is in none of its zones.</summary>
    public static Reason? Explain(TraceReading reading, RecordType type)
    {
        if (reading.Find<ClusterStep>() is not { } conclusion)
        {
            return null;
        }

        if (conclusion is { Outcome: AnswerOutcome.NameError, IsClusterKnown: false })
        {
            return Unread;
        }

        var reason = Describe(reading, conclusion, type);
        reason = reason with { Endpoints = EndpointsOf(reading.Find<NameStep>(), reason.Object) };
        return conclusion.IsStale
            ? reason with { Text = $"{reason.Text}{FromSnapshot}" }
            : reason;
    }

    private static Reason Describe(TraceReading reading, ClusterStep conclusion, RecordType type)
    {
        var isAnswered = conclusion.Outcome == AnswerOutcome.Answered;
        if (reading.Find<PointerStep>() is { } pointer)
        {
            return OfPointer(pointer);
        }

        if (reading.Find<NameStep>() is not { } name)
        {
            return new Reason(
                isAnswered ? "the cluster zone's own record" : $"the name has no {Mnemonic.Of(type)} record",
                Nearness: Nearness.Empty);
        }

        if (reading.Find<AliasStep>() is { } alias)
        {
            return AliasReason.Explain(reading, name, alias, isAnswered);
        }

        // Types that know fewer names than others deny one that was found.
        return conclusion.Outcome == AnswerOutcome.NameError && name.Reason == NameReason.None
            ? new Reason($"for {Mnemonic.Of(type)}, the name only exists because of others below it", Nearness: Nearness.Empty)
            : name.Reason == NameReason.None ? FoundName.Explain(name, type, isAnswered)
            : MissingName.Explain(name);
    }

    // What comes from files has no version that anything could be compared with, and needs no naming.
    private static IReadOnlyList<ExplainedObject> EndpointsOf(NameStep? step, ExplainedObject? found) =>
        step?.Service is not { } service || found is null ? []
        : [
            .. step.Cluster.FindEndpointObjects(service)
                .Where(item => item.ResourceVersion != 0)
                .OrderBy(item => item.Name, StringComparer.Ordinal)
                .Select(item => new ExplainedObject(item.Kind.ToString(), found.Namespace, PrintableText.Escape(item.Name), item.ResourceVersion)),
        ];

    private static Reason OfPointer(PointerStep pointer) => pointer.Answers > 0
        ? new Reason($"{pointer.Address} is an address of {(pointer.Answers == 1 ? "one name" : ServiceWords.Count(pointer.Answers, "name"))} of the cluster")
        : new Reason(
            $"no service and no ready endpoint of the cluster has the address {pointer.Address}",
            "Only cluster addresses and ready endpoints of Services lead back to a name; the address of a pod without a Service does not.",
            Nearness.NamespaceFound);
}
