using System.Net;

namespace ClusterDns.Plugins.Forward.Targets;

/// <summary>
/// The addresses that the TO arguments stand for now. A file or host name that gives nothing any more keeps the addresses
/// that it gave last. One user at a time.
/// </summary>
internal sealed class TargetTable(IReadOnlyList<ForwardTarget> targets, IHostLookup lookup) : IAsyncDisposable
{
    private readonly IReadOnlyList<UpstreamAddress>[] _addresses = [.. targets.Select(FirstAddresses)];

    public bool HasFiles { get; } = targets.Any(target => target.Kind == TargetKind.File);

    public bool HasHosts { get; } = targets.Any(target => target.Kind == TargetKind.Host);

    /// <summary>All of them, in the order of the arguments.</summary>
    public IReadOnlyList<UpstreamAddress> Addresses =>
        [.. _addresses.SelectMany(addresses => addresses).Take(ForwardLimits.MostUpstreams)];

    /// <summary>Reads every file; gives what is wrong with those that gave nothing.</summary>
    public IReadOnlyList<string> ReadFiles()
    {
        var faults = new List<string>();
        foreach (var (index, target) in targets.Index().Where(entry => entry.Item.Kind == TargetKind.File))
        {
            var file = ResolvConf.Read(target.Name);
            if (file.Fault is { } fault)
            {
                faults.Add(fault);
                continue;
            }

            _addresses[index] =
                [.. file.Servers.Select(server => Address(target, server.Address, $"{target.Name}:{server.Number}"))];
        }

        return faults;
    }

    /// <summary>Resolves every host name; gives the words for those that gave nothing.</summary>
    public async Task<IReadOnlyList<string>> ResolveHostsAsync(CancellationToken cancellation)
    {
        var faults = new List<string>();
        foreach (var (index, target) in targets.Index().Where(entry => entry.Item.Kind == TargetKind.Host))
        {
            var found = await lookup.FindAsync(target.Name, cancellation).ConfigureAwait(false);
            if (found.Count == 0)
            {
                faults.Add($"{target.NamedAt} names the host {target.Name}, and no address of it can be found");
                continue;
            }

            // Round-robin answers come in any order; the same addresses are to be the same upstreams.
            _addresses[index] =
            [
                .. found.Select(address => Address(target, address, target.NamedAt) with
                {
                    NamedAs = target.Name,
                    ServerName = target.ServerName ?? (target.IsTls ? target.Name : null),
                }).OrderBy(address => address.ToString(), StringComparer.Ordinal).Take(ForwardLimits.MostHostAddresses),
            ];
        }

        return faults;
    }

    public ValueTask DisposeAsync() => lookup.DisposeAsync();

    private static IReadOnlyList<UpstreamAddress> FirstAddresses(ForwardTarget target) =>
        target.Kind == TargetKind.Address ? [Address(target, target.Address, target.NamedAt)] : [];

    private static UpstreamAddress Address(ForwardTarget target, IPAddress address, string namedAt) =>
        new(new IPEndPoint(address, target.Port), target.IsTls, target.ServerName, namedAt, address.ToString());
}
