namespace ClusterDns.Tests.Kubernetes.Manifests;

/// <summary>A real directory of manifests, gone when the test ends.</summary>
internal sealed class ManifestTemp : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("manifests-");

    public string Path => _directory.FullName;

    /// <summary>Path of a file or directory below.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    public ManifestTemp Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
        return this;
    }

    /// <summary>As many editors save: another file is put in the place of the old one.</summary>
    public void Replace(string name, string text)
    {
        File.WriteAllText(this["." + name], text);
        File.Move(this["." + name], this[name], overwrite: true);
    }

    public void Delete(string name) => File.Delete(this[name]);

    public void Dispose() => _directory.Delete(recursive: true);
}
