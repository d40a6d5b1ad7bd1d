namespace ClusterDns.Plugins.Ready;

/// <summary>What a <c>ready</c> directive says.</summary>
/// <param name="Address">Where the page is served.</param>
/// <param name="IsContinuous">Ask plugins for as long as the process lives, not only until they are ready once.</param>
internal sealed record ReadyOptions(string Address, bool IsContinuous)
{
    public const string DefaultAddress = ":8181";
}
