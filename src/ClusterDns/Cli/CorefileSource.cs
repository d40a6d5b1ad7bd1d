using ClusterDns.Corefile;
using ClusterDns.Plugins;

namespace ClusterDns.Cli;

/// <summary>Where this process reads its Corefile, at start and at every reload.</summary>
/// <param name="path">The <c>-conf</c> value; null for the default.</param>
/// <param name="input">Standard input, read once if the path says so.</param>
internal sealed class CorefileSource(string? path, Stream input)
{
    private readonly CorefileLoader _loader = new(
        new DiskFiles(), Environment.GetEnvironmentVariable, [.. PluginOrder.Names]);

    private CorefileDocument? _fromInput;

    /// <exception cref="CorefileException">It cannot be read, or there is a mistake in it.</exception>
    public CorefileDocument Load() => path switch
    {
        null or "" => _loader.LoadDefault(),
        CorefileLoader.StandardInputName => _fromInput ??= _loader.LoadStandardInput(input),
        _ => _loader.LoadFile(path),
    };
}
