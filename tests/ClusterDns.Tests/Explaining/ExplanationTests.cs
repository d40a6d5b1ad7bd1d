using NUnit.Framework;

namespace ClusterDns.Tests.Explaining;

/// <summary>What a person reads about names that resolve and, most of all, about those that do not, word by word.</summary>
[TestFixture]
[Parallelizable(ParallelScope.None)]
internal sealed class ExplanationTests
{
    private const int LeastFailures = 40;

    private readonly Dictionary<string, ExplainedServer> _servers = [];

    private static IEnumerable<TestCaseData> Questions => ExplanationSheet.All.SelectMany(sheet => sheet.Questions.Select(question =>
        new TestCaseData(sheet, question).SetArgDisplayNames(sheet.Name, question.Title)));

    [TestCaseSource(nameof(Questions))]
    public async Task Explain_QuestionOfASheet_ReadsAsThere(ExplanationSheet sheet, SheetQuestion question)
    {
        if (!_servers.TryGetValue(sheet.Name, out var server))
        {
            server = _servers[sheet.Name] = await ExplainedServer.StartAsync(sheet.Corefile, sheet.Manifests);
        }

        Assert.That(await server.ExplainAsync(question.Request), Is.EqualTo(question.Expected));
    }

    [Test]
    public void Sheets_AllTogether_HaveManyFailures()
    {
        var failures = ExplanationSheet.All.SelectMany(sheet => sheet.Questions)
            .Count(question => question.Expected.Contains("Not resolved.", StringComparison.Ordinal));

        Assert.That(failures, Is.GreaterThanOrEqualTo(LeastFailures));
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        foreach (var server in _servers.Values)
        {
            await server.DisposeAsync();
        }
    }
}
