using ClusterDns.Plugins.Template;
using ClusterDns.Plugins.Template.GoTemplates;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Template.GoTemplates;

/// <summary>The language of templates, for a query of <c>Ip-10-0-1-255.Example. A</c> that matched.</summary>
[TestFixture]
internal sealed class GoTemplateTests
{
    [TestCase("plain text", "plain text")]
    [TestCase("{{ .Name }} {{.Zone}} {{ .Class }} {{ .Type }}", "ip-10-0-1-255.example. example. IN A")]
    [TestCase("{{ .Remote }}", "10.244.0.5")]
    [TestCase("{{ index .Match 0 }}|{{ index .Match 1 }}|{{ index .Match 0x2 }}", "ip-10-0-1-255.example.||10")]
    [TestCase("{{ .Group.a }}.{{ .Group.d }}", "10.255")]
    [TestCase("{{ index .Group \"a\" }}{{ index .Group \"1\" }}{{ index .Group \"none\" }}", "10")]
    [TestCase("{{ .Group.none }}", "<no value>")]
    [TestCase("{{ .Match }}", "[ip-10-0-1-255.example.  10 0 1 255]")]
    [TestCase("{{ len .Match }} {{ len .Name }} {{ len .Group }}", "6 22 10")]
    [TestCase("{{ .Question.Name }} {{ .Question.Qtype }} {{ .Question.Qclass }}", "Ip-10-0-1-255.Example. 1 1")]
    [TestCase("{{ .Message.Id }} {{ .Message.RecursionDesired }} {{ .Message.CheckingDisabled }}", "18386 true false")]
    [TestCase("{{ .Meta \"kubernetes/service\" }}", "")]
    [TestCase("{{ $x := .Group.a }}{{ $y := \"b\" }}{{ $x }}{{ $y }}{{ $x = \"c\" }}{{ $x }}", "10bc")]
    [TestCase("{{ $g := .Group }}{{ $g.a }}", "10")]
    [TestCase("{{ $.Name }}", "ip-10-0-1-255.example.")]
    [TestCase("a {{- .Type -}} b", "aAb")]
    [TestCase("a {{- /* nothing\n */ -}} b", "ab")]
    [TestCase("a{{/* nothing */}} b", "a b")]
    [TestCase("{{ \"quoted \\\" \\\\ \\t\" }}{{ `raw \\` }}{{ 'a' }}", "quoted \" \\ \traw \\97")]
    [TestCase("{{ -5 }}{{ +7 }}", "-57")]
    [TestCase("{{ true }} {{ false }}", "true false")]
    [TestCase("{{ parseInt \"ff\" 16 8 }} {{ parseInt .Group.a 10 64 }}", "255 10")]
    [TestCase("{{ .Group.a | printf \"%s-%s\" .Type }}", "A-10")]
    [TestCase("{{ printf \"%03d|%-4s|%5s|%x|%X|%v|%%\" 7 \"ab\" \"cd\" 255 \"z\" .Type }}", "007|ab  |   cd|ff|7A|A|%")]
    [TestCase("{{ printf \"%02x%02x\" (parseInt .Group.a 10 8) (parseInt .Group.d 10 8) }}", "0aff")]
    [TestCase("{{ printf \"%s\" .Zone | len }}", "8")]
    [TestCase("{{ if eq .Type \"A\" }}yes{{ else }}no{{ end }}", "yes")]
    [TestCase("{{ if eq .Type \"AAAA\" \"MX\" }}yes{{ else if ne .Type \"A\" }}no{{ else }}else{{ end }}", "else")]
    [TestCase("{{ if .Group.none }}yes{{ end }}", "")]
    [TestCase("{{ if and (gt 2 1) (lt 1 2) (ge 2 2) (le 2 2) }}yes{{ end }}", "yes")]
    [TestCase("{{ if or (eq 1 2) (not false) }}yes{{ end }}", "yes")]
    [TestCase("{{ and .Type .Class }} {{ or \"\" .Type }}", "IN A")]
    [TestCase("{{ and false (index .Match 99) }}", "false", TestName = "What is not needed is not looked at")]
    [TestCase("{{ if lt \"a\" \"b\" }}yes{{ end }}", "yes")]
    [TestCase("{{ range .Match }}<{{ . }}>{{ end }}", "<ip-10-0-1-255.example.><><10><0><1><255>")]
    [TestCase("{{ range $i, $e := .Match }}{{ if $i }}{{ $e }}{{ $.Type }}{{ end }}{{ end }}", "A10A0A1A255A")]
    [TestCase("{{ range $e := .Match }}{{ len $e }} {{ end }}", "22 0 2 1 1 3 ")]
    public void Template_Run_Writes(string template, string expected) => Assert.That(Run(template), Is.EqualTo(expected));

    [TestCase("{{ index .Match 6 }}", "index out of range: 6")]
    [TestCase("{{ index .Match -1 }}", "index out of range: -1")]
    [TestCase("{{ index .Name 1 }}", "cannot index this with that")]
    [TestCase("{{ len 1 }}", "len of something without length")]
    [TestCase("{{ range .Name }}{{ end }}", "range can't iterate over this")]
    [TestCase("{{ eq .Name 1 }}", "incompatible types for comparison")]
    [TestCase("{{ eq .Match .Match }}", "invalid type for comparison")]
    [TestCase("{{ parseInt \"256\" 10 8 }}", "parseInt cannot read \"256\" in base 10 and 8 bits")]
    [TestCase("{{ parseInt \"x\" 10 8 }}", "parseInt cannot read \"x\" in base 10 and 8 bits")]
    [TestCase("{{ parseInt \"99999999999999999999999999999999999999999999\" 10 64 }}", "parseInt cannot read \"99999999999999999999999999999999999999999999\" in base 10 and 64 bits")]
    [TestCase("{{ parseInt \"\" 10 8 }}", "parseInt of an empty text")]
    [TestCase("{{ parseInt \"1\" 1 8 }}", "parseInt with base 1 and 8 bits is not supported")]
    [TestCase("{{ printf \"%d\" .Name }}", "printf %d cannot print a string")]
    [TestCase("{{ printf \"%s\" 1 }}", "printf %s cannot print a number")]
    [TestCase("{{ printf \"%x\" true }}", "printf %x cannot print this")]
    public void Template_RunIntoAFailure_SaysWhy(string template, string expected)
    {
        Assert.That(GoTemplate.Parse(template).TryRun(Data(), out var text, out var error), Is.False);
        Assert.That((text, error), Is.EqualTo((null as string, expected)));
    }

    [TestCase("{{ .Name", "unclosed action")]
    [TestCase("{{ /* x", "unclosed comment")]
    [TestCase("{{ /* x */ .Name }}", "unclosed comment")]
    [TestCase("{{ \"x }}", "unterminated quoted string")]
    [TestCase("{{ 'xy' }}", "malformed character constant")]
    [TestCase("{{ \"\\u0041\" }}", "escape \\u is not supported in a string")]
    [TestCase("{{ # }}", "unexpected \"#\" in an action")]
    [TestCase("{{ }}", "unexpected \"}}\" in operand")]
    [TestCase("{{ .Nonsense }}", "field .Nonsense is not supported")]
    [TestCase("{{ .Message.Answer }}", "field .Message.Answer is not supported")]
    [TestCase("{{ .Name.Length }}", "field .Name.Length is not supported")]
    [TestCase("{{ . }}", "the dot alone is not supported outside range")]
    [TestCase("{{ $ }}", "$ alone is not supported")]
    [TestCase("{{ $x }}", "undefined variable \"$x\"")]
    [TestCase("{{ if true }}{{ $x := 1 }}{{ end }}{{ $x }}", "undefined variable \"$x\"")]
    [TestCase("{{ $x := .Group }}{{ $x.a.b }}", "$x.a.b is not supported")]
    [TestCase("{{ printf .Name }}", "printf without a format that is written out is not supported")]
    [TestCase("{{ printf \"%q\" .Name }}", "printf verb \"%q\" is not supported")]
    [TestCase("{{ printf \"%999d\" 1 }}", "printf has a field wider than 255 characters")]
    [TestCase("{{ printf \"%s\" }}", "printf has 1 verbs and 0 arguments")]
    [TestCase("{{ html .Name }}", "function \"html\" is not supported")]
    [TestCase("{{ .Name | .Zone }}", "something that is no function stands behind a |")]
    [TestCase("{{ .Name .Zone }}", "unexpected \"Zone\" at character 9")]
    [TestCase("{{ not true false }}", "wrong number of arguments for not: 2")]
    [TestCase("{{ len }}", "wrong number of arguments for len: 0")]
    [TestCase("{{ eq len 1 }}", "wrong number of arguments for len: 0")]
    [TestCase("{{ (.Name }}", "unexpected \"}}\" at character 10")]
    [TestCase("{{ 1x }}", "number 1x is not supported")]
    [TestCase("{{ nil }}", "nil is not supported")]
    [TestCase("{{ len .Meta }}", ".Meta needs its label behind it, in parentheses where it is an argument")]
    [TestCase("{{ range .Match }}{{ .Name }}{{ end }}", "inside range the dot is the element: write $.Name")]
    [TestCase("{{ range $i, .Match }}{{ end }}", "unexpected \"Match\" at character 13")]
    [TestCase("{{ with .Name }}{{ end }}", "{{with}} is not supported")]
    [TestCase("{{ template \"x\" }}", "{{template}} is not supported")]
    [TestCase("{{ if true }}", "unexpected EOF")]
    [TestCase("{{ end }}", "unexpected {{end}}")]
    [TestCase("{{ else }}", "unexpected {{else}}")]
    [TestCase("{{ if true }}{{ else }}{{ else }}{{ end }}", "expected end; found {{else}}")]
    public void Template_WithAMistake_IsToldAtOnce(string template, string expected) =>
        Assert.That(() => GoTemplate.Parse(template), Throws.TypeOf<GoTemplateException>().With.Message.EqualTo(expected));

    [Test]
    public void Template_DeeplyNested_IsRefused()
    {
        var parentheses = $"{{{{ {new string('(', 40)}1{new string(')', 40)} }}}}";
        var ifs = string.Concat(Enumerable.Repeat("{{ if true }}", 40)) + string.Concat(Enumerable.Repeat("{{ end }}", 40));
        var elses = "{{ if true }}" + string.Concat(Enumerable.Repeat("{{ else if true }}", 40)) + "{{ end }}";
        foreach (var template in new[] { parentheses, ifs, elses })
        {
            Assert.That(() => GoTemplate.Parse(template), Throws.TypeOf<GoTemplateException>().With.Message.StartsWith("more than 32"));
        }
    }

    [Test]
    public void Template_TooLong_IsRefused() =>
        Assert.That(() => GoTemplate.Parse(new string('x', GoTemplate.MaxLength + 1)), Throws.TypeOf<GoTemplateException>());

    [Test]
    public void Run_ThatWouldTakeTooLong_Ends()
    {
        var loops = string.Concat(Enumerable.Repeat("{{ range $.Match }}", 10)) + string.Concat(Enumerable.Repeat("{{ end }}", 10));
        Assert.That(GoTemplate.Parse(loops).TryRun(Data(), out _, out var error), Is.False);
        Assert.That(error, Is.EqualTo("more than 100000 steps"));
    }

    [Test]
    public void Run_ThatWouldWriteTooMuch_Ends()
    {
        var loops = string.Concat(Enumerable.Repeat("{{ range $.Match }}", 4)) + new string('x', 1000) + string.Concat(Enumerable.Repeat("{{ end }}", 4));
        Assert.That(GoTemplate.Parse(loops).TryRun(Data(), out _, out var error), Is.False);
        Assert.That(error, Is.EqualTo($"more than {TemplateScope.MaxOutput} characters"));
    }

    [Test]
    public void Text_OfAnyKind_IsATemplateOrAMistake()
    {
        var data = Data();
        Gen.Int[0, Pieces.Length - 1].Array[0, 15].Sample(
            indexes =>
            {
                try
                {
                    GoTemplate.Parse(string.Concat(indexes.Select(i => Pieces[i]))).TryRun(data, out _, out _);
                }
                catch (GoTemplateException)
                {
                    // The only way to refuse a template.
                }
            },
            iter: 5_000);
    }

    [Test]
    public void Meta_KnownLabel_IsWritten()
    {
        using var query = QueryFactory.Ask("a.example.", RecordType.A);
        query.MetadataSources = [new KnownService()];
        var data = new TemplateData(query, DnsName.Root, "a.example.", RecordClass.IN, RecordType.A, ["a"], [""]);
        GoTemplate.Parse("{{ .Meta \"kubernetes/service\" }}").TryRun(data, out var text, out _);
        Assert.That(text, Is.EqualTo("web"));
    }

    private static readonly string[] Pieces =
    [
        "{{", "}}", "{{-", "-}}", " ", ".", ".Name", ".Match", ".Group.a", "$x", "$", ":=", "=", "|", "(", ")", ",", "\"", "\"a\"", "`",
        "'", "\\", "1", "-", "0x", "if ", "else ", "end ", "range ", "printf ", "\"%d\"", "%", "index ", "eq ", "and ", "len ", "parseInt ",
        "/*", "*/", ".Meta ", "\n", "é", "x",
    ];

    private static string? Run(string template)
    {
        Assert.That(GoTemplate.Parse(template).TryRun(Data(), out var text, out var error), Is.True, error);
        return text;
    }

    private static TemplateData Data()
    {
        var query = QueryFactory.Ask("Ip-10-0-1-255.Example", RecordType.A);
        NamePattern.TryParse("(^|[.])ip-(?P<a>[0-9]*)-(?P<b>[0-9]*)-(?P<c>[0-9]*)-(?P<d>[0-9]*)[.]example[.]$", out var pattern, out _);
        var name = "ip-10-0-1-255.example.";
        return new TemplateData(query, DnsName.Parse("example"), name, RecordClass.IN, RecordType.A, pattern!.Match(name)!, pattern.GroupNames);
    }

    private sealed class KnownService : IMetadataSource
    {
        public string? MetadataOf(Query query, string label) => label == "kubernetes/service" ? "web" : null;
    }
}
