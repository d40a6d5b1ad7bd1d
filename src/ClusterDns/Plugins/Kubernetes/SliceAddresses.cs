using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>Tells addresses that stand in several slices of one Service, as they do while a slice is split.</summary>
internal static class SliceAddresses
{
    /// <summary>Whether the address at this place stands at an earlier one too.</summary>
    public static bool IsRepeated(ReadOnlySpan<PackedEndpoints> slices, int slice, int index)
    {
        var address = NetworkAddress.FromOctets(slices[slice].Address(index));
        for (var i = 0; i < slice; i++)
        {
            if (slices[i].IndexOf(address, 0) >= 0)
            {
                return true;
            }
        }

        return !slices[slice].HasDistinctAddresses && slices[slice].IndexOf(address, 0) < index;
    }
}
