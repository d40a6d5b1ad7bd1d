using ClusterDns.Corefile;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClusterDns.Serving;

/// <summary>
/// Finds every mistake in the lines of one directive, with the code that a server sets them up with and that stops at
/// the first: each line is set up again with what was found wrong put right or left out, until nothing is. A check's,
/// never a server's.
/// </summary>
internal sealed class DirectiveTrials(PluginDescriptor descriptor, BlockSetup block, CorefileMistakes mistakes)
{
    /// <summary>Mistakes told of one line; somebody with more of them has another problem.</summary>
    private const int MostMistakes = 200;

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
        for (Directive? trial = line; trial is not null && found < MostMistakes && Fault(trial) is { } mistake; found++)
        {
            var property = trial.Properties.FirstOrDefault(mistake.IsIn);
            if (property is not null || !IsForRemoval(trial, mistake, removed))
            {
                mistakes.Report(mistake);
            }

            trial = StandIns.ForWord(trial, mistake, Fault)
                ?? (property is not null ? Without(trial, property, removed)
                : removed.Count == 0 ? StandIns.ForArguments(trial, Fault)
                : null);
        }

        return found == 0;
    }

    /// <summary>Whether the line is faulted only for lacking what has just been taken away.</summary>
    private static bool IsForRemoval(Directive trial, CorefileException mistake, List<string> removed) =>
        removed.Count > 0
        && (trial.Properties.Count == 0 || removed.Any(name => mistake.Reason.Contains(name, StringComparison.Ordinal)));

    private static Directive Without(Directive line, Directive property, List<string> removed)
    {
        removed.Add(property.Name);
        return line with { Properties = [.. line.Properties.Where(other => !ReferenceEquals(other, property))] };
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
            return mistake.PlacedIn(line.Properties.FirstOrDefault(mistake.IsIn) ?? line);
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
            ViewName = block.ViewName,
            Root = block.Root,
            Listener = block.Listener,
        };
        spare.BindAddresses.AddRange(block.BindAddresses);
        return spare;
    }
}
