using System.Text;
using ClusterDns.Corefile;

namespace ClusterDns.Tests.Corefile;

/// <summary>Server blocks in the one form that leaves nothing open: every word bare, every line its own.</summary>
internal static class CorefileNotation
{
    /// <summary>One block after the other.</summary>
    /// <param name="blocks">What was read.</param>
    /// <param name="quote">How a word is written; bare if not given.</param>
    public static string Write(IEnumerable<ServerBlock> blocks, Func<string, string>? quote = null)
    {
        var text = new StringBuilder();
        foreach (var block in blocks)
        {
            Line(text, 0, block.Keys, "{", quote);
            Write(text, 1, block.Directives, quote);
            text.Append("}\n");
        }

        return text.ToString();
    }

    private static void Write(
        StringBuilder text, int depth, IEnumerable<Directive> directives, Func<string, string>? quote)
    {
        foreach (var directive in directives)
        {
            Line(text, depth, [directive.NameToken, .. directive.Arguments], directive.HasBlock ? "{" : null, quote);
            if (directive.HasBlock)
            {
                Write(text, depth + 1, directive.Properties, quote);
                text.Append(' ', depth * 4).Append("}\n");
            }
        }
    }

    private static void Line(
        StringBuilder text, int depth, IEnumerable<CorefileToken> words, string? brace, Func<string, string>? quote)
    {
        var written = words.Select(word => quote is null ? word.Text : quote(word.Text));
        text.Append(' ', depth * 4).AppendJoin(' ', brace is null ? written : written.Append(brace)).Append('\n');
    }
}
