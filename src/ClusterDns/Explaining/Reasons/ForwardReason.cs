using System.Globalization;
using ClusterDns.Plugins.Forward.Admission;
using ClusterDns.Plugins.Forward.Asking;
using ClusterDns.Transport.Upstream;
using ClusterDns.Wire;

namespace ClusterDns.Explaining.Reasons;

/// <summary>How upstreams were asked, and what came of it.</summary>
internal static class ForwardReason
{
    /// <summary>Null where none was asked.</summary>
    public static Reason? Explain(TraceReading reading)
    {
        if (reading.Find<AdmissionStep>() is { } refused)
        {
            return Refused(refused);
        }

        if (reading.Round.OfType<ForwardStep>().LastOrDefault() is not { } end)
        {
            return null;
        }

        var attempts = reading.Round.OfType<UpstreamStep>().ToList();
        return end.Error is null ? Answered(end, attempts) : Failed(end, attempts);
    }

    private static Reason Refused(AdmissionStep refused) => refused.Verdict == AdmissionVerdict.TooMany
        ? new Reason(
            "not forwarded, because as many queries wait for upstreams as may",
            "See why upstreams are slow, or set a higher `max_concurrent` in the forward block.",
            Nearness.Blocked)
        : new Reason(
            "not forwarded, because this client's part of the queries that wait for upstreams is full",
            "See why upstreams are slow, and which program of the client asks so much.",
            Nearness.Blocked);

    private static Reason Answered(ForwardStep end, List<UpstreamStep> attempts)
    {
        var code = attempts.LastOrDefault(attempt => attempt.Upstream == end.Upstream && attempt.Code is not null)?.Code;
        var failed = attempts.Where(attempt => attempt.Upstream != end.Upstream || attempt.Code is null).ToList();
        var text = $"forwarded to {end.Upstream}: {(code is { } known ? Mnemonic.Of(known) : "a reply")} in {Duration(end.Elapsed)}"
            + (failed.Count == 0 ? "" : $", after {Describe(failed)}")
            + (end.IsShared ? ", together with others who asked the same" : "");
        return code switch
        {
            ResponseCode.NameError => new Reason(text, "Check the spelling: the server that was asked says that there is no such name.", Nearness.Denied),
            null or ResponseCode.NoError => new Reason(text, "", Nearness.Denied),
            _ => new Reason(text, $"Ask {end.Upstream} itself, as in `ClusterDns query NAME @{end.Upstream}`.", Nearness.Unheard),
        };
    }

    private static Reason Failed(ForwardStep end, List<UpstreamStep> attempts)
    {
        if (attempts.Count == 0)
        {
            return new Reason(
                $"no upstream was asked: {end.Error}",
                "See with the metrics coredns_forward_* and the log why no upstream is in service.",
                Nearness.Unheard);
        }

        var upstreams = ServiceWords.List([.. attempts.Select(attempt => attempt.Upstream)]);
        return new Reason(
            $"forwarded to {Describe(attempts)}, {Duration(end.Elapsed)}",
            $"Check that {upstreams} can be reached from where the server runs, and that a DNS server answers there.",
            Nearness.Unheard);
    }

    // 10.0.0.2:53: 2 timeouts; 10.0.0.3:53: connection lost
    public static string Describe(IEnumerable<UpstreamStep> attempts) => string.Join("; ", attempts
        .GroupBy(attempt => attempt.Upstream)
        .Take(ExplainLimits.MostShown)
        .Select(upstream => $"{upstream.Key}: "
            + string.Join(", ", upstream.GroupBy(WordFor).Select(group => Times(group.Count(), group.Key)))));

    private static string WordFor(UpstreamStep attempt) => attempt.Outcome switch
    {
        UpstreamOutcome.TimedOut => "timeout",
        UpstreamOutcome.Unreachable => "unreachable",
        UpstreamOutcome.ConnectionLost => "connection lost",
        UpstreamOutcome.InsecureConnection => "TLS refused",
        UpstreamOutcome.Busy => "busy",
        UpstreamOutcome.Cancelled => "given up",
        _ => attempt.Code is { } code ? Mnemonic.Of(code) : "malformed reply",
    };

    private static string Times(int count, string word) =>
        word == "timeout" ? ServiceWords.Count(count, word)
        : count == 1 ? word
        : string.Create(CultureInfo.InvariantCulture, $"{count} times {word}");

    public static string Duration(TimeSpan time) => time < TimeSpan.FromSeconds(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s");
}
