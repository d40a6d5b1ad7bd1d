using System.Net;
using ClusterDns.Corefile;
using ClusterDns.Plugins.Forward;
using ClusterDns.Plugins.Forward.Targets;
using ClusterDns.Wire;

namespace ClusterDns.Cli.Checking.Rules;

/// <summary>
/// A <c>forward</c> whose queries come back to its own block, at once or through other blocks: the server's own address,
/// or a loopback resolver that resolv.conf names and that inside a pod is the server.
/// </summary>
internal static class ForwardLoopRule
{
    public static IEnumerable<Finding> Find(CheckedConfiguration configuration)
    {
        foreach (var block in configuration.Blocks)
        {
            foreach (var (line, options) in block.Forwards)
            {
                foreach (var hop in Hops(options, line))
                {
                    if (ComesBack(configuration, block, options.From, hop))
                    {
                        yield return Finding.Warning(
                            hop.Place,
                            $"{hop.Named} is this server itself: a query for {options.From} would come back for ever",
                            hop.IsFromFile
                                ? "let the kubelet's resolvConf lead to a file that names real servers, such as /run/systemd/resolve/resolv.conf"
                                : "name the servers that queries are to go to");
                    }
                }
            }
        }
    }

    private static bool ComesBack(CheckedConfiguration configuration, CheckedBlock origin, DnsName name, Hop first)
    {
        var seen = new HashSet<CheckedBlock>();
        var open = new Queue<Hop>([first]);
        while (open.TryDequeue(out var hop))
        {
            if (!IsOwn(configuration, hop) || configuration.Route(name, hop.Port, hop.Address) is not { } block)
            {
                continue;
            }

            if (block == origin)
            {
                return true;
            }

            if (seen.Add(block) && block.Forwards.FirstOrDefault(forward => name.IsAtOrBelow(forward.Options.From)) is { Line: not null } next)
            {
                foreach (var further in Hops(next.Options, next.Line))
                {
                    open.Enqueue(further);
                }
            }
        }

        return false;
    }

    // Which addresses the machine has, nobody knows here: those of the loopback are its own, and those that a block binds.
    private static bool IsOwn(CheckedConfiguration configuration, Hop hop) =>
        IPAddress.IsLoopback(hop.Address)
        || hop.Address.Equals(IPAddress.Any)
        || hop.Address.Equals(IPAddress.IPv6Any)
        || configuration.Blocks.Any(block => block.Setup.BindAddresses.Contains(hop.Address));

    private static IEnumerable<Hop> Hops(ForwardOptions options, Directive line)
    {
        foreach (var (index, target) in options.Targets.Index().Where(entry => !entry.Item.IsTls))
        {
            var place = line.Arguments[index + 1];
            if (target.Kind == TargetKind.Address)
            {
                yield return new Hop(target.Address, target.Port, place, place.Text, false);
            }
            else if (target.Kind == TargetKind.File)
            {
                foreach (var server in ResolvConf.Read(target.Name).Servers)
                {
                    var named = $"{server.Address}, which {target.Name} names in line {server.Number},";
                    yield return new Hop(server.Address, target.Port, place, named, true);
                }
            }
        }
    }

    private sealed record Hop(IPAddress Address, int Port, CorefileToken Place, string Named, bool IsFromFile);
}
