using ClusterDns.Plugins.Dns64;
using ClusterDns.Wire;

namespace ClusterDns.Explaining.Reasons;

/// <summary>An IPv6 address that was made of an IPv4 one, or could not be.</summary>
internal static class Dns64Reason
{
    /// <summary>Null where dns64 left the question alone.</summary>
    public static Reason? Explain(TraceReading reading, RecordType type)
    {
        if (reading.Steps.OfType<Dns64Step>().FirstOrDefault() is not { Outcome: not Dns64Outcome.LeftToIPv4Client } step)
        {
            return null;
        }

        // The chain behind was asked for AAAA first, then the whole server for A.
        var behind = ReasonText.Explain(reading.Before(step), type);
        var lookup = reading.Lookups.LastOrDefault(lookup => lookup.Question.Type == RecordType.A);
        var found = lookup is null ? new Reason("nobody was asked") : ReasonText.Explain(lookup.Reading, RecordType.A);
        var none = step.Options.TranslatesAll
            ? $"`translate_all` passes over AAAA records ({behind.Text})"
            : $"there is no AAAA record ({behind.Text})";
        return step.Outcome switch
        {
            Dns64Outcome.Translated => new Reason(
                $"{none}; dns64 makes one of each A record with the prefix `{step.Options.Prefix}` ({found.Text})",
                found.Advice,
                Math.Max(behind.Nearness, found.Nearness))
            { Object = found.Object },
            Dns64Outcome.NoAddress => new Reason(
                $"{none}, and no A record either, for dns64 to make one of ({found.Text})",
                found.Advice,
                Math.Max(behind.Nearness, found.Nearness))
            { Object = found.Object },
            _ => new Reason(
                $"{none}, and dns64 had no reply when it asked for the A records ({found.Text})",
                found.Advice.Length > 0 ? found.Advice : "See why the name's A records cannot be asked for.",
                Nearness.Blocked),
        };
    }
}
