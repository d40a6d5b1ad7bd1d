using System.Globalization;
using ClusterDns.Plugins.Acl;
using ClusterDns.Plugins.Bufsize;
using ClusterDns.Plugins.Chaos;
using ClusterDns.Plugins.Dns64;
using ClusterDns.Plugins.Forward.Asking;
using ClusterDns.Plugins.Header;
using ClusterDns.Plugins.LoadBalance;
using ClusterDns.Wire;

namespace ClusterDns.Explaining.Reasons;

/// <summary>What plugins did that did not decide, and without which a person would wonder at what was decided.</summary>
internal static class Remarks
{
    public static Reason Add(Reason reason, TraceReading reading)
    {
        reason = AddChaos(reason, reading);
        reason = AddDns64(reason, reading);
        reason = AddHeader(reason, reading);
        reason = AddOrder(reason, reading);
        reason = AddCut(reason, reading);
        return ViewReason.Describe(reading) is { } views ? reason with { Text = $"{reason.Text}; {views}" } : reason;
    }

    /// <summary>Whether the reply would be another one to a client elsewhere.</summary>
    public static bool IsForClient(TraceReading reading) =>
        reading.Find<AclStep>() is { Action: not AclAction.Allow } || IsLeftToIPv4(reading)
        || ViewReason.IsForClient(reading);

    // The name of a server's version, asked as names of hosts are.
    private static Reason AddChaos(Reason reason, TraceReading reading) =>
        reading.Steps.OfType<ChaosStep>().FirstOrDefault() is { IsAnswered: false } chaos
            ? reason with
            {
                Text = $"chaos knows the name in class CH and type TXT alone: {reason.Text}",
                Advice = $"Ask `ClusterDns query {chaos.Name} CH TXT @SERVER`.",
            }
            : reason;

    private static Reason AddDns64(Reason reason, TraceReading reading) =>
        IsLeftToIPv4(reading)
            ? reason with
            {
                Text = $"{reason.Text}; dns64 makes no address for a client that asks over IPv4",
                Advice = reason.Nearness >= Nearness.Blocked
                    ? reason.Advice
                    : "Ask over IPv6, as `--from` an IPv6 address does, or write `allow_ipv4` into the dns64 block.",
            }
            : reason;

    private static bool IsLeftToIPv4(TraceReading reading) => reading.Reply is { HasType: false, Code: not ResponseCode.NameError }
        && reading.Steps.OfType<Dns64Step>().FirstOrDefault() is { Outcome: Dns64Outcome.LeftToIPv4Client };

    // Of the flags of a query, only this one changes what a server behind answers.
    private static Reason AddHeader(Reason reason, TraceReading reading)
    {
        var isRefused = reading.Steps.OfType<HeaderStep>().Any(step =>
            (step.Before & MessageHeader.RecursionDesiredFlag) != 0 && (step.After & MessageHeader.RecursionDesiredFlag) == 0);
        return isRefused && reading.Find<ForwardStep>() is not null
            ? reason with
            {
                Text = $"{reason.Text}; header had taken the wish for recursion (rd) out of the question",
                Advice = reading.Reply is { HasType: true }
                    ? reason.Advice
                    : "Take `query clear rd` out of the header block: without it a resolver only tells what it happens to know.",
            }
            : reason;
    }

    // Most clients take the first address, so whatever puts it there decides for them. A fair order needs no word.
    private static Reason AddOrder(Reason reason, TraceReading reading)
    {
        if (reading.Steps.OfType<LoadBalanceStep>().FirstOrDefault() is not { Answers: > 1, Options: var options }
            || (options.WeightFile is null && options.Preferred.Count == 0))
        {
            return reason;
        }

        var order = options.Preferred.Count == 0 ? $"draws the first address by the weights of {options.WeightFile}"
            : options.WeightFile is null ? "puts addresses of the `prefer` networks first"
            : $"puts addresses of the `prefer` networks first, then one drawn by the weights of {options.WeightFile}";
        return reason with { Text = $"{reason.Text}; loadbalance {order}" };
    }

    private static Reason AddCut(Reason reason, TraceReading reading)
    {
        if (reading.Reply?.CutTo is not { } octets)
        {
            return reason;
        }

        var isLimited = reading.Steps.OfType<BufsizeStep>().Any(step => step.Octets == octets);
        return reason with
        {
            Text = string.Create(CultureInfo.InvariantCulture, $"{reason.Text}; there is more than the {octets} octets that go over UDP{(isLimited ? ", as `bufsize` says" : "")}"),
            Advice = reason.Advice.Length > 0 ? reason.Advice : "See that clients reach the server over TCP too: there they get the rest.",
        };
    }
}
