using System.Globalization;
using ClusterDns.Plugins.Acl;
using ClusterDns.Plugins.Cache;
using ClusterDns.Plugins.K8sExternal;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Wire;

namespace ClusterDns.Explaining.Reasons;

/// <summary>The one place where what was decided becomes a sentence.</summary>
internal static class ReasonText
{
    /// <param name="reading">The trace.</param>
    /// <param name="type">The type asked for.</param>
    public static Reason Explain(TraceReading reading, RecordType type) => reading.Block is null or { Zone: null }
        ? NoBlock(reading)
        : Remarks.Add(CancelReason.Explain(reading) ?? Dns64Reason.Explain(reading, type) ?? OfChain(reading, type), reading);

    private static Reason NoBlock(TraceReading reading) => reading.Block is null
        ? new Reason("the server did not take the question", Nearness: Nearness.Blocked)
        : ViewReason.Describe(reading) is { } views
        ? new Reason(
            $"no server block of {reading.Block.Listener} takes the question: {views}",
            "Add a server block for the zone without a view, for the clients and names that the views leave.",
            Nearness.Denied)
        : new Reason(
            $"no server block of {reading.Block.Listener} has a zone for this name",
            "Add a server block for the name's zone, or one for `.` that forwards the rest.",
            Nearness.Denied);

    private static Reason OfChain(TraceReading reading, RecordType type)
    {
        var reason = OfPlugin(reading, type);
        return reading.Questions.Count == 0 ? reason : reason with { Text = $"{Describe(reading)}{reason.Text}" };
    }

    private static Reason OfPlugin(TraceReading reading, RecordType type)
    {
        if (reading.Find<AclStep>() is { Action: not AclAction.Allow } acl)
        {
            return new Reason(
                $"a rule of acl for zone `{acl.Zone}` says {acl.Action.ToString().ToLowerInvariant()} to this client",
                "Change the rule of acl, or ask from a network that it lets through.",
                Nearness.Blocked);
        }

        if (reading.Find<CacheStep>() is { } cache)
        {
            return OfCache(cache);
        }

        var external = ExternalReason.Explain(reading, type);
        if (external is not null && reading.Find<ExternalStep>() is { FallsThrough: false })
        {
            return external;
        }

        var cluster = ClusterReason.Explain(reading, type);
        var isLast = cluster is not null && reading.Find<ClusterStep>() is { FallsThrough: false };
        var rest = isLast ? cluster! : Then(cluster, ForwardReason.Explain(reading) ?? PluginReason.Explain(reading, type));
        return Then(external, rest);
    }

    /// <summary>What a plugin did not have, and what one behind it made of that.</summary>
    private static Reason Then(Reason? missing, Reason rest) => missing is null ? rest : rest with
    {
        Text = $"{missing.Text}; falls through: {rest.Text}",
        Advice = missing.Nearness > rest.Nearness ? missing.Advice : rest.Advice,
        Nearness = Math.Max(missing.Nearness, rest.Nearness),
    };

    private static Reason OfCache(CacheStep cache)
    {
        var isGood = cache.Code == ResponseCode.NoError;
        return new Reason(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Mnemonic.Of(cache.Code)} out of the cache, kept {cache.Age.TotalSeconds:0} s ago, {(cache.IsStale ? "stale by now" : $"for {cache.Remaining.TotalSeconds:0} s more")}"),
            isGood ? "" : "Ask again when the cache has let it go, or ask the upstream itself.",
            Nearness.Denied);
    }

    // What went on in the question's place: the rewritten one, or where autopath walked the list.
    private static string Describe(TraceReading reading) => reading.Questions[0].Plugin == "autopath"
        ? $"autopath walked the list ({ServiceWords.Count(reading.Questions.Count, "more name")}): "
        : $"{reading.Questions[^1].Plugin} made it `{reading.Questions[^1].Name}` {Mnemonic.Of(reading.Questions[^1].Type)}: ";
}
