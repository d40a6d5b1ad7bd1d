using System.Text.RegularExpressions;
using ClusterDns.Testing;
using NUnit.Framework;

namespace ClusterDns.Tests.Presubmit;

/// <summary>The README says of each fault which test shows what is claimed: those tests exist.</summary>
internal sealed partial class ReadmeFaultTableTests
{
    private const int FewestRows = 15;

    [Test]
    public void Table_NamesTests_ThatExist()
    {
        var readme = File.ReadAllText(RepositoryFiles.PathOf("README.md"));
        var section = readme[readme.IndexOf("### When something fails", StringComparison.Ordinal)..];
        var rows = section[..section.IndexOf("\n## ", StringComparison.Ordinal)]
            .Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Skip(2)
            .ToArray();
        var tests = Directory
            .EnumerateFiles(RepositoryFiles.PathOf("tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Select(Path.GetFileNameWithoutExtension)
            .ToHashSet();

        Assert.That(rows, Has.Length.GreaterThanOrEqualTo(FewestRows));
        foreach (var row in rows)
        {
            var named = Quoted().Matches(row.TrimEnd(' ', '|').Split('|')[^1]).Select(match => match.Groups[1].Value).ToArray();
            Assert.That(named, Is.Not.Empty, row);
            Assert.That(named, Is.SubsetOf(tests), row);
        }
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
