using ClusterDns.Corefile;

namespace ClusterDns.Cli.Checking;

/// <summary>A quote that nobody closes makes the rest of the file one word, and the server takes it so.</summary>
internal static class UnclosedQuoteRule
{
    public static IEnumerable<Finding> Find(RecordedFiles files)
    {
        foreach (var (file, text) in files.Texts)
        {
            if (Words(text, file) is [.., var last] words && Words($"{text}\n\"", file).Count == words.Count)
            {
                yield return Finding.Warning(
                    last, "this quote is never closed: the rest of the file is one word", "close it, or write \\\" for a quote inside a word");
            }
        }
    }

    // One more quote begins a word, unless there is one to be ended.
    private static IReadOnlyList<CorefileToken> Words(string text, string file)
    {
        try
        {
            return CorefileLexer.ReadAll(text, file);
        }
        catch (CorefileException)
        {
            return [];
        }
    }
}
