using ClusterDns.Wire;

namespace ClusterDns.Plugins.Autopath;

/// <summary>The search list of a resolver's configuration file, as resolv.conf(5) has it.</summary>
internal static class ResolverFile
{
    /// <summary>Largest file that is read, in octets.</summary>
    public const int MaxSize = 64 * 1024;

    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>The elements of the last <c>search</c> or <c>domain</c> line; what is no name is passed over.</summary>
    public static IReadOnlyList<DnsName> ReadSearch(string text)
    {
        IReadOnlyList<DnsName> search = [];
        foreach (var line in text.Split('\n'))
        {
            var words = line.TrimEnd('\r').Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
            if (words is ["search" or "domain", ..])
            {
                var most = words[0] == "domain" ? 1 : SearchWalk.MostElements;
                search = [.. words.Skip(1).Select(Parse).OfType<DnsName>().Distinct().Take(most)];
            }
        }

        return search;
    }

    /// <summary>The file's text. False, with the reason, if it cannot be read or is too large to be such a file.</summary>
    public static bool TryRead(string path, out string text, out string reason)
    {
        text = "";
        reason = "";
        try
        {
            if (new FileInfo(path).Length > MaxSize)
            {
                reason = $"the file has more than {MaxSize} octets";
                return false;
            }

            text = File.ReadAllText(path);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The file is somebody else's: missing, unreadable, being replaced.
            reason = failure.Message;
            return false;
        }
    }

    private static DnsName? Parse(string word) => DnsName.TryParse(word, out var name) ? name : null;
}
