namespace ClusterDns.Wire;

/// <summary>The five numbers of a SOA record (RFC 1035, 3.3.13; MINIMUM as in RFC 2308, 4). All but the serial in seconds.</summary>
public readonly record struct SoaTimes(uint Serial, uint Refresh, uint Retry, uint Expire, uint Minimum);
