using ClusterDns.Operations;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Log;

/// <summary>Writes a line for each query that a rule asks for; the first rule whose scope has the name decides.</summary>
internal sealed class LogPlugin(IReadOnlyList<LogRule> rules, LogOutput output, TimeProvider time) : ReplyPlugin
{
    private const int NanosecondsPerSecond = 1_000_000_000;

    private readonly LogRule[] _rules = [.. rules];
    private readonly PerThread<LogLine> _lines = new(() => new LogLine());

    public override string Name => "log";

    protected override ServeResult After(Query query, ServeResult result)
    {
        foreach (var rule in _rules)
        {
            if (!query.Name.IsAtOrBelow(rule.Scope))
            {
                continue;
            }

            if (rule.Classes == ReplyClasses.All || (rule.Classes & ReplyClassifier.Classify(query, result)) != 0)
            {
                Write(rule.Format, query, result);
            }

            break;
        }

        return result;
    }

    private void Write(LogFormat format, Query query, ServeResult result)
    {
        var line = _lines.Value;
        line.Clear();
        line.Append("[INFO] "u8);
        foreach (var part in format.Parts)
        {
            Append(line, part, query, result);
        }

        output.TryWrite(line.Octets);
    }

    private void Append(LogLine line, LogFormatPart part, Query query, ServeResult result)
    {
        switch (part.Field)
        {
            case LogField.Literal:
                line.Append(part.Text);
                break;
            case LogField.Metadata:
                line.AppendText(query.MetadataOf(part.Label) ?? "-");
                break;
            case LogField.Duration:
                line.AppendSeconds(NanosecondsSince(query.StartTimestamp));
                break;
            case LogField.ReplyCode or LogField.ReplyFlags or LogField.ReplySize:
                LogFields.AppendOfReply(line, part.Field, query, result);
                break;
            default:
                LogFields.AppendOfQuery(line, part.Field, query);
                break;
        }
    }

    private long NanosecondsSince(long start)
    {
        var elapsed = Math.Max(0, time.GetTimestamp() - start);
        return time.TimestampFrequency == NanosecondsPerSecond
            ? elapsed
            : (long)((Int128)elapsed * NanosecondsPerSecond / time.TimestampFrequency);
    }
}
