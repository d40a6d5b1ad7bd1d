using System.Globalization;

namespace ClusterDns.Kubernetes.Watching;

/// <summary>How far one kind is known.</summary>
internal sealed class WatchPosition
{
    /// <summary>Where a watch resumes; null asks for a list.</summary>
    public string? Version { get; private set; }

    /// <summary>The kind was listed once: what the zone has of it is worth keeping.</summary>
    public bool HasListed { get; private set; }

    /// <summary>The server sends bookmarks, so a longer silence is a bad sign.</summary>
    public bool SendsBookmarks { get; private set; }

    /// <summary>Timestamp of the end of the list that <see cref="Version"/> came from; null where that is lost.</summary>
    public long? ListedAt { get; private set; }

    /// <param name="version">Version of a whole list.</param>
    /// <param name="byBookmark">A bookmark ended the list.</param>
    /// <param name="now">Timestamp.</param>
    public void Begin(string version, bool byBookmark, long now)
    {
        Version = version;
        ListedAt = now;
        HasListed = true;
        SendsBookmarks |= byBookmark;
    }

    public void Lose()
    {
        Version = null;
        ListedAt = null;
    }

    public void Advance(string? version) => Version = version is null || GoesBack(version) ? Version : version;

    /// <summary>
    /// False if the server is up to date at a version older than ours: its store was put back to an older state, and it
    /// would say nothing until it has caught up with us.
    /// </summary>
    public bool TryBookmark(string? version)
    {
        SendsBookmarks = true;
        if (version is not null && GoesBack(version))
        {
            return false;
        }

        Advance(version);
        return true;
    }

    private bool GoesBack(string version) =>
        ulong.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var next)
        && ulong.TryParse(Version, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
        && next < last;
}
