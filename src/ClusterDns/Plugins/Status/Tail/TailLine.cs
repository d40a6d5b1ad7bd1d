namespace ClusterDns.Plugins.Status.Tail;

/// <summary>An answered query, for people.</summary>
/// <param name="Time">Milliseconds since 1970.</param>
/// <param name="Client">Address and port.</param>
/// <param name="Protocol"><c>udp</c> or <c>tcp</c>.</param>
/// <param name="Name">In presentation form: printable ASCII, whatever was sent.</param>
/// <param name="Type">Its mnemonic.</param>
/// <param name="Code">Mnemonic of the rcode, or <c>dropped</c>.</param>
/// <param name="Plugin">Who answered; empty for a failure.</param>
/// <param name="Upstream">Who was asked; null for nobody.</param>
/// <param name="Microseconds">From taking it up to here.</param>
internal sealed record TailLine(
    long Time, string Client, string Protocol, string Name, string Type, string Code, string Plugin, string? Upstream, long Microseconds);
