namespace ClusterDns.Testing.Network;

/// <summary>
/// What lies in a pod's <c>/etc</c> and <c>/run</c>: files of a test's own over the machine's, seen by one process only
/// and gone with it.
/// </summary>
public sealed class PodFiles : IDisposable
{
    public const string ServiceAccount = "/run/secrets/kubernetes.io/serviceaccount";


    private static readonly string[] Folders = ["etc", "run"];

    private readonly DirectoryInfo _layer = Directory.CreateTempSubdirectory("clusterdns-pod");

    public PodFiles()
    {
        foreach (var folder in Folders)
        {
            _layer.CreateSubdirectory(folder);
            _layer.CreateSubdirectory($"work-{folder}");
        }
    }

    /// <summary>The words in front of a command, in a mount namespace of its own, that make it see these files.</summary>
    public IReadOnlyList<string> Launcher =>
    [
        "sh", "-c",
        string.Join(" && ", Folders.Select(Mount))
            + " && shift && exec \"$@\"",
        "sh", _layer.FullName,
    ];

    /// <summary>A file by its path in the pod, below <c>/etc</c> or <c>/run</c>.</summary>
    public void Write(string path, string text)
    {
        var file = new FileInfo(Path.Combine(_layer.FullName, path.TrimStart('/')));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, text);
    }

    private static string Mount(string folder) =>
        $"mount -t overlay overlay -o lowerdir=/{folder},upperdir=$1/{folder},workdir=$1/work-{folder} /{folder}";

    public void Dispose() => _layer.Delete(recursive: true);
}
