using System.Text;

namespace ClusterDns.Plugins.Shortnames;

/// <summary>
/// The names right below the root of the public DNS. A namespace with such a name is not to take the domain's place:
/// <c>mail.dev</c> is somebody's host even where a Service <c>mail</c> is in the namespace <c>dev</c> (CVE-2022-2835 and
/// CVE-2022-2837 are about that).
/// </summary>
internal static class TopLevelDomains
{
    private const string Resource = "ClusterDns.Plugins.Shortnames.top-level-domains.txt";

    /// <summary>All of them, in lower case, as the data file beside this one has them.</summary>
    public static IEnumerable<string> Read()
    {
        using var stream = typeof(TopLevelDomains).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not part of the program");
        using var reader = new StreamReader(stream, Encoding.ASCII);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }
}
