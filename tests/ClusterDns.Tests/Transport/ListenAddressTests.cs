using System.Net;
using ClusterDns.Transport;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport;

internal sealed class ListenAddressTests
{
    [TestCase("::", true, ExpectedResult = "[::]:53")]
    [TestCase("::", false, ExpectedResult = "0.0.0.0:53")]
    [TestCase("0.0.0.0", false, ExpectedResult = "0.0.0.0:53")]
    [TestCase("fd00::1", false, ExpectedResult = "[fd00::1]:53")]
    public string Resolve_Address_KeepsWhatTheSystemHas(string address, bool systemHasIPv6) =>
        ListenAddress.Resolve(new IPEndPoint(IPAddress.Parse(address), 53), systemHasIPv6).ToString();
}
