using System.Reflection;
using System.Runtime.InteropServices;

namespace ClusterDns.Cli;

/// <summary>The version as people and metrics see it.</summary>
internal static class ProductVersion
{
    public static string Number { get; } = typeof(ProductVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    public static string Revision { get; } = typeof(ProductVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+').ElementAtOrDefault(1) ?? "";

    /// <summary>Two lines: name with version, then system and runtime.</summary>
    public static string Describe()
    {
        var system = OperatingSystem.IsLinux() ? "linux" : Environment.OSVersion.Platform.ToString();
        var processor = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        return $"ClusterDns-{Number}\n{system}/{processor}, {RuntimeInformation.FrameworkDescription}"
            + (Revision.Length > 0 ? $", {Revision[..Math.Min(7, Revision.Length)]}" : "");
    }
}
