using ClusterDns.Testing;
using ClusterDns.Transport;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.View;

/// <summary>What expressions come to, and which are no expressions, for the query <c>WWW.example.org. A</c> of 10.240.0.1.</summary>
[TestFixture]
internal sealed class ExpressionTests
{
    // Those that CoreDNS's own page of the plugin shows.
    [TestCase("incidr(client_ip(), '127.0.0.0/24')", "false")]
    [TestCase("incidr(client_ip(), '10.0.0.0/8')", "true")]
    [TestCase("type() in ['A', 'AAAA']", "true")]
    [TestCase(@"name() matches '^abc\\..*\\.example\\.com\\.$'", "false")]
    [TestCase(@"name() matches '^www\\.example\\.org\\.$'", "true")]
    [TestCase("(type() == 'A' && name() == 'example.com') || client_ip() == '1.2.3.4'", "false")]
    [TestCase("(type() == 'A' && name() == 'www.example.org.') || client_ip() == '1.2.3.4'", "true")]
    // Functions of the query.
    [TestCase("bufsize() == 512", "true")]
    [TestCase("class() == 'IN'", "true")]
    [TestCase("client_ip() == '10.240.0.1'", "true")]
    [TestCase("do()", "false")]
    [TestCase("id() == 18386", "true")]
    [TestCase("name() == 'www.example.org.'", "true")]
    [TestCase("opcode() == 0", "true")]
    [TestCase("port() == '40212'", "true")]
    [TestCase("proto() == 'udp'", "true")]
    [TestCase("server_ip() == '10.96.0.10'", "true")]
    [TestCase("server_port() == '53'", "true")]
    [TestCase("size() == 33", "true")]
    [TestCase("metadata('kubernetes/service') == ''", "true")]
    // Networks.
    [TestCase("incidr(server_ip(), '10.96.0.0/12')", "true")]
    [TestCase("incidr(client_ip(), '0.0.0.0/0')", "true")]
    [TestCase("incidr(client_ip(), '::/0')", "false")]
    [TestCase("incidr(client_ip(), '10.240.0.1/32')", "true")]
    [TestCase("incidr(client_ip(), '::ffff:10.0.0.0/104')", "true")]
    [TestCase("incidr('fd00::7', 'fd00::/8')", "true")]
    [TestCase("incidr('10.1.2.3', '10.' + '1.0.0/16')", "true")]
    [TestCase("incidr(metadata('x/y'), '10.0.0.0/8')", "first argument is not an IP address")]
    [TestCase("!incidr(metadata('x/y'), '10.0.0.0/8')", "first argument is not an IP address")]
    [TestCase("incidr('fe80::1%eth0', 'fe80::/10')", "first argument is not an IP address")]
    [TestCase("incidr(client_ip(), name())", "second argument is not a CIDR address")]
    [TestCase("type() == 'A' || incidr(metadata('x/y'), '10.0.0.0/8')", "true")]
    [TestCase("type() == 'MX' && incidr(metadata('x/y'), '10.0.0.0/8')", "false")]
    // Logic, and which operator binds tighter.
    [TestCase("true or false and false", "true")]
    [TestCase("(true || false) && false", "false")]
    [TestCase("!true == false", "true")]
    [TestCase("not (type() in ['MX'])", "true")]
    [TestCase("type() not in ['MX', 'NS']", "true")]
    [TestCase("type() not in ['A']", "false")]
    [TestCase("false ? false : true", "true")]
    [TestCase("type() == 'A' ? size() > 10 : size() > 100", "true")]
    [TestCase("true ? false : true ? true : true", "false")]
    [TestCase("2 + 3 * 4 == 14 and (2 + 3) * 4 == 20", "true")]
    [TestCase("2 ** 3 ** 2 == 512", "true")]
    [TestCase("2 ^ 3 == 8", "true")]
    [TestCase("-2 ** 2 == -4", "true")]
    [TestCase("-1 + 2 == 1", "true")]
    [TestCase("- -3 == +3", "true")]
    [TestCase("7 / 2 == 3.5", "true")]
    [TestCase("7 % 4 == 3 && -7 % 4 == -3", "true")]
    [TestCase("1 % 0 == 0", "division by zero")]
    [TestCase("1 % (size() - 33) == 0", "division by zero")]
    [TestCase("1 / 0 > 1", "true")]
    [TestCase("0 / 0 == 0 / 0", "false")]
    [TestCase("0 / 0 != 0 / 0", "true")]
    [TestCase("9223372036854775807 + 1 < 0", "true")]
    [TestCase("(-9223372036854775807 - 1) % -1 == 0", "true")]
    [TestCase("1 == 1.0 && 1 < 1.5", "true")]
    [TestCase("0x2A == 42 && 0o52 == 42 && 0b101010 == 42 && 1_000 == 1000 && .5 == 0.5 && 1e2 == 100", "true")]
    [TestCase("1.5 in [0.5, 1.5]", "true")]
    [TestCase("true in [false]", "false")]
    [TestCase("size() in [33, 34]", "true")]
    [TestCase("client_ip() in [server_ip(), '10.240.0.1']", "true")]
    [TestCase("type() in []", "false")]
    [TestCase("type() in ['A',]", "true")]
    // Texts.
    [TestCase("name() contains 'example'", "true")]
    [TestCase("name() startsWith 'www.'", "true")]
    [TestCase("name() endsWith '.org.'", "true")]
    [TestCase("name() endsWith '.ORG.'", "false")]
    [TestCase("name() not contains 'example'", "false")]
    [TestCase("name() not matches '^w'", "false")]
    [TestCase("name() not startsWith 'x' and name() not endsWith 'x'", "true")]
    [TestCase("name() matches '(?P<host>[[:alpha:]]+)\\\\.'", "true")]
    [TestCase("'a' < 'b' && 'b' >= 'a' && 'a' != 'b'", "true")]
    [TestCase("'a' + 'b' == \"ab\" && `a` == 'a'", "true")]
    [TestCase(@"'\x41\u0042\U00000043\104\t\'' == 'ABCD	' + ""'""", "true")]
    [TestCase(@"`\x41` == '\\x41'", "true")]
    [TestCase("'a' == 'a' // what follows is not read: )", "true")]
    [TestCase("true /* nor is this ) */ and true", "true")]
    [TestCase("len(name()) == 16 && len(['a', 'b']) == 2 && len([]) == 0 && len('\\u00e9') == 1", "true")]
    [TestCase("upper('a') == 'A' && lower('A') == 'a'", "true")]
    [TestCase("trim('  a ') == 'a' && trim('xax', 'x') == 'a'", "true")]
    [TestCase("trimPrefix(name(), 'www.') == 'example.org.' && trimSuffix(name(), '.org.') == 'www.example'", "true")]
    [TestCase("hasPrefix(name(), 'www') && hasSuffix(name(), '.')", "true")]
    [TestCase("split(name(), '.')[0] == 'www' && split(name(), '.')[-2] == 'org' && len(split(name(), '.')) == 4", "true")]
    [TestCase("split(name(), '.')[4] == ''", "index out of range")]
    [TestCase("int(port()) > 1024 && string(1) == '1' && string(true) == 'true' && string('a') == 'a'", "true")]
    [TestCase("int(name()) == 0", "a text is no int")]
    [TestCase("any(['192.168.0.0/16', '10.0.0.0/8'], incidr(client_ip(), #))", "true")]
    [TestCase("all(['192.168.0.0/16', '10.0.0.0/8'], {incidr(client_ip(), #)})", "false")]
    [TestCase("none([1, 2], # > 2) && one([1, 2, 3], # == 2) && !one([1, 1], # == 1)", "true")]
    public void Evaluate_OfAQuery_IsExprs(string expression, string expected)
    {
        using var query = ExpressionUnderTest.Ask();
        Assert.That(ExpressionUnderTest.Evaluate(expression, query), Is.EqualTo(expected));
    }

    [TestCase("incidr(client_ip(), '2001:0DB8::/32')", "true")]
    [TestCase("incidr(client_ip(), '10.0.0.0/8')", "false")]
    [TestCase("client_ip() == '2001:db8::7'", "true")]
    [TestCase("server_ip() == '::1'", "true")]
    [TestCase("proto() == 'tcp' && bufsize() == 65535", "true")]
    [TestCase("do() && type() == 'TYPE65280' && class() == 'CH'", "true")]
    public void Evaluate_OfAQueryOverTcpAndIPv6_IsExprs(string expression, string expected)
    {
        using var query = QueryFactory.Ask(
            "version.bind.", (RecordType)65280, RecordClass.CH, 1232, dnssecOk: true,
            protocol: TransportProtocol.Tcp, client: "[2001:db8::7]:5353", server: "[::1]:53");
        Assert.That(ExpressionUnderTest.Evaluate(expression, query), Is.EqualTo(expected));
    }

    [TestCase(100, "512")]
    [TestCase(4096, "4096")]
    public void Bufsize_OverUdp_IsTheClientsAndNeverLessThanAll(int sent, string expected)
    {
        using var query = QueryFactory.Ask("example.org.", RecordType.A, udpSize: (ushort)sent);
        Assert.That(ExpressionUnderTest.Evaluate($"bufsize() == {expected}", query), Is.EqualTo("true"));
    }

    [TestCase("", "unexpected end of the expression, at character 1 of the expression")]
    [TestCase("type()", "the expression is of type string, not bool: no query would be taken")]
    [TestCase("size() + 1", "the expression is of type int, not bool: no query would be taken")]
    [TestCase("['a']", "the expression is of type []string, not bool: no query would be taken")]
    [TestCase("type() == 1", "invalid operation: == (mismatched types string and int), at character 8 of the expression")]
    [TestCase("port() == 53", "invalid operation: == (mismatched types string and int), at character 8 of the expression")]
    [TestCase("type() && true", "invalid operation: && (mismatched types string and bool), at character 8 of the expression")]
    [TestCase("type() or true", "invalid operation: or (mismatched types string and bool), at character 8 of the expression")]
    [TestCase("!type() == 'A'", "invalid operation: ! (mismatched type string), at character 1 of the expression")]
    [TestCase("-type() == 'A'", "invalid operation: - (mismatched type string), at character 1 of the expression")]
    [TestCase("true < false", "invalid operation: < (mismatched types bool and bool), at character 6 of the expression")]
    [TestCase("'a' - 'b' == 'c'", "invalid operation: - (mismatched types string and string), at character 5 of the expression")]
    [TestCase("1.5 % 2 == 1", "invalid operation: % (mismatched types float and int), at character 5 of the expression")]
    [TestCase("type() in 'A'", "invalid operation: in (mismatched types string and string), at character 8 of the expression")]
    [TestCase("type() in [1]", "cannot look for string in []int, at character 8 of the expression")]
    [TestCase("['a'] in ['a']", "cannot look for []string in []string, at character 7 of the expression")]
    [TestCase("['a'] == ['a']", "lists cannot be compared here, at character 7 of the expression")]
    [TestCase("type() in ['A', 1]", "a list has elements of one type, and no lists: others are not supported, at character 11 of the expression")]
    [TestCase("true ? 1 : 'a'", "the two sides of '?:' are of two types, int and string, at character 6 of the expression")]
    [TestCase("1 ? true : false", "the condition in front of '?' is of type int, not bool, at character 3 of the expression")]
    [TestCase("1 < 2 == true", "one comparison behind another is not supported, put parentheses around the one in front of '==', at character 7 of the expression")]
    [TestCase("name() matches name()", "a pattern that is not written out is not supported, at character 8 of the expression")]
    [TestCase("incidr(client_ip(), '10.0.0.0')", "invalid CIDR address: 10.0.0.0, at character 1 of the expression")]
    [TestCase("incidr(client_ip())", "not enough arguments to call incidr, at character 1 of the expression")]
    [TestCase("incidr(client_ip(), 8)", "incidr takes string, not int, at character 1 of the expression")]
    [TestCase("do(1)", "too many arguments to call do, at character 1 of the expression")]
    [TestCase("len(1) == 1", "invalid argument for len (type int), at character 1 of the expression")]
    [TestCase("clientip() == ''", "unknown function 'clientip', at character 1 of the expression, did you mean 'client_ip'?")]
    [TestCase("filter([1], # > 0) == 1", "'#' stands outside of a predicate, at character 13 of the expression")]
    [TestCase("max(1, 2) == 2", "function 'max' of the expression language is not supported here, at character 1 of the expression")]
    [TestCase("name == 'a'", "'name' is a function: write name(...), at character 1 of the expression")]
    [TestCase("type() == A", "unknown name 'A', at character 11 of the expression; texts stand between single quotes")]
    [TestCase("nil == nil", "unknown name 'nil', at character 1 of the expression; texts stand between single quotes")]
    [TestCase("name() | lower() == ''", "'|' of the expression language is not supported here, at character 8 of the expression")]
    [TestCase("1..3 == 1", "'..' of the expression language is not supported here, at character 2 of the expression")]
    [TestCase("let x = 1; x == 1", "'let' of the expression language is not supported here, at character 1 of the expression")]
    [TestCase("{a: 1} == 1", "'{' of the expression language is not supported here, at character 1 of the expression")]
    [TestCase("name().foo == 1", "fields and methods are not supported, at character 7 of the expression")]
    [TestCase("name()[0] == 'w'", "cannot choose from string by int, at character 7 of the expression")]
    [TestCase("[1, 2][0:1] == 1", "slices are not supported, at character 7 of the expression")]
    [TestCase("any([1], any([1], # == 1))", "'any' within a predicate is not supported, at character 10 of the expression")]
    [TestCase("any(1, true)", "'any' takes a list, not int, at character 1 of the expression")]
    [TestCase("any([1], 2)", "the predicate of 'any' is of type int, not bool, at character 1 of the expression")]
    [TestCase("(true", "unexpected end of the expression, expecting ')', at character 6 of the expression")]
    [TestCase("true)", "unexpected ')', at character 5 of the expression")]
    [TestCase("true true", "unexpected 'true', at character 6 of the expression")]
    [TestCase("true not true", "unexpected 'true' behind 'not', at character 10 of the expression")]
    [TestCase("true &&", "unexpected end of the expression, at character 8 of the expression")]
    [TestCase("name() == 'a", "string not terminated, at character 11 of the expression")]
    [TestCase(@"name() matches '\.'", "invalid escape in a string; a backslash for 'matches' is written twice, at character 17 of the expression")]
    [TestCase("name() == 'a' @", "unrecognized character '@', at character 15 of the expression")]
    [TestCase("1x == 1", "bad number syntax: '1x', at character 1 of the expression")]
    [TestCase("0x == 1", "bad number: '0x', at character 1 of the expression")]
    [TestCase("9223372036854775808 > 1", "bad number: '9223372036854775808', at character 1 of the expression")]
    [TestCase("1e999 > 1", "bad number: '1e999', at character 1 of the expression")]
    [TestCase("true /* and", "unclosed comment, at character 6 of the expression")]
    [TestCase("split(name(), '')[0] == ''", "split takes a separator that is written out and not empty, at character 1 of the expression")]
    public void Parse_Mistake_IsToldWithItsPlace(string expression, string mistake) =>
        Assert.That(ExpressionUnderTest.MistakeIn(expression), Is.EqualTo(mistake));

    [TestCase("name() matches '('")]
    [TestCase("name() matches '(?=a)'")]
    [TestCase("name() matches '(a)\\\\1'")]
    public void Matches_NoPatternOfRe2_IsAMistake(string expression) =>
        Assert.That(ExpressionUnderTest.MistakeIn(expression), Does.StartWith("error parsing regexp: ").And.EndWith(", at character 8 of the expression"));

    [Test]
    public void Evaluate_ClientInANetwork_AllocatesNothing()
    {
        using var query = ExpressionUnderTest.Ask();
        var condition = ExpressionUnderTest.Parse("incidr(client_ip(), '10.0.0.0/8') && type() in ['A', 'AAAA'] && !do() && size() < 512");
        Assert.That(
            Allocation.Of(() =>
            {
                var evaluation = new ClusterDns.Plugins.View.Expressions.Evaluation(query);
                condition.Evaluate(ref evaluation);
            }),
            Is.Zero);
    }
}
