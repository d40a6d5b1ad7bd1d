namespace ClusterDns.Compare;

/// <summary>One server, one mix, one round, flat out.</summary>
/// <param name="Rate">Answers a second.</param>
/// <param name="UserMicroseconds">CPU time in user mode for an answer.</param>
/// <param name="SystemMicroseconds">CPU time in the kernel for an answer.</param>
/// <param name="Lost">Share of queries without an answer.</param>
/// <param name="Codes">Share of each rcode.</param>
/// <param name="Memory">Resident, in MiB, right after.</param>
internal sealed record Measurement(double Rate, double UserMicroseconds, double SystemMicroseconds, double Lost, string Codes, double Memory)
{
    public double Microseconds => UserMicroseconds + SystemMicroseconds;
}
