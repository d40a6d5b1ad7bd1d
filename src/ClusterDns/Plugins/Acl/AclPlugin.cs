using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Acl;

/// <summary>Lets queries through or turns them away, by client, type and zone.</summary>
internal sealed class AclPlugin(IReadOnlyList<AclRule> rules, AclMetrics metrics) : Plugin
{
    /// <summary>The zone that is no label of <c>allowed</c>.</summary>
    private const string NoZone = "";

    private readonly AclRule[] _rules = [.. rules];

    public override string Name => "acl";

    public override ValueTask<ServeResult> ServeAsync(Query query)
    {
        foreach (var rule in _rules)
        {
            if (rule.ZoneOf(query.Name) is not { } zone)
            {
                continue;
            }

            foreach (var policy in rule.Policies)
            {
                if (policy.Has(query))
                {
                    return new ValueTask<ServeResult>(Apply(policy.Action, query, zone));
                }
            }
        }

        return new ValueTask<ServeResult>(Allow(query));
    }

    private ServeResult Apply(AclAction action, Query query, string zone)
    {
        query.Trace?.Add(new AclStep(action, zone));
        switch (action)
        {
            case AclAction.Block:
                metrics.Blocked.Of(query.ServerLabel, zone).Inc();
                return Answer(query, ResponseCode.Refused, ExtendedErrors.Blocked);
            case AclAction.Filter:
                metrics.Filtered.Of(query.ServerLabel, zone).Inc();
                query.IsByRule = true;
                return Answer(query, ResponseCode.NoError, ExtendedErrors.Filtered);
            case AclAction.Drop:
                metrics.Dropped.Of(query.ServerLabel, zone).Inc();
                return ServeResult.Dropped;
            default:
                return Allow(query);
        }
    }

    private ServeResult Allow(Query query)
    {
        metrics.Allowed.Of(query.ServerLabel, NoZone).Inc();
        return ServeResult.Declined;
    }

    private ServeResult Answer(Query query, ResponseCode code, ReadOnlySpan<byte> extendedError)
    {
        var reply = query.Reply;
        reply.Clear();
        reply.Code = code;
        reply.AddOption(EdnsOption.ExtendedError, extendedError);
        query.AnsweredBy = Name;
        return ServeResult.Answered;
    }
}
