using ClusterDns.Testing;
using ClusterDns.Testing.Network;
using ClusterDns.Testing.Processes;

namespace ClusterDns.EndToEndTests.Samples;

/// <summary>The program in the pod, with one sample as its Corefile, byte for byte.</summary>
internal sealed class SampleServer : IAsyncDisposable
{
    private const string CorefilePath = "/etc/coredns/Corefile";
    private const string AuthoritiesPath = "/etc/upstream-authorities.pem";

    private static readonly string Folder = RepositoryFiles.PathOf("tests/ClusterDns.Tests/Corefile/corefiles");

    private readonly PodFiles _files = new();
    private readonly SampleUpstreams _upstreams;

    private SampleServer(SampleWorld world, SampleCase sample)
    {
        Text = Read(sample.ImportedBy ?? sample.File);
        _files.Write(CorefilePath, Text);
        if (sample.ImportedBy is not null)
        {
            _files.Write($"/etc/coredns/custom/{Path.GetFileName(sample.File)}", Read(sample.File));
            Text += Read(sample.File);
        }

        foreach (var (path, text) in sample.Files)
        {
            _files.Write(path, text);
        }

        _upstreams = new SampleUpstreams(world.Network.World, Text);
        _files.Write("/etc/resolv.conf", $"nameserver {SampleUpstreams.NodeResolver}\n");
        _files.Write(AuthoritiesPath, _upstreams.Authorities);
        world.AddServiceAccount(_files);
        Process = ServerProcessUnderTest.Start(
            ["-conf", CorefilePath],
            launcher: [.. world.Network.Server.Launcher, .. _files.Launcher],
            environment: sample.Variables.Concat(SampleWorld.ClusterVariables).Append(new("SSL_CERT_FILE", AuthoritiesPath)).ToDictionary());
    }

    public ServerProcessUnderTest Process { get; }

    /// <summary>The Corefile and the part that it imports.</summary>
    public string Text { get; }

    /// <summary>Every sample, by its path below the samples' folder.</summary>
    public static IEnumerable<string> Files =>
        Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is ".Corefile" or ".server" or ".override")
            .Select(path => Path.GetRelativePath(Folder, path));

    public static SampleServer Start(SampleWorld world, SampleCase sample) => new(world, sample);

    public Task WaitUntilItServesAsync() => Process.WaitUntilItServesAsync();

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await _upstreams.DisposeAsync();
        _files.Dispose();
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));
}
