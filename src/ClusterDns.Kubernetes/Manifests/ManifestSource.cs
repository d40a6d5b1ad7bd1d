using System.Threading.Channels;
using ClusterDns.Kubernetes.Manifests.Cluster;
using ClusterDns.Kubernetes.Manifests.Files;
using ClusterDns.Kubernetes.Manifests.Labels;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Watching;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Kubernetes.Manifests;

/// <summary>
/// A cluster made of manifest files: what <c>kubectl apply</c> would be given, or what <c>kubectl get -o yaml</c> gave.
/// Follows the files, and plays the few parts of API server and controllers that names depend on.
/// </summary>
public sealed class ManifestSource : IClusterSource
{
    private readonly ManifestFolder _folder;
    private readonly ManifestLoader _loader;
    private readonly ManifestRelist _relist;
    private readonly RepeatedLines _warnings = new();
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    private ManifestSource(ManifestFolder folder, ManifestRelist relist, bool keepPodNames, TimeProvider time, ILogger logger)
    {
        _folder = folder;
        _relist = relist;
        _time = time;
        _logger = logger;
        _loader = new ManifestLoader(folder, new ManifestFileReader(new ManifestObjectReader(keepPodNames, logger)), logger);
    }

    public IReadOnlyList<ResourceKind> Kinds => _relist.Kinds;

    /// <summary>Prepares to read <see cref="ClusterSourceOptions.ManifestPath"/>; nothing is read before it runs.</summary>
    /// <exception cref="ClusterSourceException">There is nothing at that path, or nothing that may be read.</exception>
    public static ManifestSource Open(ClusterSourceOptions options, TimeProvider time, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(options.ManifestPath);
        var folder = new ManifestFolder(options.ManifestPath);
        if (folder.List().Error is { } error)
        {
            throw new ClusterSourceException($"unable to read manifests: {error}");
        }

        var relist = new ManifestRelist(options, ReadSelector(options.LabelSelector), ReadSelector(options.NamespaceLabelSelector));
        return new ManifestSource(folder, relist, options.KeepPodNames, time, logger);
    }

    private static LabelSelector? ReadSelector(string? text) =>
        text is null ? null
        : LabelSelector.TryParse(text, out var selector) ? selector
        : throw new ClusterSourceException($"'{text}' is not a label selector");

    public async Task RunAsync(ChannelWriter<ClusterChange> changes, CancellationToken cancellation)
    {
        using var watch = new ManifestWatch(_folder, _time, _logger);
        var isTold = false;
        while (true)
        {
            // A run that begins anew, or was interrupted while it told, tells all of it.
            if ((_loader.Load() || !isTold) && _loader.IsLoaded)
            {
                await TellAsync(changes, cancellation).ConfigureAwait(false);
                isTold = true;
            }

            await watch.WaitAsync(_loader.IsStale, cancellation).ConfigureAwait(false);
        }
    }

    private async Task TellAsync(ChannelWriter<ClusterChange> changes, CancellationToken cancellation)
    {
        var warnings = new List<string>();
        var objects = new ObjectTable(_loader.Files, warnings);
        warnings.AddRange(objects.OfKind(ResourceKind.Service).Where(LacksClusterAddress).Select(AddressWarning));
        if (_loader.Files.Count == 0)
        {
            warnings.Add($"{_folder.Path} holds no .yaml, .yml or .json file, so there are no names to serve");
        }

        Warn(warnings);
        ManifestLog.Loaded(_logger, objects.Count, _loader.Files.Count, _folder.Path);
        foreach (var change in _relist.Of(objects))
        {
            await changes.WriteAsync(change, cancellation).ConfigureAwait(false);
        }
    }

    private static bool LacksClusterAddress(ManifestObject item) =>
        item.Record is ServiceRecord { Kind: ServiceKind.ClusterIP, ClusterAddresses.Count: 0 };

    // An address that we made up would look like one that works.
    private static string AddressWarning(ManifestObject service) =>
        $"{service.Position}: {service} has no clusterIP, and there is no API server to give it one, so its name has no address; "
        + "set spec.clusterIP to an address, or to None for the addresses of its endpoints";

    private void Warn(IEnumerable<string> warnings)
    {
        _warnings.Begin();
        var news = warnings.Where(_warnings.IsNew).ToArray();
        foreach (var warning in news.Take(ManifestLimits.MaxShownProblems))
        {
            ManifestLog.Warning(_logger, warning);
        }

        if (news.Length > ManifestLimits.MaxShownProblems)
        {
            ManifestLog.MoreWarnings(_logger, news.Length - ManifestLimits.MaxShownProblems);
        }
    }
}
