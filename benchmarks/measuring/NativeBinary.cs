using System.Diagnostics;

namespace ClusterDns.Measuring;

/// <summary>The Native AOT binary, published if it is not there.</summary>
internal static class NativeBinary
{
    private static readonly TimeSpan PublishTimeout = TimeSpan.FromMinutes(15);

    /// <param name="given">A binary to take in its place; null for the checkout's own.</param>
    public static string Find(string? given)
    {
        if (given is not null)
        {
            return File.Exists(given) ? Path.GetFullPath(given) : throw new FileNotFoundException($"there is no binary {given}");
        }

        var root = Repository();
        var folder = Path.Combine(root, "artifacts", "native");
        var binary = Path.Combine(folder, "ClusterDns");
        if (!File.Exists(binary))
        {
            Console.WriteLine($"publishing {binary}, which takes some minutes");
            using var publish = Process.Start("dotnet", ["publish", Path.Combine(root, "src/ClusterDns"), "-c", "Release", "-o", folder, "-v", "quiet"]);
            if (!publish.WaitForExit(PublishTimeout) || publish.ExitCode != 0)
            {
                publish.Kill(entireProcessTree: true);
                throw new InvalidOperationException("publishing the binary failed");
            }
        }

        return binary;
    }

    /// <summary>The folder that holds the solution.</summary>
    public static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ClusterDns.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("no ClusterDns.sln above the program");
    }
}
