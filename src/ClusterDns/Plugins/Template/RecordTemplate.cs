using ClusterDns.Plugins.Template.GoTemplates;
using ClusterDns.Records;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Template;

/// <summary>A record of an answer, as a template of its text.</summary>
internal sealed class RecordTemplate
{
    private readonly GoTemplate _template;
    private readonly WireRecord? _constant;

    /// <exception cref="GoTemplateException">The text is no template.</exception>
    public RecordTemplate(Section section, string text)
    {
        Section = section;
        _template = GoTemplate.Parse(text);
        if (!_template.IsConstant || string.IsNullOrWhiteSpace(text))
        {
            return;
        }

        RecordParser.TryParse(text, out _constant, out var mistake);
        Mistake = mistake;
    }

    public Section Section { get; }

    /// <summary>As in the Corefile.</summary>
    public string Text => _template.Source;

    /// <summary>What is known to be wrong before any query: a text without actions that is no record.</summary>
    public string? Mistake { get; }

    /// <summary>The record for a query; null where the template writes nothing.</summary>
    public RenderOutcome Render(TemplateData data, out WireRecord? record, out string? error)
    {
        record = _constant;
        error = Mistake;
        if (_constant is not null)
        {
            return RenderOutcome.Good;
        }

        if (!_template.TryRun(data, out var text, out error))
        {
            return RenderOutcome.TemplateFailed;
        }

        return string.IsNullOrWhiteSpace(text) || RecordParser.TryParse(text, out record, out error)
            ? RenderOutcome.Good
            : RenderOutcome.NoRecord;
    }
}
