namespace ClusterDns.Testing;

/// <summary>Files of the checkout that tests read: READMEs, the sample Corefile, the example manifests.</summary>
public static class RepositoryFiles
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    public static string Read(string relative) => File.ReadAllText(PathOf(relative));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ClusterDns.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"no ClusterDns.sln above {AppContext.BaseDirectory}");
    }
}
