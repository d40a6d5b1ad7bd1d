using System.Text.RegularExpressions;
using ClusterDns.Testing;
using NUnit.Framework;

namespace ClusterDns.Tests.Presubmit;

/// <summary>
/// Octets of a message are spelt as strings here and there, length and text in one. <c>\x</c> takes up to four digits,
/// the letters a to f of the text among them, and what it makes of those is another octet or two.
/// </summary>
[TestFixture]
internal sealed partial class EscapedOctetsTests
{
    [TestCase("src")]
    [TestCase("tests")]
    [TestCase("benchmarks")]
    public void Strings_WithHexadecimalEscapes_TakeNoLetterOfTheText(string folder)
    {
        var found = Directory.EnumerateFiles(RepositoryFiles.PathOf(folder), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(path => File.ReadLines(path).Where(line => Swallowing().IsMatch(line)).Select(line => $"{Path.GetFileName(path)}: {line.Trim()}"));

        Assert.That(found, Is.Empty);
    }

    [TestCase("\"\\x0DANY\"u8", true)]
    [TestCase("\"\\x05admin\"u8", true)]
    [TestCase("\"\\x04root\"u8", false)]
    [TestCase("\"\\u000DANY\"u8", false)]
    public void Pattern_OfALine_FindsWhatIsTakenTooMuch(string line, bool expected) =>
        Assert.That(Swallowing().IsMatch(line), Is.EqualTo(expected));

    [GeneratedRegex(@"""[^""]*(?<!\\)\\x[0-9A-Fa-f]{3,}[^""]*""u8")]
    private static partial Regex Swallowing();
}
