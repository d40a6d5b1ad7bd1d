using System.Diagnostics.CodeAnalysis;

namespace ClusterDns.Plugins.Template.GoTemplates;

/// <summary>
/// A template of Go's text/template, as much of it as answers need: parsed once, run for each query within bounds.
/// </summary>
internal sealed class GoTemplate
{
    /// <summary>Longest template, in characters.</summary>
    public const int MaxLength = 64 * 1024;

    private readonly TemplateAction _body;
    private readonly int _variables;

    internal GoTemplate(string source, TemplateAction body, int variables, bool isConstant)
    {
        Source = source;
        _body = body;
        _variables = variables;
        IsConstant = isConstant;
    }

    /// <summary>As it is written in the Corefile.</summary>
    public string Source { get; }

    /// <summary>It has no action: every query is told the same.</summary>
    public bool IsConstant { get; }

    /// <exception cref="GoTemplateException">It is no template, or uses what is not supported.</exception>
    public static GoTemplate Parse(string source) => source.Length <= MaxLength
        ? TemplateParser.Parse(source)
        : throw new GoTemplateException($"the template has more than {MaxLength} characters");

    /// <summary>What the template says about a query; on failure <paramref name="error"/> is a sentence about it.</summary>
    public bool TryRun(TemplateData data, [NotNullWhen(true)] out string? text, [NotNullWhen(false)] out string? error)
    {
        var scope = new TemplateScope(data, _variables);
        _body(scope);
        error = scope.Error;
        text = error is null ? scope.Output : null;
        return error is null;
    }
}
