using ClusterDns.Corefile;

namespace ClusterDns.Serving;

/// <summary>
/// Words put in the place of wrong ones, so that what stands behind them can be looked at. Which word is right where, only
/// the directive knows: each is tried.
/// </summary>
internal static class StandIns
{
    /// <summary>A number, a time, an address, a network, a zone, a type, a class, an rcode, a name, a listener, a switch.</summary>
    private static readonly string[] Words =
        ["1", "5s", "192.0.2.1", "10.0.0.0/8", ".", "A", "IN", "NOERROR", "example.org", ":8081", "on"];

    /// <summary>All of a line's own arguments: none, a zone, a zone and an address, a class and a type.</summary>
    private static readonly string[][] Lines = [[], ["."], [".", "192.0.2.1"], ["IN", "ANY"]];

    /// <summary>
    /// The line with another word at the place of the mistake; null if the mistake is in no one argument, or no word
    /// leads beyond it.
    /// </summary>
    public static Directive? ForWord(Directive line, CorefileException mistake, Func<Directive, CorefileException?> fault)
    {
        var property = line.Properties.FirstOrDefault(mistake.IsIn);
        var holder = property ?? line;
        var index = holder.IndexOf(mistake.Place);
        if (index < 0)
        {
            return null;
        }

        // One that is there already could be quoted for the other.
        foreach (var word in Words.Where(word => !holder.Arguments.Any(other => other.Text.Equals(word, StringComparison.OrdinalIgnoreCase))))
        {
            var arguments = holder.Arguments.ToArray();
            arguments[index] = arguments[index] with { Text = word };
            var replaced = holder with { Arguments = arguments };
            var trial = property is null
                ? replaced
                : line with { Properties = [.. line.Properties.Select(other => ReferenceEquals(other, property) ? replaced : other)] };
            if (fault(trial) is not { } next || LeadsBeyond(next, replaced, index))
            {
                return trial;
            }
        }

        return null;
    }

    /// <summary>
    /// The line with arguments that it cannot be faulted for; null if there are none, or no properties to look at.
    /// </summary>
    public static Directive? ForArguments(Directive line, Func<Directive, CorefileException?> fault) =>
        line.Properties.Count == 0
            ? null
            : Lines.Select(words => line with { Arguments = [.. words.Select(word => line.NameToken with { Text = word, Column = 0 })] })
                .FirstOrDefault(trial => fault(trial) is not { } mistake || trial.Properties.Any(mistake.IsIn));

    // A mistake told of the whole holder may be about the word that was put in.
    private static bool LeadsBeyond(CorefileException mistake, Directive holder, int index) =>
        !mistake.IsIn(holder with { Properties = [] }) || holder.IndexOf(mistake.Place) > index;
}
