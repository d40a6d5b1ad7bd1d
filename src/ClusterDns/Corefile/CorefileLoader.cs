namespace ClusterDns.Corefile;

/// <summary>Reads a whole configuration: at start, and at every look that <c>reload</c> takes.</summary>
/// <param name="files">Where the Corefile and its imports are.</param>
/// <param name="environment">A variable's value, null when unset.</param>
/// <param name="directiveNames">Every directive that may occur; <c>import</c> needs no mention.</param>
/// <param name="gathered">Takes the mistakes inside the text; null to have the first one thrown.</param>
internal sealed class CorefileLoader(
    ICorefileFiles files,
    Func<string, string?> environment,
    IReadOnlyCollection<string> directiveNames,
    CorefileMistakes? gathered = null)
{
    /// <summary>The file that is read when none is named, if it is there.</summary>
    public const string DefaultPath = "Corefile";

    /// <summary>The <c>-conf</c> value that means standard input, and its name in messages.</summary>
    public const string StandardInputName = "stdin";

    /// <summary>Served when nothing is configured, on the port that a key without one has.</summary>
    private const string DefaultBlock =
        """
        . {
            whoami
            log
        }
        """;

    private readonly DirectiveNames _names = new(directiveNames);
    private readonly CorefileMistakes _mistakes = gathered ?? CorefileMistakes.Thrown;

    /// <summary>A file that somebody named: it has to be there.</summary>
    /// <exception cref="CorefileException">It cannot be read, or there is a mistake in it.</exception>
    public CorefileDocument LoadFile(string path) => Load(() => files.Open(path), path);

    /// <summary><see cref="DefaultPath"/> in the working directory; without it, the default block.</summary>
    /// <exception cref="CorefileException">It is there and cannot be read, or there is a mistake in it.</exception>
    public CorefileDocument LoadDefault() =>
        files.Find(Path.GetFullPath(DefaultPath)).Count > 0 ? LoadFile(DefaultPath) : Parse("", DefaultPath);

    /// <summary>Standard input to its end. Imports are relative to the working directory.</summary>
    /// <exception cref="CorefileException">It cannot be read, or there is a mistake in it.</exception>
    public CorefileDocument LoadStandardInput(Stream input) => Load(() => input, StandardInputName);

    private CorefileDocument Load(Func<Stream> open, string file) =>
        CorefileText.TryRead(open, out var text, out var reason)
            ? Parse(text, file)
            : throw new CorefileException($"{file} cannot be read: {reason}");

    private CorefileDocument Parse(string text, string file)
    {
        var tokens = new TokenStream(Path.GetFullPath(file), CorefileLexer.ReadAll(text, file));
        var references = new EnvironmentReferences(environment);
        var imports = new CorefileImports(files, references);
        var directives = new DirectiveReader(tokens, imports, references, _names, _mistakes);
        var document = new CorefileParser(tokens, imports, references, directives, _mistakes).Parse();
        return document.Blocks.Count > 0 || _mistakes.All.Count > 0
            ? document
            : document with { Blocks = Parse(DefaultBlock, DefaultPath).Blocks };
    }
}
