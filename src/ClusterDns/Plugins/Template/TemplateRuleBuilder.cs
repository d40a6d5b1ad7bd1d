using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using ClusterDns.Corefile;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Plugins.Template.GoTemplates;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Template;

/// <summary>The properties of one directive, read line by line.</summary>
internal sealed class TemplateRuleBuilder(RecordClass recordClass, RecordType type, ZoneList zones)
{
    /// <summary>Octets of an extended error's text; more than a reply can hold is no help to anybody.</summary>
    private const int MaxReasonLength = 256;

    private readonly List<NamePattern> _patterns = [];
    private readonly List<RecordTemplate> _records = [];
    private ResponseCode _code = ResponseCode.NoError;
    private byte[] _extendedError = [];
    private ZoneList _fallthrough = new([]);

    /// <exception cref="CorefileException">The property is unknown or wrong.</exception>
    public void Read(Directive property)
    {
        switch (property.Name)
        {
            case "match":
                property.ExpectArguments(1);
                _patterns.AddRange(property.Arguments.Select(argument => ReadPattern(property, argument.Text)));
                break;
            case "answer":
                AddRecords(property, Section.Answer);
                break;
            case "authority":
                AddRecords(property, Section.Authority);
                break;
            case "additional":
                AddRecords(property, Section.Additional);
                break;
            case "rcode":
                _code = ReadCode(property);
                break;
            case "ederror":
                _extendedError = ReadExtendedError(property);
                break;
            case "fallthrough":
                _fallthrough = new(ZoneArguments.ParseOrAll(property));
                break;
            case "upstream":
                // Of the days when it was a choice.
                break;
            case "var" or "expr":
                throw property.Error($"{property.Name} is not supported yet");
            default:
                throw CorefileException.At(
                    property.NameToken, $"Wrong argument count or unexpected line ending after '{property.NameToken.Shown}'");
        }
    }

    public TemplateRule Build() => new()
    {
        Class = recordClass,
        Type = type,
        Zones = zones,
        Patterns = _patterns,
        Records = [.. _records.OrderBy(record => record.Section)],
        Code = _code,
        ExtendedError = _extendedError,
        Fallthrough = _fallthrough,
    };

    private static NamePattern ReadPattern(Directive property, string text) =>
        NamePattern.TryParse(text, out var pattern, out var mistake)
            ? pattern
            : throw property.Error($"could not parse regex: {text}, {mistake}");

    private void AddRecords(Directive property, Section section)
    {
        property.ExpectArguments(1);
        foreach (var argument in property.Arguments)
        {
            try
            {
                _records.Add(new RecordTemplate(section, argument.Text));
            }
            catch (GoTemplateException mistake)
            {
                throw CorefileException.At(argument, $"could not compile template: {argument.Shown}, {mistake.Message}");
            }
        }
    }

    private static ResponseCode ReadCode(Directive property)
    {
        property.ExpectArguments(1);
        var text = property.Arguments[0].Text;
        return Mnemonic.TryParse(text, out ResponseCode code) ? code : throw property.Error($"unknown rcode {text}");
    }

    private static byte[] ReadExtendedError(Directive property)
    {
        property.ExpectArguments(1, 2);
        var text = property.Arguments[0].Text;
        if (!ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code))
        {
            throw property.Error($"error parsing extended DNS error code {text}, it is no number from 0 to {ushort.MaxValue}");
        }

        var reason = property.Arguments.Count > 1 ? Encoding.UTF8.GetBytes(property.Arguments[1].Text) : [];
        if (reason.Length > MaxReasonLength)
        {
            throw property.Error($"the text of an extended DNS error has at most {MaxReasonLength} octets");
        }

        var data = new byte[sizeof(ushort) + reason.Length];
        BinaryPrimitives.WriteUInt16BigEndian(data, code);
        reason.CopyTo(data, sizeof(ushort));
        return data;
    }
}
