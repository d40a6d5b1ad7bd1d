using System.Text;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>The <c>namespaces</c> property: which namespaces have names at all.</summary>
internal sealed class NamespaceFilter
{
    private readonly byte[][] _sorted;

    public NamespaceFilter(IEnumerable<string> namespaces)
    {
        _sorted = [.. namespaces.Select(Encoding.UTF8.GetBytes)];
        Array.Sort(_sorted, (left, right) => left.AsSpan().SequenceCompareTo(right));
    }

    /// <summary>Every namespace passes.</summary>
    public bool IsEmpty => _sorted.Length == 0;

    /// <param name="lowerCaseLabel">Without length octet.</param>
    public bool Passes(ReadOnlySpan<byte> lowerCaseLabel)
    {
        var low = 0;
        var high = _sorted.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            switch (lowerCaseLabel.SequenceCompareTo(_sorted[middle]))
            {
                case 0:
                    return true;
                case < 0:
                    high = middle - 1;
                    break;
                default:
                    low = middle + 1;
                    break;
            }
        }

        return IsEmpty;
    }
}
