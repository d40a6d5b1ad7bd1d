using System.Runtime.InteropServices;
using ClusterDns.Operations;

namespace ClusterDns.Cli;

/// <summary>The version as people see it.</summary>
internal static class ProductVersion
{
    /// <summary>Two lines: name with version, then system and runtime.</summary>
    public static string Describe()
    {
        var system = OperatingSystem.IsLinux() ? "linux" : Environment.OSVersion.Platform.ToString();
        var processor = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        var revision = BuildInfo.Revision;
        return $"ClusterDns-{BuildInfo.Version}\n{system}/{processor}, {BuildInfo.Runtime}"
            + (revision.Length > 0 ? $", {revision[..Math.Min(7, revision.Length)]}" : "");
    }
}
