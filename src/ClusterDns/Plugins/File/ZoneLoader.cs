using ClusterDns.Records.ZoneFiles;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.ZoneFiles;

/// <summary>Reads a zone out of an open file.</summary>
internal static class ZoneLoader
{
    /// <param name="stream">The file; closed at the end.</param>
    /// <param name="path">For messages, and where included files are looked for.</param>
    /// <param name="origin">The zone.</param>
    /// <param name="known">A serial that makes the file not worth reading any further, as soon as it shows.</param>
    public static ZoneLoad Load(Stream stream, string path, DnsName origin, uint? known)
    {
        using var reader = new ZoneFileReader(stream, path, origin, File.OpenRead);
        var builder = new FileZoneBuilder(origin);
        var strayPlace = "";
        while (reader.TryRead(out var record))
        {
            if (record.Type is RecordType.NSEC3 or RecordType.NSEC3PARAM)
            {
                return new ZoneLoad { Error = $"{reader.Place}: NSEC3 zone is not supported" };
            }

            builder.Add(record);
            if (builder.IsFirstStray)
            {
                strayPlace = reader.Place;
            }

            if (known is not null && builder.Serial == known)
            {
                return new ZoneLoad();
            }
        }

        if (reader.Error is { } error)
        {
            return new ZoneLoad { Error = error };
        }

        return builder.Serial is null
            ? new ZoneLoad { Error = $"file \"{path}\" has no SOA record for origin {origin}" }
            : new ZoneLoad { Zone = builder.Build(), Strays = builder.Strays, StrayPlace = strayPlace };
    }
}
