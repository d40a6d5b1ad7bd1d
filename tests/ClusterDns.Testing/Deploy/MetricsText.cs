using System.Text.RegularExpressions;

namespace ClusterDns.Testing.Deploy;

/// <summary>What a metrics page exports: names of series as a query asks for them, and their labels.</summary>
public sealed partial class MetricsText
{
    private readonly Dictionary<string, HashSet<string>> _labelsByName = [];

    public MetricsText(string page)
    {
        foreach (var line in page.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Declaration().Match(line) is { Success: true } declaration)
            {
                Declare(declaration.Groups[1].Value, declaration.Groups[2].Value);
            }
            else if (Sample().Match(line) is { Success: true } sample)
            {
                _labelsByName[sample.Groups[1].Value].UnionWith(
                    LabelName().Matches(sample.Groups[2].Value).Select(label => label.Groups[1].Value));
            }
        }
    }

    public IReadOnlyCollection<string> Names => _labelsByName.Keys;

    /// <summary>Declared only: nothing has happened yet that would be counted under a label.</summary>
    public IEnumerable<string> WithoutLabels => _labelsByName.Where(pair => pair.Value.Count == 0).Select(pair => pair.Key);

    public bool Has(string name) => _labelsByName.ContainsKey(name);

    public IReadOnlySet<string> LabelsOf(string name) => _labelsByName[name];

    private void Declare(string family, string type)
    {
        string[] endings = type == "histogram" ? ["_bucket", "_sum", "_count"] : [""];
        foreach (var ending in endings)
        {
            _labelsByName[family + ending] = [];
        }
    }

    [GeneratedRegex(@"^# TYPE (\S+) (\S+)$")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^([a-z][a-z0-9_]*)(?:\{(.*)\})? \S+$")]
    private static partial Regex Sample();

    [GeneratedRegex("""(?:^|,)([a-z_]+)=(?="(?:\\.|[^"\\])*")""")]
    private static partial Regex LabelName();
}
