using ClusterDns.Serving.Tracing;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.ZoneFiles;

/// <summary>A zone file was looked at.</summary>
/// <param name="File">Its path.</param>
/// <param name="Zone">The zone it is for.</param>
/// <param name="Outcome">What it says.</param>
/// <param name="FallsThrough">A name that it does not have is left to the next plugin.</param>
internal sealed record FileStep(string File, DnsName Zone, FileOutcome Outcome, bool FallsThrough) : TraceStep;
