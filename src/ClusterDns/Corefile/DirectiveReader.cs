namespace ClusterDns.Corefile;

/// <summary>The inner half of the grammar: one line, one directive, with properties between braces.</summary>
internal sealed class DirectiveReader(
    TokenStream tokens,
    CorefileImports imports,
    EnvironmentReferences environment,
    DirectiveNames names)
{
    /// <summary>The directives of a server block, through the brace that closes it or to the end of the file.</summary>
    public List<Directive> ReadToBrace()
    {
        var directives = new List<Directive>();
        while (tokens.Next is { } next)
        {
            if (next.Text == "}")
            {
                tokens.Read();
                break;
            }

            if (next.Text == "import")
            {
                imports.Expand(tokens);
                continue;
            }

            directives.Add(ReadLine(depth: 0));
            ExpectEndOfLine();
        }

        return directives;
    }

    /// <param name="depth">Braces open around the line, those of the server block not counted.</param>
    private Directive ReadLine(int depth)
    {
        var name = ReadWord();
        if (depth == 0)
        {
            names.Require(name);
        }

        var arguments = ReadArguments(depth);
        var hasBlock = tokens.NextOnLine is { Text: "{" };
        return new Directive(name, arguments, hasBlock ? ReadProperties(depth + 1) : [], hasBlock);
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
        return word.Text.Contains('\0') ? throw CorefileException.At(word, "a word with a NUL character in it") : word;
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
                    throw CorefileException.At(next, "unknown property '{'");
                case "import" when tokens.NextOnLine is null:
                    imports.Expand(tokens);
                    break;
                default:
                    properties.Add(ReadLine(depth));
                    break;
            }
        }

        throw CorefileException.At(tokens.Last!, "Unexpected EOF");
    }

    private void ExpectEndOfLine()
    {
        if (tokens.NextOnLine is { } extra)
        {
            throw extra.Text == "}"
                ? CorefileException.At(extra, "Unexpected '}' because no matching opening brace")
                : CorefileException.Unexpected(extra, "end of line");
        }
    }
}
