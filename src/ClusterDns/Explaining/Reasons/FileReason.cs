using ClusterDns.Plugins.ZoneFiles;

namespace ClusterDns.Explaining.Reasons;

/// <summary>What a zone file decided.</summary>
internal static class FileReason
{
    public static Reason Explain(FileStep step) => step.Outcome switch
    {
        FileOutcome.Answered => new Reason($"zone `{step.Zone}` has the name, from {step.File}", "", Nearness.ObjectFound),
        FileOutcome.LeadsOut => new Reason(
            $"zone `{step.Zone}` has an alias for the name, from {step.File}, which leads to a name elsewhere",
            "",
            Nearness.ObjectFound),
        FileOutcome.NoData => new Reason(
            $"zone `{step.Zone}` has the name in {step.File}, without this type",
            $"Add a record of the type to {step.File}, and raise the serial of its SOA.",
            Nearness.ObjectFound),
        FileOutcome.Referral => new Reason(
            $"zone `{step.Zone}` in {step.File} delegates the name, and this server asks nobody for it",
            "Add a server block for the delegated zone that forwards to its name servers.",
            Nearness.Denied),
        FileOutcome.NotLoaded => new Reason(
            $"zone `{step.Zone}` has not been read from {step.File}", "See the server's log.", Nearness.Blocked),
        _ => new Reason(
            $"zone `{step.Zone}` has no such name in {step.File}, and no fallthrough",
            $"Add the name to {step.File} and raise the serial of its SOA, or write `fallthrough` into the file block.",
            Nearness.Denied),
    };
}
