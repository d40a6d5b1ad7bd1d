using ClusterDns.Testing.Deploy;
using NUnit.Framework;

namespace ClusterDns.Tests.Deploy;

/// <summary>What expressions name is found whatever stands around it, or the comparison with the server would prove nothing.</summary>
[TestFixture]
internal sealed class MetricUseTests
{
    [TestCase("up", "up")]
    [TestCase("""up{job=~"a|b{c}", instance!="x"} == 0""", "up job,instance")]
    [TestCase("sum by (job, le) (rate(a_bucket[5m]))", "a_bucket job,le")]
    [TestCase("sum(rate(a_total{b='c'}[$__rate_interval])) by (d) / 2.5", "a_total b,d")]
    [TestCase("a / on (b) group_left (c) d offset 1d > bool 3 and e or vector(0)", "a b,c; d b,c; e b,c")]
    [TestCase("a > 1 unless time() - x:y:z5m < 1e3", "a ; x:y:z5m ")]
    [TestCase("count by (a) (count(b)) without (c) > inf", "b a,c")]
    public void Metrics_InAnExpression_AreFoundWithTheirLabels(string expression, string expected) =>
        Assert.That(
            string.Join("; ", MetricUse.AllIn(expression).Select(use => $"{use.Metric} {string.Join(',', use.Labels)}")).TrimEnd(),
            Is.EqualTo(expected.TrimEnd()));

    [Test]
    public void Page_Read_HasSeriesAndLabels()
    {
        var page = new MetricsText(
            """
            # HELP a_seconds Time.
            # TYPE a_seconds histogram
            a_seconds_sum{to="x=\"y\",z=\"",rcode="NOERROR"} 1.5
            a_seconds_count{to="x",rcode="NOERROR"} 1
            a_seconds_bucket{to="x",rcode="NOERROR",le="+Inf"} 1
            # TYPE b_total counter
            # TYPE c gauge
            c 3
            """);

        Assert.That(page.Names, Is.EquivalentTo(["a_seconds_bucket", "a_seconds_sum", "a_seconds_count", "b_total", "c"]));
        Assert.That(page.LabelsOf("a_seconds_sum"), Is.EquivalentTo(["to", "rcode"]));
        Assert.That(page.LabelsOf("a_seconds_bucket"), Does.Contain("le"));
        Assert.That(page.WithoutLabels, Is.EquivalentTo(["b_total", "c"]));
        Assert.That((page.Has("b_total"), page.Has("a_seconds")), Is.EqualTo((true, false)));
    }
}
