namespace ClusterDns.Serving;

/// <summary>
/// A plugin that knows facts about a query by label, for those that print or match them. Asked only when somebody wants
/// the label, so knowing costs nothing until then.
/// </summary>
internal interface IMetadataSource
{
    /// <summary>The value of <paramref name="label"/> (<c>kubernetes/service</c>), or null when it isn't this plugin's or unknown.</summary>
    string? MetadataOf(Query query, string label);
}
