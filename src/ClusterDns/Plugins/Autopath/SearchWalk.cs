using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Autopath;

/// <summary>
/// The names that a resolver would ask for one after the other, without any of them being written down: step 0 is the name
/// that was asked, the next ones drop labels behind its base, and the last ones put other elements there.
/// </summary>
/// <param name="BaseLabels">Labels of the name that the program asked for.</param>
/// <param name="Shortenings">Steps that leave out one more label behind the base.</param>
/// <param name="Elements">Elements of the steps behind those; the root is the base alone.</param>
internal readonly record struct SearchWalk(int BaseLabels, int Shortenings, DnsName[] Elements)
{
    /// <summary>Most elements of a search list that are looked at.</summary>
    public const int MostElements = 32;

    /// <summary>Steps, the name that was asked among them; at most <see cref="MostElements"/> and four more.</summary>
    public int Count => 1 + Shortenings + Elements.Length;

    /// <summary>
    /// Writes the name of a step from 1 on, the base in the client's spelling. False if it exceeds 255 octets: a resolver
    /// passes over such an element too.
    /// </summary>
    /// <param name="query">The query with the name of step 0.</param>
    /// <param name="step">1 to <see cref="Count"/>, not included.</param>
    /// <param name="destination">255 octets.</param>
    /// <param name="length">Octets written.</param>
    public bool TryWrite(Query query, int step, Span<byte> destination, out int length)
    {
        var labels = query.NameAsSent[..query.Name.OffsetOf(BaseLabels)];
        var tail = step <= Shortenings
            ? query.Name.From(BaseLabels + step)
            : Elements[step - 1 - Shortenings].Wire;
        length = labels.Length + tail.Length;
        if (length > WireName.MaxLength)
        {
            return false;
        }

        labels.CopyTo(destination);
        tail.CopyTo(destination[labels.Length..]);
        return true;
    }
}
