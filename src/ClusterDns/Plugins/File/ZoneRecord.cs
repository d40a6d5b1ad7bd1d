namespace ClusterDns.Plugins.ZoneFiles;

/// <summary>One record's own part; name and type are its set's.</summary>
/// <param name="TimeToLive">Seconds.</param>
/// <param name="DataStart">Where its rdata stands among the zone's.</param>
/// <param name="DataLength">Octets of the rdata, nothing in it compressed.</param>
internal readonly record struct ZoneRecord(uint TimeToLive, int DataStart, int DataLength);
