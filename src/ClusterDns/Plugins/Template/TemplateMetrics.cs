using System.Collections.Concurrent;
using ClusterDns.Wire;
using Prometheus;

namespace ClusterDns.Plugins.Template;

/// <summary>Queries that templates answered, and those that they could not.</summary>
internal sealed class TemplateMetrics
{
    private readonly string _view;
    private readonly Counter _matches;
    private readonly Counter _templateFailures;
    private readonly Counter _recordFailures;
    private readonly ConcurrentDictionary<(string Server, DnsName Zone, RecordClass Class, RecordType Type), Counter.Child> _children = new();

    /// <param name="registry">The server's.</param>
    /// <param name="view">The name of the block's view; empty without one.</param>
    public TemplateMetrics(CollectorRegistry registry, string view)
    {
        _view = view;
        var factory = Metrics.WithCustomRegistry(registry);
        string[] labels = ["server", "zone", "view", "class", "type"];
        _matches = factory.CreateCounter("coredns_template_matches_total", "Queries that a template matched.", labels);
        labels = [.. labels, "section", "template"];
        _templateFailures = factory.CreateCounter(
            "coredns_template_template_failures_total", "Templates that failed for a query.", labels);
        _recordFailures = factory.CreateCounter(
            "coredns_template_rr_failures_total", "Templates that wrote no record for a query.", labels);
    }

    // Types without a name have an empty label, so a client cannot fill the registry.
    public void CountMatch(string server, DnsName zone, RecordClass recordClass, RecordType type) => _children
        .GetOrAdd(
            (server, zone, KnownOrNone(recordClass), KnownOrNone(type)),
            static (key, metrics) => metrics._matches.WithLabels(
                key.Server, key.Zone.ToString(), metrics._view, LabelOf(key.Class), LabelOf(key.Type)),
            this)
        .Inc();

    public void CountFailure(
        RenderOutcome outcome, string server, DnsName zone, RecordClass recordClass, RecordType type, RecordTemplate template)
    {
        var failures = outcome == RenderOutcome.TemplateFailed ? _templateFailures : _recordFailures;
        failures
            .WithLabels(
                server,
                zone.ToString(),
                _view,
                LabelOf(KnownOrNone(recordClass)),
                LabelOf(KnownOrNone(type)),
                LabelOf(template.Section),
                template.Text)
            .Inc();
    }

    private static RecordType KnownOrNone(RecordType type) => Enum.IsDefined(type) ? type : RecordType.None;

    private static RecordClass KnownOrNone(RecordClass recordClass) => Enum.IsDefined(recordClass) ? recordClass : 0;

    private static string LabelOf(RecordType type) => type == RecordType.None ? "" : Mnemonic.Of(type);

    private static string LabelOf(RecordClass recordClass) => recordClass == 0 ? "" : Mnemonic.Of(recordClass);

    private static string LabelOf(Section section) => section switch
    {
        Section.Answer => "answer",
        Section.Authority => "authority",
        _ => "additional",
    };
}
