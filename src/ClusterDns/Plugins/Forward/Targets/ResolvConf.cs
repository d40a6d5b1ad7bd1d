using System.Net;
using ClusterDns.Corefile;

namespace ClusterDns.Plugins.Forward.Targets;

/// <summary>
/// The <c>nameserver</c> lines of a file in the form of resolv.conf(5); everything else in it is passed over.
/// </summary>
/// <param name="Servers">In the order of the file.</param>
/// <param name="Fault">Why there is none to be had; null when there is.</param>
internal sealed record ResolvConf(IReadOnlyList<NameServerLine> Servers, string? Fault)
{
    public static ResolvConf Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > ForwardLimits.MostFileOctets)
            {
                return new([], $"{path} has more than {ForwardLimits.MostFileOctets} octets");
            }

            using var reader = new StreamReader(file);
            return Parse(path, reader.ReadToEnd());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The file is somebody else's: missing, unreadable, being replaced.
            return new([], $"{path} cannot be read: {failure.Message}");
        }
    }

    public static ResolvConf Parse(string path, string text)
    {
        var servers = new List<NameServerLine>();
        foreach (var (index, line) in text.Split('\n').Index())
        {
            if (line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is ["nameserver", var word, ..]
                && TryReadAddress(word, out var address))
            {
                servers.Add(new NameServerLine(address, index + 1));
            }
        }

        return new(servers, servers.Count == 0 ? $"no nameservers found in {path}" : null);
    }

    private static bool TryReadAddress(string word, out IPAddress address)
    {
        var isAddress = NetworkText.TryParseAddress(word, out var parsed);
        address = parsed ?? IPAddress.None;
        return isAddress;
    }
}
