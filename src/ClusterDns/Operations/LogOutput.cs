namespace ClusterDns.Operations;

/// <summary>
/// Standard output for log lines: writers never wait, lines are written together, and when the reader is too slow lines
/// are dropped and counted rather than queries delayed.
/// </summary>
internal sealed class LogOutput
{
}
