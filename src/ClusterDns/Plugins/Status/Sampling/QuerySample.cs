namespace ClusterDns.Plugins.Status.Sampling;

/// <summary>What was asked within one interval.</summary>
/// <param name="Time">Its end, in milliseconds since 1970.</param>
/// <param name="Milliseconds">Its length.</param>
/// <param name="Median">Microseconds that the faster half took at most, by the histogram; 0 without queries.</param>
/// <param name="Slowest">Microseconds that 99 of 100 took at most.</param>
/// <param name="NoError">Replies with that rcode; the same for the others.</param>
/// <param name="NameError">NXDOMAIN.</param>
/// <param name="ServerFailure">SERVFAIL.</param>
/// <param name="Refused">REFUSED.</param>
/// <param name="Other">All other rcodes.</param>
internal readonly record struct QuerySample(
    long Time, int Milliseconds, int Median, int Slowest, int NoError, int NameError, int ServerFailure, int Refused, int Other);
