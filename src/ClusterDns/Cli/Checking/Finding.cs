using ClusterDns.Corefile;

namespace ClusterDns.Cli.Checking;

/// <summary>One thing that a check has to say.</summary>
/// <param name="Kind">How bad it is.</param>
/// <param name="Place">The word it is about; null where it is about no word.</param>
/// <param name="Message">A sentence without a full stop.</param>
internal sealed record Finding(FindingKind Kind, CorefileToken? Place, string Message)
{
    /// <summary>What to do about it; null where that goes without saying.</summary>
    public string? Advice { get; init; }

    public static Finding Warning(CorefileToken? place, string message, string? advice = null) =>
        new(FindingKind.Warning, place, message) { Advice = advice };

    public static Finding Of(CorefileException mistake) =>
        new(FindingKind.Error, mistake.Place, mistake.Plugin is null ? mistake.Reason : $"plugin/{mistake.Plugin}: {mistake.Reason}");
}
