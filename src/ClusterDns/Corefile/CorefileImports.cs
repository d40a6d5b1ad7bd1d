namespace ClusterDns.Corefile;

/// <summary>
/// What <c>import</c> can name: the snippets defined so far, and files. Each file is read once for a configuration, so
/// that none sees two states of it.
/// </summary>
internal sealed class CorefileImports(ICorefileFiles files, EnvironmentReferences environment)
{
    private readonly Dictionary<string, IReadOnlyList<CorefileToken>> _snippets = [];
    private readonly Dictionary<string, IReadOnlyList<CorefileToken>> _files = [];
    private readonly List<string> _warnings = [];
    private int _snippetImports;
    private int _fileImports;

    public IReadOnlyList<string> Warnings => _warnings;

    public void Define(CorefileToken name, IReadOnlyList<CorefileToken> body)
    {
        if (!_snippets.TryAdd(name.Text, body))
        {
            throw CorefileException.At(name, $"redeclaration of previously declared snippet {name.Shown}");
        }
    }

    /// <summary>Replaces <c>import NAME</c>, whose first word comes next, by the words it stands for.</summary>
    public void Expand(TokenStream tokens)
    {
        var operand = ReadOperand(tokens);
        if (_snippets.TryGetValue(operand.Text, out var body))
        {
            ExpandSnippet(tokens, operand, body);
        }
        else
        {
            ExpandFiles(tokens, operand);
        }
    }

    private CorefileToken ReadOperand(TokenStream tokens)
    {
        var import = tokens.Read();
        if (tokens.NextOnLine is null)
        {
            throw CorefileException.At(import, "Wrong argument count or unexpected line ending after 'import'");
        }

        var operand = environment.Fill(tokens.Read());
        if (operand.Text.Length == 0)
        {
            throw CorefileException.At(operand, "Import requires a non-empty filepath");
        }

        return tokens.NextOnLine is null
            ? operand
            : throw CorefileException.At(operand, "Import takes only one argument (glob pattern or file)");
    }

    private void ExpandSnippet(TokenStream tokens, CorefileToken operand, IReadOnlyList<CorefileToken> body)
    {
        var origin = $"({operand.Text})";
        if (++_snippetImports > CorefileLimits.MaxSnippetImports || tokens.IsReading(origin))
        {
            throw TooDeep(operand, "snippet", CorefileLimits.MaxSnippetImports);
        }

        tokens.Splice(origin, body);
    }

    private void ExpandFiles(TokenStream tokens, CorefileToken operand)
    {
        if (++_fileImports > CorefileLimits.MaxFileImports)
        {
            throw TooDeep(operand, "file", CorefileLimits.MaxFileImports);
        }

        foreach (var path in Find(operand).Reverse())
        {
            if (tokens.IsReading(path))
            {
                throw TooDeep(operand, "file", CorefileLimits.MaxFileImports);
            }

            tokens.Splice(path, ReadFile(operand, path));
        }
    }

    /// <summary>
    /// For too many imports, and at once for one that stands inside what it imports: since nothing in a Corefile is
    /// conditional, that one would only end at the limit.
    /// </summary>
    private static CorefileException TooDeep(CorefileToken operand, string kind, int limit) =>
        CorefileException.At(operand, $"maximum {kind} import depth ({limit}) exceeded");

    private IReadOnlyList<string> Find(CorefileToken operand)
    {
        var pattern = ImportPattern.Parse(operand);
        var paths = files.Find(pattern.FullPath);
        if (paths.Count == 0 && !pattern.HasWildcard)
        {
            throw CorefileException.At(operand, $"File to import not found: {operand.Shown}");
        }

        if (paths.Count == 0)
        {
            _warnings.Add($"No files matching import glob pattern: {operand.Shown}");
        }

        return paths;
    }

    private IReadOnlyList<CorefileToken> ReadFile(CorefileToken operand, string path)
    {
        if (_files.TryGetValue(path, out var known))
        {
            return known;
        }

        if (!CorefileText.TryRead(() => files.Open(path), out var text, out var reason))
        {
            throw CorefileException.At(operand, $"Could not import {path}: {reason}");
        }

        return _files[path] = CorefileLexer.ReadAll(text, path);
    }
}
