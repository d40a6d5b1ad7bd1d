using System.Net;
using ClusterDns.Corefile;

namespace ClusterDns.Cli.Checking.Rules;

/// <summary>
/// Of two sockets on one port the one with an address gets what is sent there: the zones of blocks without <c>bind</c>
/// are not answered at an address that another block binds.
/// </summary>
internal static class ListenerRule
{
    public static IEnumerable<Finding> Find(CheckedConfiguration configuration)
    {
        foreach (var block in configuration.Blocks.Where(block => block.Setup.BindAddresses.Count > 0))
        {
            foreach (var port in block.Keys.Select(key => key.Port).Distinct())
            {
                var hidden = configuration.Blocks
                    .Where(other => other.Setup.BindAddresses.Count == 0 && other.Keys.Any(key => key.Port == port))
                    .SelectMany(other => other.Keys.Where(key => key.Port == port))
                    .FirstOrDefault();
                if (hidden is not null)
                {
                    yield return Finding.Warning(
                        BindOf(block),
                        $"at {Join(block.Setup.BindAddresses)} port {port} only blocks with this 'bind' answer,"
                            + $" not that of {hidden.Token.Text} in line {hidden.Token.Line}",
                        "give every block of the port the same 'bind', or none");
                }
            }
        }
    }

    private static CorefileToken BindOf(CheckedBlock block) => block.Line("bind")?.NameToken ?? block.Place;

    private static string Join(IEnumerable<IPAddress> addresses) => string.Join(", ", addresses);
}
