using System.Globalization;
using ClusterDns.Wire;

namespace ClusterDns.Explaining;

/// <summary>A name, everything that a client's resolver asks because of it, and why each reply is what it is.</summary>
/// <param name="Request">What a person wants to know.</param>
/// <param name="Client">Who looks it up.</param>
/// <param name="Search">The client's search list.</param>
/// <param name="Names">The names that were asked for, up to the first with an answer.</param>
internal sealed record Explanation(
    ExplainRequest Request, ExplainedClient Client, ClientSearch Search, IReadOnlyList<ExplainedName> Names)
{
    /// <summary>So many queries for nothing are worth a word; those of one list element more or less are not.</summary>
    private const int ManyInVain = 3;

    public bool IsResolved => Names.Any(name => name.IsResolved);

    /// <summary>What a person would do next; empty where nothing is to be done.</summary>
    public string Advice
    {
        get
        {
            if (!IsResolved)
            {
                return Names.MaxBy(name => name.Nearness)?.Advice ?? "";
            }

            var found = Names.Count - 1;
            var stop = Names.Take(found).Index().Where(step => step.Item.Code != ResponseCode.NameError).Select(step => step.Index + 1).FirstOrDefault();
            return stop > 0
                    ? $"Write `{Names[found].Name}` with its final dot: resolvers that take no reply but NXDOMAIN for a reason to go on, as musl's, stop at {stop}."
                : Names[found].Advice.Length == 0 && found >= ManyInVain
                    ? string.Create(CultureInfo.InvariantCulture, $"Write `{Names[found].Name}` with its final dot, or lower ndots: {found} queries were in vain.")
                : Names[found].Advice;
        }
    }
}
