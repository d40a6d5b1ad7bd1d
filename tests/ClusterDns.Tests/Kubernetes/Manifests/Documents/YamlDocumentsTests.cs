using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Manifests.Documents;

[TestFixture]
internal sealed class YamlDocumentsTests
{
    [TestCase("a: 1", "1 {\"a\":1}")]
    [TestCase("a: {b: [1, two, null]}", "1 {\"a\":{\"b\":[1,\"two\",null]}}")]
    [TestCase("a:\n- b: c\n  d: e\n- f", "1 {\"a\":[{\"b\":\"c\",\"d\":\"e\"},\"f\"]}")]
    [TestCase("a: |\n  one\n  two\n", "1 {\"a\":\"one\\ntwo\\n\"}")]
    [TestCase("a: >-\n  one\n  two\n", "1 {\"a\":\"one two\"}")]
    [TestCase("a: 'it''s'\nb: \"\\u00e9\\t\"", "1 {\"a\":\"it's\",\"b\":\"é\\t\"}")]
    [TestCase("a: b # comment\n# c: d\n", "1 {\"a\":\"b\"}")]
    [TestCase("a: b#c", "1 {\"a\":\"b#c\"}")]
    [TestCase("1: a\ntrue: b\n? c\n: d", "1 {\"1\":\"a\",\"true\":\"b\",\"c\":\"d\"}")]
    [TestCase("{\n\t\"a\": 1,\n\t\"b\": [2,\n\t3]\n}", "1 {\"a\":1,\"b\":[2,3]}")]
    [TestCase("a: 1\r\nb:\r\n  c: 2\r\n", "1 {\"a\":1,\"b\":{\"c\":2}}")]
    [TestCase("a: 😀", "1 {\"a\":\"😀\"}")]
    public void Read_OneDocument_GivesItsJson(string yaml, string expected) =>
        Assert.That(DocumentText.OfYaml(yaml), Is.EqualTo(expected).Or.EqualTo(expected.Replace("😀", "\\uD83D\\uDE00")));

    [TestCase("null", "null")]
    [TestCase("~", "null")]
    [TestCase("", "null")]
    [TestCase("true", "true")]
    [TestCase("FALSE", "false")]
    [TestCase("0", "0")]
    [TestCase("-17", "-17")]
    [TestCase("+17", "17")]
    [TestCase("007", "7")]
    [TestCase("0x1F", "31")]
    [TestCase("0o17", "15")]
    [TestCase("1.5", "1.5")]
    [TestCase(".5", "0.5")]
    [TestCase("5.", "5")]
    [TestCase("1e3", "1000")]
    [TestCase("123456789012345678901234567890", "1.2345678901234568E+29")]
    [TestCase("yes", "\"yes\"")]
    [TestCase("on", "\"on\"")]
    [TestCase("tRUE", "\"tRUE\"")]
    [TestCase(".inf", "\".inf\"")]
    [TestCase("1e999", "\"1e999\"")]
    [TestCase("10.96.0.10", "\"10.96.0.10\"")]
    [TestCase("0o8", "\"0o8\"")]
    [TestCase("0x", "\"0x\"")]
    [TestCase("1_000", "\"1_000\"")]
    [TestCase(".", "\".\"")]
    [TestCase("-", "[null]")]
    [TestCase("1e", "\"1e\"")]
    [TestCase("2026-11-22", "\"2026-11-22\"")]
    [TestCase("'80'", "\"80\"")]
    [TestCase("\"true\"", "\"true\"")]
    [TestCase("''", "\"\"")]
    [TestCase("!!str 80", "\"80\"")]
    [TestCase("! 80", "\"80\"")]
    [TestCase("!!int 80", "80")]
    [TestCase("!custom text", "\"text\"")]
    public void Read_Scalar_HasTheTypeOfTheCoreSchema(string scalar, string expected) =>
        Assert.That(DocumentText.OfYaml($"a:\n  {scalar}"), Is.EqualTo($"1 {{\"a\":{expected}}}"));

    [TestCase("a: 1\n---\nb: 2", "1 {\"a\":1}\n3 {\"b\":2}")]
    [TestCase("---\na: 1\n---\nb: 2\n---\n", "2 {\"a\":1}\n4 {\"b\":2}")]
    [TestCase("--- # first\na: 1\n--- {b: 2}\n---\t\nc: 3", "2 {\"a\":1}\n3 {\"b\":2}\n5 {\"c\":3}")]
    [TestCase("---\r\na: 1\r\n---\r\nb: 2\r\n", "2 {\"a\":1}\n4 {\"b\":2}")]
    [TestCase("a: 1\n...\nb: 2\n...\n", "1 {\"a\":1}\n3 {\"b\":2}")]
    [TestCase("a: 1\n...\n---\nb: 2", "1 {\"a\":1}\n4 {\"b\":2}")]
    [TestCase("%YAML 1.2\n---\na: 1\n...\n# more\n%YAML 1.2\n---\nb: 2", "3 {\"a\":1}\n8 {\"b\":2}")]
    [TestCase("a: ---\nb: ----\n--- \nc: x---y", "1 {\"a\":\"---\",\"b\":\"----\"}\n4 {\"c\":\"x---y\"}")]
    [TestCase("a: |\n  ---\n  text\n", "1 {\"a\":\"---\\ntext\\n\"}")]
    [TestCase("# a\n\n---\n# b\n---\n\n\na: 1", "8 {\"a\":1}")]
    public void Read_SeveralDocuments_GivesEachWithItsLine(string yaml, string expected) =>
        Assert.That(DocumentText.OfYaml(yaml), Is.EqualTo(expected));

    [TestCase("")]
    [TestCase("\n\n  \n")]
    [TestCase("# only\n# comments")]
    [TestCase("---")]
    [TestCase("---\n---\n---\n")]
    [TestCase("---\n# nothing\n...\n")]
    public void Read_NoDocument_GivesNothing(string yaml) => Assert.That(DocumentText.OfYaml(yaml), Is.Empty);

    [TestCase("a:\n\tb: 1", "tab")]
    [TestCase("a: \"open\nb: c", "quoted scalar")]
    [TestCase("a: 'open", "quoted scalar")]
    [TestCase("a: [1, 2", "flow sequence")]
    [TestCase("a: {b: c", "flow mapping")]
    [TestCase("a: b: c", "mapping")]
    [TestCase("a: 1\nb", "key")]
    [TestCase("a: @b", "character")]
    [TestCase("a: 1\na: 2", "Key \"a\" stands here for the second time")]
    [TestCase("{a: b}: c", "A key is not a text")]
    [TestCase("b: &x {c: d}\na: {<<: *x}", "Merge keys")]
    [TestCase("- a\n- b", "The document is a list, not an object")]
    [TestCase("text", "The document is a text, not an object")]
    [TestCase("'null'", "The document is a text, not an object")]
    [TestCase("a: *x", "Alias \"x\" stands for no anchor before it")]
    [TestCase("a: &x [*x]", "Alias \"x\" stands for no anchor before it")]
    [TestCase("a: \0b", "Control character 0x00")]
    [TestCase("a: \u001b[31m", "Control character 0x1b")]
    [TestCase("a: \"\\ud800\"", "surrogates")]
    [TestCase("a: \"\\udc00\"", "surrogates")]
    [TestCase("a: \"\\U0000D800\"", "Unicode")]
    [TestCase("a: \"\\U00110000\"", "Unicode")]
    [TestCase("a: {#: b", "node content")]
    [TestCase("a: [1\nb: 3", "stops being YAML")]
    [TestCase("a: !!s]r v", "stops being YAML")]
    [TestCase("%YAML 1.2\na: 1", "document start")]
    public void Read_BrokenDocumentBetweenGoodOnes_CostsNoOther(string broken, string reason)
    {
        var lines = DocumentText.OfYaml($"before: 1\n---\n{broken}\n---\nafter: 1\n").Split('\n');

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines, Has.Length.EqualTo(3));
            Assert.That(lines[0], Is.EqualTo("1 {\"before\":1}"));
            Assert.That(lines[1], Does.EndWith(" {\"after\":1}"));
            Assert.That(lines[2], Does.Match("^[2-5]! .*").And.Contain(reason).IgnoreCase);
        }
    }

    [TestCase("a: 1\nb: 2\nc: [1\nd: 3", 3)]
    [TestCase("\n\n\na: b: c", 4)]
    [TestCase("x: 1\n---\n\na: 1\nb: 2\nb: 3", 6)]
    [TestCase("x: 1\n---\na: |\n  text\n  \u0001", 5)]
    public void Read_Mistake_NamesItsLineInTheFile(string yaml, int line) =>
        Assert.That(DocumentText.OfYaml(yaml), Does.Contain($"{line}! "));

    [TestCase("a: &x {b: 1}\nc: *x\nd: [*x, *x]", "1 {\"a\":{\"b\":1},\"c\":{\"b\":1},\"d\":[{\"b\":1},{\"b\":1}]}")]
    [TestCase("a: [1, &x 2, *x]", "1 {\"a\":[1,2,2]}")]
    [TestCase("a: &x 1\nb: &x 2\nc: *x", "1 {\"a\":1,\"b\":2,\"c\":2}")]
    [TestCase("a: &x [&y b]\nc: [*x, *y]", "1 {\"a\":[\"b\"],\"c\":[[\"b\"],\"b\"]}")]
    [TestCase("&x a: &y\nb: *y", "1 {\"a\":null,\"b\":null}")]
    public void Read_Alias_IsACopy(string yaml, string expected) => Assert.That(DocumentText.OfYaml(yaml), Is.EqualTo(expected));

    [Test]
    public void Read_AnchorInAnotherDocument_IsUnknown() =>
        Assert.That(DocumentText.OfYaml("a: &x 1\n---\nb: *x"), Is.EqualTo("1 {\"a\":1}\n3! Alias \"x\" stands for no anchor before it."));

    [Test]
    public void Read_AliasesOfAliases_AreRefusedBeforeTheyGrow()
    {
        var bomb = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n" + string.Concat(Enumerable.Range(1, 30)
            .Select(level => $"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 9))}]\n"));

        Assert.That(DocumentText.OfYaml(bomb), Does.Match("^[1-9]! Aliases make the document grow by more than 1048576 bytes"));
    }

    [TestCase("[")]
    [TestCase("{a: ")]
    [TestCase("- ")]
    [TestCase("? ")]
    public void Read_EndlessNesting_IsRefused(string opening)
    {
        var yaml = "a:\n " + string.Concat(Enumerable.Repeat(opening, 100_000));

        Assert.That(DocumentText.OfYaml(yaml), Does.Contain("2! More than 64 levels").Or.Contain("! A key is not a text"));
    }

    [Test]
    public void Read_DeepestAllowedNesting_IsRead()
    {
        var yaml = "a: " + new string('[', 63) + new string(']', 63);

        Assert.That(DocumentText.OfYaml(yaml), Is.EqualTo($"1 {{\"a\":{new string('[', 63)}{new string(']', 63)}}}"));
    }

    [Test]
    public void Read_ItemsOfAList_KnowTheirLines()
    {
        var problems = new ClusterDns.Kubernetes.Manifests.ManifestProblems();
        const string Yaml = "kind: List\nitems:\n- a: 1\n\n-\n  b: 2\n- {c: 3}\n";
        var document = ClusterDns.Kubernetes.Manifests.Documents.YamlDocuments.Read(Yaml, "f", problems).Single();
        var json = System.Text.Encoding.UTF8.GetString(document.Json.Span);

        var lines = new[] { "{\"a\"", "{\"b\"", "{\"c\"" }.Select(item => document.Lines.LineAt(json.IndexOf(item, StringComparison.Ordinal)));

        Assert.That(lines, Is.EqualTo([3, 6, 7]));
    }
}
