using System.Text;

namespace ClusterDns.Plugins.Log;

/// <summary>A log line's format, cut into literals and placeholders once, when the Corefile is read.</summary>
internal sealed class LogFormat
{
    private const string CommonText =
        """{remote}:{port} - {>id} "{type} {class} {name} {proto} {size} {>do} {>bufsize}" {rcode} {>rflags} {rsize} {duration}""";

    private readonly LogFormatPart[] _parts;

    private LogFormat(LogFormatPart[] parts)
    {
        _parts = parts;
    }

    public static LogFormat Common { get; } = Parse(CommonText);

    public ReadOnlySpan<LogFormatPart> Parts => _parts;

    /// <summary>Reads a format; what looks like a placeholder but is none stays as it is written.</summary>
    public static LogFormat Parse(string text) => new([.. Cut(text
        .Replace("{common}", CommonText, StringComparison.Ordinal)
        .Replace("{combined}", CommonText + " \"{>opcode}\"", StringComparison.Ordinal))]);

    private static List<LogFormatPart> Cut(ReadOnlySpan<char> rest)
    {
        List<LogFormatPart> parts = [];
        while (true)
        {
            var close = rest.IndexOf('}');
            if (close < 0)
            {
                AddLiteral(parts, rest);
                return parts;
            }

            var open = rest[..close].LastIndexOf('{');
            var field = open < 0 ? LogField.Literal : FieldOf(rest[(open + 1)..close]);
            if (field == LogField.Literal)
            {
                AddLiteral(parts, rest[..(close + 1)]);
            }
            else
            {
                AddLiteral(parts, rest[..open]);
                var label = field == LogField.Metadata ? rest[(open + 2)..close].ToString() : "";
                parts.Add(new LogFormatPart(field, [], label));
            }

            rest = rest[(close + 1)..];
        }
    }

    private static void AddLiteral(List<LogFormatPart> parts, ReadOnlySpan<char> text)
    {
        if (!text.IsEmpty)
        {
            parts.Add(new LogFormatPart(LogField.Literal, Encoding.UTF8.GetBytes(text.ToString())));
        }
    }

    private static LogField FieldOf(ReadOnlySpan<char> name) => name switch
    {
        "type" => LogField.Type,
        "name" => LogField.Name,
        "class" => LogField.Class,
        "proto" => LogField.Protocol,
        "size" => LogField.Size,
        "remote" => LogField.Remote,
        "port" => LogField.Port,
        "local" => LogField.Local,
        ">id" => LogField.Id,
        ">opcode" => LogField.Opcode,
        ">do" => LogField.DnssecOk,
        ">bufsize" => LogField.BufferSize,
        "rcode" => LogField.ReplyCode,
        ">rflags" => LogField.ReplyFlags,
        "rsize" => LogField.ReplySize,
        "duration" => LogField.Duration,
        ['/', ..] => LogField.Metadata,
        _ => LogField.Literal,
    };
}
