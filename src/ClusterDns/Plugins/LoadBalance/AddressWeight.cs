using ClusterDns.Wire;

namespace ClusterDns.Plugins.LoadBalance;

/// <summary>One line of a weight file.</summary>
/// <param name="Address">The address.</param>
/// <param name="Weight">1 to 255.</param>
internal readonly record struct AddressWeight(NetworkAddress Address, byte Weight);
