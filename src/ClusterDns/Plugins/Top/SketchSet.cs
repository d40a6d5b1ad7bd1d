using ClusterDns.Plugins.Top.Sketches;

namespace ClusterDns.Plugins.Top;

/// <summary>A sketch for each family.</summary>
internal sealed class SketchSet
{
    private readonly Sketch[] _sketches = [.. Enum.GetValues<TopFamily>().Select(TopFamilies.CreateSketch)];

    public long Octets => _sketches.Sum(sketch => sketch.Octets);

    public Sketch this[TopFamily family] => _sketches[(int)family];

    public void Clear()
    {
        foreach (var sketch in _sketches)
        {
            sketch.Clear();
        }
    }
}
