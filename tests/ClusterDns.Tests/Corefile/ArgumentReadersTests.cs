using ClusterDns.Corefile;
using NUnit.Framework;

namespace ClusterDns.Tests.Corefile;

[TestFixture]
internal sealed class ArgumentReadersTests
{
    [Test]
    public void Duration_Written_IsRead()
    {
        Assert.That(Token("1m30s").ReadDuration(), Is.EqualTo(TimeSpan.FromSeconds(90)));
    }

    [Test]
    public void Integer_WithinItsBounds_IsRead([Values("1", "+1", "65535", "007")] string text)
    {
        Assert.That(Token(text).ReadInteger(1, 65535), Is.EqualTo(int.Parse(text)));
    }

    [TestCase("10.0.0.0/8", "10.0.0.0/8")]
    [TestCase("10.1.2.3/8", "10.0.0.0/8")]
    [TestCase("10.1.2.3/12", "10.0.0.0/12")]
    [TestCase("10.1.2.3", "10.1.2.3/32")]
    [TestCase("0.0.0.0/0", "0.0.0.0/0")]
    [TestCase("64:ff9b::1/96", "64:ff9b::/96")]
    [TestCase("fd00::1", "fd00::1/128")]
    public void Network_Written_IsReadWithoutTheBitsBehindTheMask(string text, string network)
    {
        Assert.That(Token(text).ReadNetwork().ToString(), Is.EqualTo(network));
    }

    [TestCase("10.0.0.1", "10.0.0.1")]
    [TestCase("FD00::1", "fd00::1")]
    [TestCase("::ffff:10.0.0.1", "::ffff:10.0.0.1")]
    public void Address_Written_IsRead(string text, string address)
    {
        Assert.That(Token(text).ReadAddress().ToString(), Is.EqualTo(address));
    }

    [TestCase("10.0.0.1", "10.0.0.1:53")]
    [TestCase("10.0.0.1:5300", "10.0.0.1:5300")]
    [TestCase("fd00::1", "[fd00::1]:53")]
    [TestCase("[fd00::1]", "[fd00::1]:53")]
    [TestCase("[fd00::1]:5300", "[fd00::1]:5300")]
    [TestCase("fe80::1%1", "[fe80::1%1]:53")]
    public void Endpoint_Written_IsReadWithItsOrTheDefaultPort(string text, string endpoint)
    {
        Assert.That(Token(text).ReadEndpoint(53).ToString(), Is.EqualTo(endpoint));
    }

    [Test]
    public void Duration_Mistaken_IsReportedWithFileAndLine([Values("5", "x", "-1s")] string text)
    {
        Assert.That(
            () => Token(text).ReadDuration(), FailsWith($"'{text}' is not a duration such as 30s or 1m30s"));
    }

    [Test]
    public void Integer_Mistaken_IsReportedWithItsBounds(
        [Values("0", "65536", "-1", "1.5", "x", "", "99999999999")] string text)
    {
        Assert.That(
            () => Token(text).ReadInteger(1, 65535), FailsWith($"'{text}' is not a whole number from 1 to 65535"));
    }

    [Test]
    public void Network_Mistaken_IsReported(
        [Values("10.0.0.0/33", "10/8", "x", "10.0.0.0/", "/8", "fd00::/-1")] string text)
    {
        Assert.That(
            () => Token(text).ReadNetwork(), FailsWith($"'{text}' is not a network such as 10.0.0.0/8 or fd00::/64"));
    }

    [Test]
    public void Address_Mistaken_IsReported(
        [Values("10.1", "010.0.0.1", "0x0a000001", "10.0.0.1:53", "[::1]", "::1]", "::1/64", "x", "")] string text)
    {
        Assert.That(() => Token(text).ReadAddress(), FailsWith($"'{text}' is not an IP address"));
    }

    [Test]
    public void Endpoint_Mistaken_IsReported(
        [Values("10.0.0.1:", "10.0.0.1:65536", "10.0.0.1:x", ":53", "[10.0.0.1]:53", "[::1", "[::1]53", "x:53", "")]
        string text)
    {
        Assert.That(
            () => Token(text).ReadEndpoint(53),
            FailsWith($"'{text}' is not an IP address such as 10.0.0.1, 10.0.0.1:53 or [fd00::1]:53"));
    }

    private static CorefileToken Token(string text) => new(text, "Corefile", 4);

    private static NUnit.Framework.Constraints.IResolveConstraint FailsWith(string message) =>
        Throws.TypeOf<CorefileException>().With.Message.EqualTo($"Corefile:4 - Error during parsing: {message}");
}
