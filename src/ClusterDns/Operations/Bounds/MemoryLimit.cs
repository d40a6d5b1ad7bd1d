using System.Globalization;

namespace ClusterDns.Operations.Bounds;

/// <summary>
/// The memory that this process may use by its control group: the least limit of the group and of those around it. Both
/// versions of control groups are read, as a machine may have them side by side.
/// </summary>
/// <remarks>
/// Inside a container the path that the process is told may be the node's, while the group is mounted as the root of what
/// is seen. So a folder that is not there is passed over, and the way up ends at the mount.
/// </remarks>
internal static class MemoryLimit
{
    private const string MembershipFile = "proc/self/cgroup";

    /// <summary>Groups one inside the other that are looked at; beyond this somebody plays with the path.</summary>
    private const int MostLevels = 64;

    /// <summary>Version 1 has no word for "no limit" but a number near the largest there is.</summary>
    private const long NoLimit = 1L << 60;

    /// <summary>Where version 2 is mounted: alone, or beside version 1.</summary>
    private static readonly string[] UnifiedMounts = ["sys/fs/cgroup", "sys/fs/cgroup/unified"];

    /// <summary>Octets; null without a limit, and where there are no control groups.</summary>
    /// <param name="root">What <c>/proc</c> and <c>/sys</c> are below.</param>
    public static long? Read(string root = "/")
    {
        long? least = null;
        foreach (var line in Lines(Path.Combine(root, MembershipFile)))
        {
            // hierarchy:controllers:path; a path may hold colons.
            if (line.Split(':', 3) is not [_, var controllers, var path])
            {
                continue;
            }

            if (controllers.Length == 0)
            {
                foreach (var mount in UnifiedMounts)
                {
                    least = Least(least, ReadUpwards(Path.Combine(root, mount), path, "memory.max"));
                }
            }
            else if (controllers.Split(',').Contains("memory"))
            {
                least = Least(least, ReadUpwards(Path.Combine(root, "sys/fs/cgroup/memory"), path, "memory.limit_in_bytes"));
            }
        }

        return least;
    }

    private static long? ReadUpwards(string mount, string path, string file)
    {
        // A group outside of what the process may see is shown as "/../..".
        var names = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(name => name != "..").Take(MostLevels).ToArray();
        long? least = null;
        for (var depth = names.Length; depth >= 0; depth--)
        {
            least = Least(least, ReadNumber(Path.Combine([mount, .. names[..depth], file])));
        }

        return least;
    }

    private static long? ReadNumber(string path) =>
        long.TryParse(Lines(path).FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var octets)
        && octets is > 0 and < NoLimit
            ? octets
            : null;

    private static long? Least(long? one, long? other) => one is null || other < one ? other ?? one : one;

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // No such group, no control groups at all, or none that we may see: no limit that we know of.
            return [];
        }
    }
}
