using ClusterDns.Operations;
using ClusterDns.Plugins.Aaaa;
using ClusterDns.Plugins.Any;
using ClusterDns.Plugins.Chaos;
using ClusterDns.Plugins.Hosts;
using ClusterDns.Plugins.Local;
using ClusterDns.Plugins.Template;
using ClusterDns.Plugins.Whoami;
using ClusterDns.Plugins.ZoneFiles;
using ClusterDns.Serving.Tracing;
using ClusterDns.Wire;

namespace ClusterDns.Explaining.Reasons;

/// <summary>What a plugin with one rule, or few, decided.</summary>
internal static class PluginReason
{
    public static Reason Explain(TraceReading reading, RecordType type) => reading.Decider switch
    {
        "" => OfNobody(reading),
        "hosts" when reading.Find<HostsStep>() is { } hosts => OfHosts(hosts),
        "file" when reading.Find<FileStep>() is { } file => FileReason.Explain(file),
        "template" when reading.Find<TemplateStep>() is { } template => OfTemplate(template),
        "local" when reading.Find<LocalStep>() is { } local => OfLocal(local, type, reading.Reply),
        "aaaa" when reading.Find<AaaaStep>() is { } aaaa => OfAaaa(aaaa),
        "any" when reading.Find<AnyStep>() is not null => new Reason(
            "any answers questions for every type with one HINFO record, whatever there is (RFC 8482)",
            "Ask for the type that is wanted, as A or SRV.",
            Nearness.Denied),
        "chaos" when reading.Find<ChaosStep>() is { IsAnswered: true } => new Reason("chaos tells of the server itself"),
        "whoami" when reading.Find<WhoamiStep>() is { } whoami => new Reason(
            $"whoami has no names: it tells every client who it is, here {whoami.Client}, in the additional section",
            "Take whoami out of the block, or put a plugin there that has the name, as `forward . /etc/resolv.conf`.",
            Nearness.Denied),
        var plugin => new Reason(
            $"{plugin} decided" + (reading.Reply?.Error is { } error ? $": {PrintableText.Escape(error)}" : ""),
            "",
            Nearness.Denied),
    };

    private static Reason OfNobody(TraceReading reading) => reading.IsLeftToNobody
        ? new Reason(
            "every plugin of the block declined, and none is left",
            "Add a plugin that answers to the block, as `forward . /etc/resolv.conf`.",
            Nearness.Denied)
        : new Reason("the server failed, as its log says", "See the server's log.", Nearness.Blocked);

    private static Reason OfHosts(HostsStep hosts) => hosts.IsFound
        ? new Reason($"hosts has the name, from {hosts.File} or the Corefile", "", Nearness.ObjectFound)
        : new Reason(
            $"hosts has no such name in {hosts.File} or the Corefile, and no fallthrough",
            $"Add the name to {hosts.File}, or write `fallthrough` into the hosts block.",
            Nearness.Denied);

    private static Reason OfTemplate(TemplateStep template) => template.IsMatched
        ? new Reason($"a template for `{template.Zone}` makes the answer", "", Nearness.Denied)
        : new Reason(
            $"no pattern of the template for `{template.Zone}` matches, and it has no fallthrough",
            "Write `fallthrough` into the template block, or a pattern that matches.",
            Nearness.Denied);

    private static Reason OfLocal(LocalStep local, RecordType type, ReplyStep? reply)
    {
        var isThere = reply is null or { HasType: true };
        if (local.Zone is { LabelCount: > 1 } zone)
        {
            return isThere
                ? new Reason($"local answers `{zone}` itself: its addresses are every machine's own", "", Nearness.ObjectFound)
                : new Reason(
                    $"local answers `{zone}` itself, and only the PTR of 127.0.0.1 is there",
                    "Nothing is wrong: addresses that are every machine's own have no names elsewhere.",
                    Nearness.Denied);
        }

        var text = local.Zone is null
            ? "local takes a name that begins with `localhost` for a search list's, and answers with the client's own machine"
            : "local answers `localhost` itself, with the client's own machine";
        return isThere
            ? new Reason(text, "", Nearness.ObjectFound)
            : new Reason(
                $"{text}, which has no {Mnemonic.Of(type)} record",
                local.Zone is null
                    ? "If the name is another machine's, write `localhost_prefix off` into the local block."
                    : "Ask for A or AAAA.",
                Nearness.ObjectFound);
    }

    private static Reason OfAaaa(AaaaStep aaaa) => aaaa.Mode == AaaaMode.Auto
        ? new Reason(
            "nobody was asked for an IPv6 address, because with `aaaa auto` the server or something of the cluster has to have one",
            "Nothing is wrong if A has an answer; with IPv6 that the server cannot see, write `aaaa always`.",
            Nearness.Denied)
        : new Reason(
            "nobody was asked for an IPv6 address, as `aaaa never` says",
            "Nothing is wrong if A has an answer; else take the line `aaaa never` out.",
            Nearness.Denied);
}
