using ClusterDns.Plugins.Trace;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Trace;

[TestFixture]
internal sealed class TraceDirectiveTests
{
    [TestCase("trace")]
    [TestCase("trace tracing:9411")]
    [TestCase("trace zipkin tracing:9411\ntrace DataDog localhost:8126")]
    [TestCase("trace {\n sample 5\n}")]
    [TestCase("trace {\n every 100\n service dns\n client_server\n datadog_analytics_rate 0.5\n}")]
    [TestCase("trace {\n client_server false\n zipkin_max_backlog_size 5\n zipkin_max_batch_size 5\n zipkin_max_batch_interval 5s\n}")]
    [TestCase("trace {\n datadog_analytics_rate\n zipkin_max_backlog_size\n zipkin_max_batch_size\n zipkin_max_batch_interval\n}")]
    public async Task SetUp_AnyForm_SaysOnceThatItDoesNothing(string lines)
    {
        await using var fixture = new PluginFixture(TraceDirective.Descriptor, lines);

        Assert.That(fixture.Block.Plugins, Is.Empty);
        Assert.That(fixture.Log.Lines, Is.EqualTo([
            "[Information] plugin/trace: traces are not sent by this version; "
            + "'prometheus' shows how long queries take, 'log' tells of each one",
        ]));
    }

    [TestCase("trace a b c", 2, "Wrong argument count or unexpected line ending after 'c'")]
    [TestCase("trace jaeger localhost:1", 2, "tracing endpoint type 'jaeger' is not supported")]
    [TestCase("trace {\n every\n}", 3, "Wrong argument count or unexpected line ending after 'every'")]
    [TestCase("trace {\n every day\n}", 3, "invalid value for every: 'day'")]
    [TestCase("trace {\n service\n}", 3, "Wrong argument count or unexpected line ending after 'service'")]
    [TestCase("trace {\n client_server maybe\n}", 3, "invalid value for client_server: 'maybe'")]
    [TestCase("trace {\n datadog_analytics_rate 1.5\n}", 3, "invalid value for datadog_analytics_rate: '1.5'")]
    [TestCase("trace {\n zipkin_max_backlog_size x\n}", 3, "invalid value for zipkin_max_backlog_size: 'x'")]
    [TestCase("trace {\n zipkin_max_batch_size 1 2\n}", 3, "Wrong argument count or unexpected line ending after '2'")]
    [TestCase("trace {\n zipkin_max_batch_interval 5\n}", 3, "invalid value for zipkin_max_batch_interval: '5'")]
    [TestCase("trace {\n every 5 {\n }\n}", 3, "Unexpected token '{', expecting argument")]
    public void Parse_Mistake_NamesFileAndLine(string lines, int line, string text) =>
        Assert.That(
            PluginFixture.ErrorOf(TraceDirective.Descriptor, lines),
            Is.EqualTo($"Corefile:{line} - Error during parsing: {text}"));
}
