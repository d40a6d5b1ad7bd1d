using ClusterDns.Plugins.View;

namespace ClusterDns.Explaining.Reasons;

/// <summary>Which blocks had a zone for the name and did not take the question, because of their views.</summary>
internal static class ViewReason
{
    private const int MostRuleLength = 100;

    /// <summary>Null where no view turned the question away.</summary>
    public static string? Describe(TraceReading reading)
    {
        var refusing = Refusing(reading);
        if (refusing.Count == 0)
        {
            return null;
        }

        var shown = string.Join("; ", refusing.Take(ExplainLimits.MostShown).Select(Describe));
        return refusing.Count > ExplainLimits.MostShown
            ? $"{shown}; nor do {ServiceWords.Count(refusing.Count - ExplainLimits.MostShown, "more view")}"
            : shown;
    }

    /// <summary>Whether the reply would be another one to a client elsewhere.</summary>
    public static bool IsForClient(TraceReading reading) =>
        Refusing(reading).Any(step => step.Rule!.Contains("client_ip", StringComparison.Ordinal));

    private static List<ViewStep> Refusing(TraceReading reading) =>
        [.. reading.Steps.OfType<ViewStep>().Where(step => step.Rule is not null)];

    private static string Describe(ViewStep step)
    {
        var rule = step.Rule!.Length > MostRuleLength ? step.Rule[..MostRuleLength] + "..." : step.Rule;
        return $"view {step.View} of `{step.Zone}` does not take it: `{rule}` {(step.Failure is { } failure ? $"fails, {failure}" : "is false")}";
    }
}
