using ClusterDns.Corefile;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClusterDns.Serving;

/// <summary>
/// Finds every mistake in the lines of one directive, with the code that a server sets them up with and that stops at
/// the first: each line is set up again without what was found wrong, until nothing is. A check's, never a server's.
/// </summary>
internal sealed class DirectiveTrials(PluginDescriptor descriptor, BlockSetup block, CorefileMistakes mistakes)
{
    /// <summary>Mistakes told of one line; somebody with more of them has another problem.</summary>
    private const int MostMistakes = 200;

    /// <summary>
    /// What a line may have said where its own arguments are wrong, so that the properties behind them can be looked at:
    /// nothing, a zone, a zone and an address, a class and a type.
    /// </summary>
    private static readonly string[][] StandIns = [[], ["."], [".", "127.0.0.1"], ["IN", "ANY"]];

    /// <summary>Reports what is wrong, and sets the block up with the lines that are right.</summary>
    public void SetUp(IReadOnlyList<Directive> lines)
    {
        var sound = lines.Where(IsSound).ToList();
        if (descriptor.OncePerBlock && lines.Count > 1)
        {
            mistakes.Try(() => descriptor.SetUpLines(lines, Spare()));
            sound = [.. sound.Take(1)];
        }

        if (sound.Count > 0)
        {
            mistakes.Try(() => descriptor.SetUpLines(sound, block));
        }
    }

    private bool IsSound(Directive line)
    {
        var found = 0;
        var removed = new List<string>();
        for (Directive? trial = line; trial is not null && found < MostMistakes && Fault(trial) is { } mistake;)
        {
            if (PropertyAt(trial, mistake.Place) is { } property)
            {
                mistakes.Report(Placed(mistake, property));
                removed.Add(property.Name);
                trial = trial with { Properties = [.. trial.Properties.Where(other => !ReferenceEquals(other, property))] };
            }
            else
            {
                // That something is missing may be because it has just been taken away.
                if (!removed.Any(name => mistake.Reason.Contains(name, StringComparison.Ordinal)))
                {
                    mistakes.Report(Placed(mistake, line));
                }

                trial = removed.Count == 0 ? WithStandIn(trial) : null;
            }

            found++;
        }

        return found == 0;
    }

    private CorefileException? Fault(Directive line)
    {
        try
        {
            descriptor.SetUpLines([line], Spare());
            return null;
        }
        catch (CorefileException mistake)
        {
            return mistake;
        }
    }

    /// <summary>A block like this one, for a set-up that comes to nothing.</summary>
    private BlockSetup Spare()
    {
        var services = block.Services with { Logging = NullLoggerFactory.Instance };
        var spare = new BlockSetup(block.Zones, new ConfigurationSetup(services))
        {
            Words = block.Words,
            DirectiveNames = block.DirectiveNames,
            Root = block.Root,
            Listener = block.Listener,
        };
        spare.BindAddresses.AddRange(block.BindAddresses);
        return spare;
    }

    private static Directive? PropertyAt(Directive line, CorefileToken? place) =>
        place is null ? null : line.Properties.FirstOrDefault(property => Holds(property, place));

    private static bool Holds(Directive directive, CorefileToken place) =>
        IsAt(directive.NameToken, place)
        || directive.Arguments.Any(argument => IsAt(argument, place))
        || directive.Properties.Any(property => Holds(property, place));

    private static bool IsAt(CorefileToken token, CorefileToken place) =>
        token.Line == place.Line && token.Column == place.Column && token.File == place.File;

    /// <summary>A mistake told of a whole line is in the one word that it quotes, if that is one.</summary>
    private static CorefileException Placed(CorefileException mistake, Directive line)
    {
        if (mistake.Place is not { } place || !IsAt(line.NameToken, place))
        {
            return mistake;
        }

        var quoted = line.Arguments.Where(argument => Quotes(mistake.Reason, argument.Text)).Take(2).ToList();
        return quoted is [var word] ? mistake.PlacedAt(word) : mistake;
    }

    private static bool Quotes(string reason, string word)
    {
        for (var at = reason.IndexOf(word, StringComparison.Ordinal);
             at >= 0 && word.Length > 0;
             at = reason.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            var isWhole = (at == 0 || !char.IsLetterOrDigit(reason[at - 1]))
                && (at + word.Length == reason.Length || !char.IsLetterOrDigit(reason[at + word.Length]));
            if (isWhole)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The line with arguments that it cannot be faulted for; null if there are none, or no need for them.</summary>
    private Directive? WithStandIn(Directive line)
    {
        if (line.Properties.Count == 0)
        {
            return null;
        }

        return StandIns
            .Select(words => line with { Arguments = [.. words.Select(word => line.NameToken with { Text = word, Column = 0 })] })
            .FirstOrDefault(trial => Fault(trial) is not { } mistake || PropertyAt(trial, mistake.Place) is not null);
    }
}
