using System.Text;

namespace ClusterDns.Plugins.Template.GoTemplates;

/// <summary>
/// One run of a template: its data, its variables, what it has written, and its bounds. A run that fails, or would go on
/// for too long, stops where it is and says why.
/// </summary>
internal sealed class TemplateScope(TemplateData data, int variables)
{
    /// <summary>Characters that a run may write: as long as any record is.</summary>
    public const int MaxOutput = 256 * 1024;

    /// <summary>Actions and expressions that a run may go through.</summary>
    public const int MaxSteps = 100_000;

    private readonly StringBuilder _output = new();
    private readonly TemplateValue[] _variables = new TemplateValue[variables];
    private int _steps;

    public TemplateData Data => data;

    /// <summary>What the dot means at the moment inside <c>range</c>.</summary>
    public TemplateValue Dot { get; set; }

    /// <summary>Why the run has ended; null as long as it goes well.</summary>
    public string? Error { get; private set; }

    public string Output => _output.ToString();

    public ref TemplateValue Variable(int slot) => ref _variables[slot];

    /// <summary>False once the run is to end.</summary>
    public bool TryStep()
    {
        if (++_steps > MaxSteps)
        {
            Fail($"more than {MaxSteps} steps");
        }

        return Error is null;
    }

    public void Write(string text)
    {
        if (Error is not null)
        {
            return;
        }

        if (_output.Length + text.Length > MaxOutput)
        {
            Fail($"more than {MaxOutput} characters");
            return;
        }

        _output.Append(text);
    }

    /// <summary>Ends the run; the first reason stays.</summary>
    public TemplateValue Fail(string error)
    {
        Error ??= error;
        return TemplateValue.None;
    }
}
