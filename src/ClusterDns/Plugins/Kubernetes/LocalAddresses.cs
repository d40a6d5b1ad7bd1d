using System.Net;
using System.Net.NetworkInformation;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>
/// Addresses of this machine, by which the server finds its own Service. Read once for each configuration: a pod keeps its
/// addresses for life.
/// </summary>
internal static class LocalAddresses
{
    /// <summary>
    /// A pod has one to three. A node that carries cluster addresses on an interface of its own has thousands, and each is
    /// looked up for an NS query.
    /// </summary>
    private const int Most = 64;

    public static IReadOnlyList<NetworkAddress> Read(ILogger logger)
    {
        try
        {
            return [.. NetworkInterface.GetAllNetworkInterfaces()
                .SelectMany(card => card.GetIPProperties().UnicastAddresses)
                .Select(unicast => unicast.Address)
                .Where(address => !IPAddress.IsLoopback(address))
                .Select(address => NetworkAddress.FromOctets(address.GetAddressBytes()))
                .Distinct()
                .Take(Most)];
        }
        catch (NetworkInformationException exception)
        {
            KubernetesLog.NoLocalAddresses(logger, exception.Message);
            return [];
        }
    }
}
