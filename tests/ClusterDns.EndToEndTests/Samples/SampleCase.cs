using System.Net;

namespace ClusterDns.EndToEndTests.Samples;

/// <summary>How one sample Corefile is started and what it must then answer.</summary>
/// <param name="File">Its path below the samples' folder.</param>
/// <param name="Questions">What is asked of it.</param>
internal sealed record SampleCase(string File, params IReadOnlyList<string> Questions)
{
    /// <summary>The Corefile that imports this one, for a file that is only a part; null for a whole one.</summary>
    public string? ImportedBy { get; init; }

    /// <summary>Where the questions go.</summary>
    public IPEndPoint AskAt { get; init; } = new(Testing.Network.ClusterNetwork.ServerAddress, 53);

    /// <summary>Files of the pod besides the Corefile, by path.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    public override string ToString() => File;
}
