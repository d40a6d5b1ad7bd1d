using ClusterDns.Corefile;
using ClusterDns.Plugins.Cache;
using ClusterDns.Wire;

namespace ClusterDns.Cli.Checking.Rules;

/// <summary>
/// A cache over the cluster's names. Where <c>kubernetes</c> has the last word on them the cache leaves them alone, and
/// one that is for nothing else does nothing; where they fall through it keeps them, and with them endpoints that are gone.
/// </summary>
internal static class CacheRule
{
    public static IEnumerable<Finding> Find(CheckedConfiguration configuration)
    {
        foreach (var block in configuration.Blocks)
        {
            if (block.Line("cache") is not { } line || block.Kubernetes is not { } kubernetes || Read(line, block) is not { } cache)
            {
                continue;
            }

            if (cache.Zones.Count > 0 && cache.Zones.All(zone => block.Setup.LiveZones.Any(zone.IsAtOrBelow)))
            {
                yield return Finding.Warning(
                    line.NameToken,
                    "this cache keeps nothing: kubernetes answers all of its zones from memory",
                    "remove it, or name the zones that are forwarded");
            }

            foreach (var zone in kubernetes.Zones.Where(zone => Keeps(cache, zone) && !block.Setup.LiveZones.Contains(zone)))
            {
                yield return Finding.Warning(
                    line.NameToken,
                    $"answers for {zone} are kept, as kubernetes lets that zone fall through: endpoints that are gone live on in them",
                    $"add 'disable success {Bare(zone)}' and 'disable denial {Bare(zone)}', or let kubernetes not fall through there");
            }
        }
    }

    private static bool Keeps(CacheOptions cache, DnsName zone) =>
        !ReverseTrees.Contain(zone)
        && !zone.IsRoot
        && cache.Zones.Any(zone.IsAtOrBelow)
        && !(cache.SuccessDisabled.Any(zone.IsAtOrBelow) && cache.DenialDisabled.Any(zone.IsAtOrBelow));

    private static CacheOptions? Read(Directive line, CheckedBlock block)
    {
        try
        {
            return CacheDirective.Parse(line, block.Setup.Zones);
        }
        catch (CorefileException)
        {
            // Its mistakes have been told.
            return null;
        }
    }

    private static string Bare(DnsName zone) => zone.ToString().TrimEnd('.');
}
