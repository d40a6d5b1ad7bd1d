using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Wire;

namespace ClusterDns.Explaining.Reasons;

/// <summary>Where an ExternalName Service leads, and what is there.</summary>
internal static class AliasReason
{
    public static Reason Explain(TraceReading reading, NameStep first, AliasStep alias, bool isAnswered)
    {
        var name = ServiceWords.Named(first.Service!);
        var leads = $"{name} is an ExternalName that leads to `{alias.Target}`";
        var reason = alias.End switch
        {
            AliasEnd.Addresses => new Reason(leads),
            AliasEnd.TooLong => new Reason(
                $"{name} is an ExternalName in a chain of them that is a circle or too long",
                "Have each ExternalName lead to the last name of the chain."),
            AliasEnd.NoAddress => Inside(reading, leads),
            _ => Outside(reading, leads, isAnswered),
        };
        return reason with { Nearness = Nearness.ObjectFound, Object = ServiceWords.ObjectOf(first.Service!) };
    }

    // The last name of the chain is the one that was not found.
    private static Reason Inside(TraceReading reading, string leads)
    {
        var last = reading.Round.OfType<NameStep>().Last();
        var why = last.Reason == NameReason.None ? null : MissingName.Explain(last);
        return new Reason(
            $"{leads}, and {why?.Text ?? "that name has no address of the family"}",
            why?.Advice ?? "Have the ExternalName lead to a Service that has addresses.");
    }

    private static Reason Outside(TraceReading reading, string leads, bool isAnswered)
    {
        var lookup = reading.Lookups.Count > 0 ? reading.Lookups[0] : null;
        if (lookup?.End?.Code is not { } code)
        {
            return new Reason($"{leads}, and nobody could be asked for that", "Add a server block that serves the target, as `.` with forward.");
        }

        var there = Mnemonic.Of(code) + (code == ResponseCode.NoError && lookup.End.Answers == 0 ? " without answer" : "");
        var why = isAnswered && lookup.End.Answers > 0 ? null : ReasonText.Explain(lookup.Reading, lookup.Question.Type);
        return new Reason(
            $"{leads}: {there}" + (why is null ? "" : $" ({why.Text})"),
            why is null ? "" : "Check the target in `spec.externalName`: the Service is right, its target gives no address.");
    }
}
