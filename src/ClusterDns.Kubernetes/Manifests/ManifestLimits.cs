namespace ClusterDns.Kubernetes.Manifests;

/// <summary>Every bound on what is taken from manifest files, and the times of following them.</summary>
internal static class ManifestLimits
{
    /// <summary>Files read from one directory tree; those behind, in order of name, are left out.</summary>
    public const int MaxFiles = 4_000;

    /// <summary>Bytes of one file: some seconds of YAML.</summary>
    public const int MaxFileBytes = 32 << 20;

    /// <summary>Bytes of all files together.</summary>
    public const long MaxTotalBytes = 128 << 20;

    /// <summary>Documents of one file; a list counts as one.</summary>
    public const int MaxDocuments = 100_000;

    /// <summary>Directories below the given one; deeper ones are left out.</summary>
    public const int MaxDirectoryDepth = 8;

    /// <summary>Objects and arrays inside each other; the JSON readers stop at the same depth.</summary>
    public const int MaxNesting = 64;

    /// <summary>JSON bytes that the aliases of one document may add: a few lines can ask for gigabytes.</summary>
    public const int MaxAliasBytes = 1 << 20;

    /// <summary>Problems of one file, and warnings about all, that are logged one by one; the others are counted.</summary>
    public const int MaxShownProblems = 20;

    /// <summary>How long the files must stay as they are before they are read: editors and copies write in steps.</summary>
    public static readonly TimeSpan QuietTime = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait for <see cref="QuietTime"/> where files never stay as they are.</summary>
    public static readonly TimeSpan MaxSettleTime = TimeSpan.FromSeconds(2);

    /// <summary>How often names, sizes and times are compared, for changes that no event tells of.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);
}
