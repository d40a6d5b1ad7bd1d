using System.Globalization;
using System.Text;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Rewrite;

/// <summary><c>edns0 local|nsid|subnet set|append|replace|unset [CODE DATA | BITS BITS] [revert]</c></summary>
internal static class OptionRuleSyntax
{
    private const int BitsOfIPv4 = 32;
    private const int BitsOfIPv6 = 128;

    public static RewriteRule Parse(RuleWords words)
    {
        if (words.Count < 2)
        {
            throw words.Error("too few arguments for an EDNS0 rule");
        }

        var kind = words[0].ToLowerInvariant();
        var action = ReadAction(words);
        var isReverted = words[^1] == "revert";
        var rest = words.Skip(2).Take(words.Count - 2 - (isReverted ? 1 : 0));
        var (code, data) = kind switch
        {
            "local" => ReadLocal(rest, action),
            "nsid" when rest.Count == 0 => (EdnsOption.NameServerId, new ConstantData([])),
            "nsid" => throw words.Error("EDNS0 NSID rules do not accept args"),
            "subnet" => (EdnsOption.ClientSubnet, ReadSubnet(rest, action)),
            _ => throw words.Error($"invalid rule type \"{kind}\""),
        };
        return new OptionRule(words.IsLast, action, code, data, isReverted);
    }

    private static OptionAction ReadAction(RuleWords words) => words[1].ToLowerInvariant() switch
    {
        "set" => OptionAction.Set,
        "append" => OptionAction.Append,
        "replace" => OptionAction.Replace,
        "unset" => OptionAction.Unset,
        var action => throw words.Error($"invalid action: \"{action}\""),
    };

    private static (ushort Code, OptionData Data) ReadLocal(RuleWords words, OptionAction action)
    {
        if (action == OptionAction.Unset)
        {
            return words.Count == 1
                ? (ReadCode(words, words[0]), new ConstantData([]))
                : throw words.Error("EDNS0 local unset action requires exactly two arguments");
        }

        if (words.Count != 2)
        {
            throw words.Error("EDNS0 local rules require exactly three args");
        }

        var code = ReadCode(words, words[0]);
        if (words[1] is not ['{', .. var variable, '}'])
        {
            return (code, new ConstantData(ReadOctets(words, words[1])));
        }

        return VariableData.IsKnown(variable)
            ? (code, new VariableData(variable))
            : throw words.Error($"unsupported variable name \"{words[1]}\"");
    }

    private static OptionData ReadSubnet(RuleWords words, OptionAction action)
    {
        if (action == OptionAction.Unset)
        {
            return words.Count == 0
                ? new ConstantData([])
                : throw words.Error("EDNS0 subnet unset action accepts no arguments");
        }

        return words.Count == 2
            ? new SubnetData(ReadBits(words, words[0], "IPv4", BitsOfIPv4), ReadBits(words, words[1], "IPv6", BitsOfIPv6))
            : throw words.Error("EDNS0 subnet rules require exactly three args");
    }

    private static ushort ReadCode(RuleWords words, string text)
    {
        var isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var style = isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        return ushort.TryParse(isHex ? text[2..] : text, style, CultureInfo.InvariantCulture, out var code)
            ? code
            : throw words.Error($"'{text}' is not the code of an EDNS0 option");
    }

    private static byte[] ReadOctets(RuleWords words, string text)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        if (text.StartsWith("0x", StringComparison.Ordinal))
        {
            try
            {
                octets = Convert.FromHexString(text.AsSpan(2));
            }
            catch (FormatException)
            {
                throw words.Error($"'{text}' is not hexadecimal");
            }
        }

        return octets.Length <= OptionData.MaxLength
            ? octets
            : throw words.Error($"an EDNS0 option of more than {OptionData.MaxLength} octets");
    }

    private static int ReadBits(RuleWords words, string text, string family, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && bits <= most
            ? bits
            : throw words.Error($"invalid {family} bit mask length {text}");
}
