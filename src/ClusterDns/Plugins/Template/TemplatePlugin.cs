using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Plugins.Template.GoTemplates;
using ClusterDns.Records;
using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Template;

/// <summary>Answers with records whose text is made from the query.</summary>
internal sealed class TemplatePlugin(IReadOnlyList<TemplateRule> rules, ServerLookup server, TemplateMetrics metrics) : Plugin
{
    /// <summary>
    /// CNAMEs that are followed for one query of a client. For a lookup of our own only one is: a rule that answers with
    /// several names of its own zone would multiply itself.
    /// </summary>
    private const int MaxFollowed = 8;

    private static readonly IReadOnlyList<string> NoGroups = [""];

    private readonly TemplateRule[] _rules = [.. rules];
    private readonly OutsideLookup _outside = new(server);

    public override string Name => "template";

    public override ValueTask<ServeResult> ServeAsync(Query query)
    {
        string? name = null;
        foreach (var rule in _rules)
        {
            if (rule.Zones.Find(query.Name) is not { } zone || !rule.IsFor(query.Class, query.Type))
            {
                continue;
            }

            // Only now is there work to do: a query that is not for any rule costs nothing.
            name ??= WireName.ToText(query.Name.Wire);
            var match = Match(rule, zone, name, query);
            query.Trace?.Add(new TemplateStep(zone, match is not null));
            if (match is { } data)
            {
                return ServeAsync(query, rule, zone, data);
            }

            if (rule.Fallthrough.Find(query.Name) is null)
            {
                return new ValueTask<ServeResult>(ServeResult.Failed(ResponseCode.ServerFailure));
            }
        }

        return new ValueTask<ServeResult>(ServeResult.Declined);
    }

    // A query for ANY is answered as if for what the rule is for.
    private static TemplateData? Match(TemplateRule rule, DnsName zone, string name, Query query)
    {
        var recordClass = query.Class == RecordClass.ANY ? rule.Class : query.Class;
        var type = query.Type == RecordType.ANY ? rule.Type : query.Type;
        if (rule.Patterns.Count == 0)
        {
            return new TemplateData(query, zone, name, recordClass, type, [name], NoGroups);
        }

        foreach (var pattern in rule.Patterns)
        {
            if (pattern.Match(name) is { } match)
            {
                return new TemplateData(query, zone, name, recordClass, type, match, pattern.GroupNames);
            }
        }

        return null;
    }

    private ValueTask<ServeResult> ServeAsync(Query query, TemplateRule rule, DnsName zone, TemplateData data)
    {
        metrics.CountMatch(query.ServerLabel, zone, query.Class, query.Type);
        if (rule.Code == ResponseCode.ServerFailure)
        {
            return new ValueTask<ServeResult>(ServeResult.Failed(rule.Code));
        }

        var records = new List<(Section Section, WireRecord Record)>();
        foreach (var template in rule.Records)
        {
            var outcome = template.Render(data, out var record, out var error);
            if (outcome != RenderOutcome.Good)
            {
                metrics.CountFailure(outcome, query.ServerLabel, zone, query.Class, query.Type, template);
                return new ValueTask<ServeResult>(query.Fail(ResponseCode.ServerFailure, $"template: {error}"));
            }

            if (record is not null)
            {
                records.Add((template.Section, record));
            }
        }

        query.Reply.IsAuthoritative = true;
        query.Reply.Code = rule.Code;
        query.AnsweredBy = Name;
        if (!rule.ExtendedError.IsEmpty)
        {
            query.Reply.AddOption(EdnsOption.ExtendedError, rule.ExtendedError.Span);
        }

        return records.Exists(record => IsFollowed(query, record.Section, record.Record))
            ? FollowAsync(query, records)
            : new ValueTask<ServeResult>(Write(query, records));
    }

    private static bool IsFollowed(Query query, Section section, WireRecord record) =>
        section == Section.Answer && record.Type == RecordType.CNAME && query.Type is (RecordType.A or RecordType.AAAA);

    private static ServeResult Write(Query query, List<(Section Section, WireRecord Record)> records)
    {
        foreach (var (section, record) in records)
        {
            Add(query, section, record);
        }

        return ServeResult.Answered;
    }

    private async ValueTask<ServeResult> FollowAsync(Query query, List<(Section Section, WireRecord Record)> records)
    {
        var left = query.Depth == 0 ? MaxFollowed : 1;
        foreach (var (section, record) in records)
        {
            Add(query, section, record);
            if (IsFollowed(query, section, record) && left-- > 0)
            {
                // Whatever comes of it, the CNAME itself is an answer.
                await _outside.TryAddAnswersAsync(query, record.Data).ConfigureAwait(false);
            }
        }

        return ServeResult.Answered;
    }

    private static void Add(Query query, Section section, WireRecord record)
    {
        // A name is spelt as it was asked.
        var owner = record.Owner.Span;
        query.Reply.AddRaw(
            section,
            WireName.EqualsIgnoreCase(owner, query.NameAsSent) ? NameParts.Question : NameParts.Whole(owner),
            record.Type,
            record.Class,
            record.TimeToLive,
            record.Data.Span);
    }
}
