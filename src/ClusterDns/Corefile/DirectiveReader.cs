namespace ClusterDns.Corefile;

/// <summary>The inner half of the grammar: one line, one directive, with properties between braces.</summary>
internal sealed class DirectiveReader(
    TokenStream tokens,
    CorefileImports imports,
    EnvironmentReferences environment,
    DirectiveNames names,
    CorefileMistakes mistakes)
{
    /// <summary>The last block had no closing brace, and it has been said.</summary>
    public bool MissesBrace { get; private set; }

    /// <summary>The directives of a server block, through the brace that closes it or to the end of the file.</summary>
    public List<Directive> ReadToBrace()
    {
        var directives = new List<Directive>();
        MissesBrace = false;
        while (tokens.Next is { } next)
        {
            if (next.Text == "}")
            {
                tokens.Read();
                break;
            }

            if (next.Text == "import")
            {
                Import();
                continue;
            }

            if (ReadLine(depth: 0) is { } directive)
            {
                directives.Add(directive);
            }
            else if (MissesBrace)
            {
                break;
            }

            ExpectEndOfLine();
        }

        return directives;
    }

    /// <summary>Puts what the next words import in their place; of an import that cannot be, nothing is left.</summary>
    public void Import()
    {
        if (!mistakes.Try(() => imports.Expand(tokens)))
        {
            SkipLine();
        }
    }

    /// <param name="depth">Braces open around the line, those of the server block not counted.</param>
    /// <returns>Null for a directive that nobody knows, if that was not thrown.</returns>
    private Directive? ReadLine(int depth)
    {
        var name = ReadWord();
        var isKnown = depth > 0 || mistakes.Try(() => names.Require(name));
        var arguments = ReadArguments(depth);
        var hasBlock = tokens.NextOnLine is { Text: "{" };
        if (!isKnown && hasBlock && name.Text.AsSpan().IndexOfAny('.', ':') >= 0)
        {
            // Nothing is called so, but a server block could be: the brace of this one is missing, and that one begins.
            MissesBrace = true;
            tokens.Splice("", [name, .. arguments]);
            return null;
        }

        var properties = hasBlock ? ReadProperties(depth + 1) : [];
        return isKnown ? new Directive(name, arguments, properties, hasBlock) : null;
    }

    private List<CorefileToken> ReadArguments(int depth)
    {
        var arguments = new List<CorefileToken>();
        while (tokens.NextOnLine is { } next && next.Text != "{")
        {
            if (next.Text == "}")
            {
                // Behind a property on its line the closing brace is also its last argument. So CoreDNS reads it, and
                // most plugins then complain of an argument too many.
                return depth == 0 ? arguments : [.. arguments, next];
            }

            arguments.Add(ReadWord());
        }

        return arguments;
    }

    // A word may become a path, and for one with a NUL the runtime throws what nobody expects of a file.
    private CorefileToken ReadWord()
    {
        var word = environment.Fill(tokens.Read());
        if (!word.Text.Contains('\0'))
        {
            return word;
        }

        mistakes.Report(CorefileException.At(word, "a word with a NUL character in it"));
        return word with { Text = word.Text.Replace("\0", "") };
    }

    private List<Directive> ReadProperties(int depth)
    {
        var brace = tokens.Read();
        if (depth > CorefileLimits.MaxNesting)
        {
            throw CorefileException.At(brace, $"more than {CorefileLimits.MaxNesting} braces within each other");
        }

        var properties = new List<Directive>();
        while (tokens.Next is { } next)
        {
            switch (next.Text)
            {
                case "}":
                    tokens.Read();
                    return properties;
                case "{":
                    mistakes.Report(CorefileException.At(next, "unknown property '{'"));
                    SkipBraces();
                    break;
                case "import" when tokens.NextOnLine is null:
                    Import();
                    break;
                default:
                    properties.Add(ReadLine(depth)!);
                    break;
            }
        }

        mistakes.Report(CorefileException.At(tokens.Last!, "Unexpected EOF"));
        return properties;
    }

    private void ExpectEndOfLine()
    {
        if (tokens.NextOnLine is { } extra)
        {
            mistakes.Report(extra.Text == "}"
                ? CorefileException.At(extra, "Unexpected '}' because no matching opening brace")
                : CorefileException.Unexpected(extra, "end of line"));
            SkipLine();
        }
    }

    /// <summary>Behind a mistake: to the end of the line, over what it has between braces, but not out of the block.</summary>
    private void SkipLine()
    {
        while (tokens.NextOnLine is { Text: not "}" } next)
        {
            if (next.Text == "{")
            {
                SkipBraces();
            }
            else
            {
                tokens.Read();
            }
        }
    }

    private void SkipBraces()
    {
        var depth = 0;
        do
        {
            depth += tokens.Read().Text switch { "{" => 1, "}" => -1, _ => 0 };
        }
        while (depth > 0 && tokens.Next is not null);
    }
}
