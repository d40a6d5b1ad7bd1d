using ClusterDns.Plugins.Prometheus;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Prometheus;

[TestFixture]
internal sealed class PrometheusDirectiveTests
{
    [TestCase("prometheus", "localhost:9153", false)]
    [TestCase("prometheus :9153", ":9153", false)]
    [TestCase("prometheus 0.0.0.0:9153 {\n runtime_metrics\n}", "0.0.0.0:9153", true)]
    public void Parse_AddressAndRuntimeMetrics_OrDefaults(string line, string address, bool runtimeMetrics) =>
        Assert.That(
            PrometheusDirective.Parse(PluginFixture.ParseOne(line)),
            Is.EqualTo(new PrometheusOptions(address, runtimeMetrics)));

    [TestCase("prometheus a b", 2, "Wrong argument count or unexpected line ending after 'b'")]
    [TestCase("prometheus 9153", 2, "address 9153: missing port in address")]
    [TestCase("prometheus {\n runtime_metrics on\n}", 3, "Wrong argument count or unexpected line ending after 'on'")]
    [TestCase("prometheus {\n tls cert key\n}", 3, "tls for the metrics page is not supported yet")]
    [TestCase("prometheus {\n x\n}", 3, "unknown option: x")]
    public void Parse_Mistake_NamesFileAndLine(string lines, int line, string text) =>
        Assert.That(
            PluginFixture.ErrorOf(PrometheusDirective.Descriptor, lines),
            Is.EqualTo($"Corefile:{line} - Error during parsing: {text}"));
}
