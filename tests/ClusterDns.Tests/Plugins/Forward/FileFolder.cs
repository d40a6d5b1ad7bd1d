namespace ClusterDns.Tests.Plugins.Forward;

/// <summary>Files of one test, in a directory of their own.</summary>
internal sealed class FileFolder : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("forward");

    /// <summary>Writes a file and gives its path.</summary>
    public string Write(string name, string text)
    {
        var path = PathOf(name);
        File.WriteAllText(path, text);
        return path;
    }

    public string PathOf(string name) => Path.Combine(_directory.FullName, name);

    public void Dispose() => _directory.Delete(recursive: true);
}
