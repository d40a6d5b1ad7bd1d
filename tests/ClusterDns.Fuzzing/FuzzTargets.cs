using ClusterDns.Fuzzing.Targets;

namespace ClusterDns.Fuzzing;

/// <summary>Every target, by name.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyDictionary<string, Func<FuzzTarget>> All { get; } = new SortedDictionary<string, Func<FuzzTarget>>
    {
        ["query"] = () => new QueryTarget(),
        ["reply"] = () => new ReplyTarget(),
        ["corefile"] = () => new CorefileTarget(),
        ["manifest"] = () => new ManifestTarget(),
        ["list"] = () => new ListTarget(),
        ["watch"] = () => new WatchTarget(),
        ["snapshot"] = () => new SnapshotTarget(),
        ["template"] = () => new TemplateTarget(),
        ["rewrite"] = () => new RewriteTarget(),
        ["zone"] = () => new ZoneTarget(),
    };
}
