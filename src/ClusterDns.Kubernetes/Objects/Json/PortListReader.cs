using System.Text.Json;

namespace ClusterDns.Kubernetes.Objects.Json;

/// <summary><c>ports</c> of a Service, a slice or an Endpoints subset.</summary>
internal sealed class PortListReader(ObjectProblems problems)
{
    private const int MaxProtocolLength = 16;

    private readonly TextPool _texts = new();
    private readonly List<PortRecord> _ports = [];
    private PortRecord[] _previous = [];

    /// <param name="json">On the list.</param>
    /// <param name="numberMayMiss">
    /// A slice's port may have no number, which stands for every port: <see cref="PortRecord.None"/>.
    /// </param>
    public IReadOnlyList<PortRecord> Read(ref Utf8JsonReader json, bool numberMayMiss)
    {
        if (!json.TryEnter(JsonTokenType.StartArray, "ports", problems))
        {
            return [];
        }

        _ports.Clear();
        while (json.NextItem())
        {
            if (json.TryEnter(JsonTokenType.StartObject, "a port", problems))
            {
                ReadPort(ref json, numberMayMiss);
            }
        }

        return Share();
    }

    // The slices of one Service come one after the other and have the same ports: they keep one list between them.
    private PortRecord[] Share()
    {
        if (!_ports.SequenceEqual(_previous))
        {
            _previous = [.. _ports];
        }

        return _previous;
    }

    private void ReadPort(ref Utf8JsonReader json, bool numberMayMiss)
    {
        string? name = "";
        string? protocol = "tcp";
        int? number = PortRecord.None;
        while (json.NextField())
        {
            if (json.IsField("name"u8))
            {
                name = ReadLabel(ref json, NameRules.MaxLabelLength, "a port's name", "");
            }
            else if (json.IsField("protocol"u8))
            {
                protocol = ReadLabel(ref json, MaxProtocolLength, "a port's protocol", "tcp");
            }
            else if (json.IsField("port"u8))
            {
                number = ReadNumber(ref json);
            }
            else
            {
                json.SkipField();
            }
        }

        if (number == PortRecord.None && !numberMayMiss)
        {
            problems.Add("a port has no number");
        }
        else if (name is not null && protocol is not null && number is { } known)
        {
            _ports.Add(new PortRecord(name, protocol, known));
        }
    }

    private string? ReadLabel(ref Utf8JsonReader json, int maxLength, string field, string absent)
    {
        Span<char> text = stackalloc char[maxLength];
        if (!json.TryCopyLabel(text, field, problems, out var length))
        {
            return null;
        }

        return length == 0 ? absent : _texts.Get(text[..length]);
    }

    private int? ReadNumber(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            return PortRecord.None;
        }

        if (json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var number) && number is >= 1 and <= ushort.MaxValue)
        {
            return number;
        }

        problems.AddValue("a port's number", "a number from 1 to 65535", in json);
        json.TrySkip();
        return null;
    }
}
