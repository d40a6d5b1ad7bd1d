using System.Reflection;
using System.Runtime.InteropServices;

namespace ClusterDns.Plugins.Prometheus;

/// <summary>What was built, for <c>coredns_build_info</c>.</summary>
internal static class BuildInfo
{
    private static readonly string[] VersionAndRevision =
        (typeof(BuildInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? "").Split('+', 2);

    public static string Version => VersionAndRevision[0];

    /// <summary>The commit; empty when it was not known to the build.</summary>
    public static string Revision => VersionAndRevision.Length > 1 ? VersionAndRevision[1] : "";

    public static string Runtime => RuntimeInformation.FrameworkDescription;
}
