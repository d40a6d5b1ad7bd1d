namespace ClusterDns.Corefile;

/// <summary>The outer half of the grammar: groups words into server blocks and keeps the snippets apart.</summary>
internal sealed class CorefileParser(
    TokenStream tokens,
    CorefileImports imports,
    EnvironmentReferences environment,
    DirectiveReader directives,
    CorefileMistakes mistakes)
{
    /// <exception cref="CorefileException">The first mistake in the file, unless mistakes are gathered.</exception>
    public CorefileDocument Parse()
    {
        var blocks = new List<ServerBlock>();
        var warnings = new List<string>();
        while (tokens.Next is not null)
        {
            var keys = ReadKeys();
            if (keys is [var key] && SnippetName(key) is { } name)
            {
                var body = ReadSnippetBody();
                mistakes.Try(() => imports.Define(name, body));
            }
            else if (keys.Count > 0)
            {
                blocks.Add(new ServerBlock(keys, ReadDirectives()));
            }
            else if (tokens.Next is { } first)
            {
                ReadDirectives();
                warnings.Add($"{first.File}:{first.Line} - Server block without a key is left out");
            }
        }

        return new CorefileDocument(blocks, [.. imports.Warnings, .. warnings]);
    }

    /// <summary>To an opening brace, or to the end of the line; a comma there continues on the next line.</summary>
    private List<CorefileToken> ReadKeys()
    {
        var keys = new List<CorefileToken>();
        var mustContinue = false;
        var mayContinue = true;
        while (tokens.Next is { } next && mayContinue)
        {
            if (next.Text == "import" && tokens.NextOnLine is null)
            {
                directives.Import();
                continue;
            }

            if (next.Text == "{")
            {
                if (mustContinue)
                {
                    mistakes.Report(ExtraComma(next));
                }

                return keys;
            }

            var key = environment.Fill(tokens.Read());
            mustContinue = key.Text.EndsWith(',');
            mayContinue = mustContinue || tokens.NextOnLine is not null;
            if (key.Text.Length > 0)
            {
                keys.Add(mustContinue ? key with { Text = key.Text[..^1] } : key);
            }
        }

        if (mustContinue)
        {
            mistakes.Report(CorefileException.At(tokens.Last!, "Unexpected EOF"));
        }

        return keys;
    }

    private static CorefileException ExtraComma(CorefileToken brace) =>
        CorefileException.At(brace, "Expected another address but had '{' - check for extra comma");

    private static CorefileToken? SnippetName(CorefileToken key) =>
        key.Text is ['(', .. var name, ')'] ? key with { Text = name } : null;

    /// <summary>Keeps the words as they are: imports and variables are resolved where the snippet is used.</summary>
    private List<CorefileToken> ReadSnippetBody()
    {
        if (tokens.Next is not { Text: "{" })
        {
            mistakes.Report(CorefileException.Unexpected(tokens.Next ?? tokens.Last!, "{"));
            return [];
        }

        tokens.Read();
        var body = new List<CorefileToken>();
        var depth = 1;
        while (tokens.Next is not null)
        {
            var token = tokens.Read();
            depth += token.Text switch { "{" => 1, "}" => -1, _ => 0 };
            if (depth == 0)
            {
                return body;
            }

            body.Add(token);
        }

        mistakes.Report(CorefileException.Unexpected(tokens.Last!, "}"));
        return body;
    }

    /// <summary>A block's body with its braces. Without braces it ends with the file, or at a stray brace.</summary>
    private List<Directive> ReadDirectives()
    {
        if (tokens.Next is not { Text: "{" })
        {
            return directives.ReadToBrace();
        }

        tokens.Read();
        var body = directives.ReadToBrace();

        // Only the last word counts, as in CoreDNS: a file that ends behind a plugin's closing brace and lacks the
        // block's own is served there, so it is served here.
        if (tokens.Last is not { Text: "}" } && !directives.MissesBrace)
        {
            mistakes.Report(CorefileException.Unexpected(tokens.Last!, "}"));
        }

        return body;
    }
}
