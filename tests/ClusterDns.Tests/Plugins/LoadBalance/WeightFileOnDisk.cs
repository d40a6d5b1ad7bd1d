namespace ClusterDns.Tests.Plugins.LoadBalance;

/// <summary>A weight file in a directory of its own; null means that it is not there.</summary>
internal sealed class WeightFileOnDisk : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("weights");

    public WeightFileOnDisk(string? text)
    {
        Path = System.IO.Path.Combine(_directory.FullName, "weights");
        Write(text);
    }

    public string Path { get; }

    public void Write(string? text)
    {
        if (text is null)
        {
            File.Delete(Path);
        }
        else
        {
            File.WriteAllText(Path, text);
        }
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
