using System.Globalization;
using ClusterDns.Plugins.Acl;
using ClusterDns.Plugins.Cache;
using ClusterDns.Plugins.Hosts;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Plugins.Template;
using ClusterDns.Plugins.ZoneFiles;
using ClusterDns.Wire;

namespace ClusterDns.Explaining.Reasons;

/// <summary>The one place where what was decided becomes a sentence.</summary>
internal static class ReasonText
{
    /// <param name="reading">The trace.</param>
    /// <param name="type">The type asked for.</param>
    public static Reason Explain(TraceReading reading, RecordType type)
    {
        var reason = reading.Block is null or { Zone: null } ? NoBlock(reading) : OfPlugin(reading, type);
        return reading.Questions.Count == 0 ? reason : reason with { Text = $"{Describe(reading)}{reason.Text}" };
    }

    private static Reason NoBlock(TraceReading reading) => reading.Block is null
        ? new Reason("the server did not take the question", Nearness: Nearness.Blocked)
        : new Reason(
            $"no server block of {reading.Block.Listener} has a zone for this name",
            "Add a server block for the name's zone, or one for `.` that forwards the rest.",
            Nearness.Denied);

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

        var cluster = ClusterReason.Explain(reading, type);
        if (cluster is not null && reading.Find<ClusterStep>() is { FallsThrough: false })
        {
            return cluster;
        }

        var rest = ForwardReason.Explain(reading) ?? OfOthers(reading);
        return cluster is null ? rest
            : rest with
            {
                Text = $"{cluster.Text}; falls through: {rest.Text}",
                Advice = cluster.Nearness > rest.Nearness ? cluster.Advice : rest.Advice,
                Nearness = Math.Max(cluster.Nearness, rest.Nearness),
            };
    }

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

    private static Reason OfOthers(TraceReading reading)
    {
        var plugin = reading.Decider;
        return plugin switch
        {
            "" => reading.IsLeftToNobody
                ? new Reason(
                    "every plugin of the block declined, and none is left",
                    "Add a plugin that answers to the block, as `forward . /etc/resolv.conf`.",
                    Nearness.Denied)
                : new Reason("the server failed, as its log says", "See the server's log.", Nearness.Blocked),
            "hosts" when reading.Find<HostsStep>() is { } hosts => hosts.IsFound
                ? new Reason($"hosts has the name, from {hosts.File} or the Corefile", "", Nearness.ObjectFound)
                : new Reason(
                    $"hosts has no such name in {hosts.File} or the Corefile, and no fallthrough",
                    $"Add the name to {hosts.File}, or write `fallthrough` into the hosts block.",
                    Nearness.Denied),
            "file" when reading.Find<FileStep>() is { } file => FileReason.Explain(file),
            "template" when reading.Find<TemplateStep>() is { } template => template.IsMatched
                ? new Reason($"a template for `{template.Zone}` makes the answer", "", Nearness.Denied)
                : new Reason(
                    $"no pattern of the template for `{template.Zone}` matches, and it has no fallthrough",
                    "Write `fallthrough` into the template block, or a pattern that matches.",
                    Nearness.Denied),
            _ => new Reason(
                $"{plugin} decided" + (reading.Reply?.Error is { } error ? $": {Operations.PrintableText.Escape(error)}" : ""),
                "",
                Nearness.Denied),
        };
    }

    // What went on in the question's place: the rewritten one, or where autopath walked the list.
    private static string Describe(TraceReading reading) => reading.Questions[0].Plugin == "autopath"
        ? $"autopath walked the list ({ServiceWords.Count(reading.Questions.Count, "more name")}): "
        : $"{reading.Questions[^1].Plugin} made it `{reading.Questions[^1].Name}` {Mnemonic.Of(reading.Questions[^1].Type)}: ";
}
