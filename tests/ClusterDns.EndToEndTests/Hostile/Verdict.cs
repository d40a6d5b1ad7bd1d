using ClusterDns.Testing.Network;

namespace ClusterDns.EndToEndTests.Hostile;

/// <summary>How good clients and the server fared during an attack.</summary>
/// <param name="Steady">The client that kept its sockets.</param>
/// <param name="Newcomers">What each connection of its own brought; <see cref="Answered"/> or what went wrong.</param>
/// <param name="PeakOctets">Most memory that the server's process has had resident.</param>
/// <param name="MostDescriptors">Most descriptors that it was seen with.</param>
/// <param name="Log">What the server had to say.</param>
internal sealed record Verdict(
    SteadyClient Steady, IReadOnlyList<string> Newcomers, long PeakOctets, int MostDescriptors, IReadOnlyList<string> Log)
{
    public const string Answered = "answered";

    public override string ToString() =>
        $"steady: {Steady.Answered} of {Steady.Asked} answered, {Steady.Connections} connections; "
        + $"newcomers: {Newcomers.Count(outcome => outcome == Answered)} of {Newcomers.Count} answered; "
        + $"server: {PeakOctets / 1024 / 1024} MiB at most, {MostDescriptors} descriptors at most"
        + string.Concat(Newcomers.Where(outcome => outcome != Answered).Concat(Log).Select(line => $"\n  {line}"));
}
