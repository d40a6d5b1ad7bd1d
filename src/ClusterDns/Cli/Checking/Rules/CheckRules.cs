namespace ClusterDns.Cli.Checking.Rules;

/// <summary>What experience asks for, a rule for each regret; none repeats what a directive checks itself.</summary>
internal static class CheckRules
{
    public static IReadOnlyList<Func<CheckedConfiguration, IEnumerable<Finding>>> All { get; } =
    [
        NeedsKubernetesRule.Find,
        KeyRule.Find,
        ListenerRule.Find,
        PageRule.Find,
        LoopbackPageRule.Find,
        ProbeRule.Find,
        ReachRule.Find,
        ForwardLoopRule.Find,
        ForwardOrderRule.Find,
        CacheRule.Find,
        CacheWordRule.Find,
        AutopathRule.Find,
        FallthroughRule.Find,
        HostsLineRule.Find,
        AclRules.Find,
        RewriteAnswerRule.Find,
        RepeatRule.Find,
        TemplateRules.Find,
        LogRule.Find,
        TransferZoneRule.Find,
        SizeRule.Find,
        ClusterRule.Find,
    ];
}
