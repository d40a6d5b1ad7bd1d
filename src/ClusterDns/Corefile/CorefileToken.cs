namespace ClusterDns.Corefile;

/// <summary>One word of a Corefile and where it stands; imported words keep the file they came from.</summary>
/// <param name="Text">The word, unquoted, environment variables filled in.</param>
/// <param name="File">The <c>-conf</c> value, or the full path of an imported file.</param>
/// <param name="Line">Line in that file where the word begins, from 1.</param>
/// <param name="Column">Character of that line where it begins, from 1; a tab is one. 0 where nobody wrote the word.</param>
internal sealed record CorefileToken(string Text, string File, int Line, int Column = 0)
{
    private const int MaxShownLength = 100;

    /// <summary>For messages: a line at most, since behind a forgotten quote a word is the rest of the file.</summary>
    public string Shown
    {
        get
        {
            var lineEnd = Text.AsSpan().IndexOfAny('\r', '\n');
            var length = Math.Min(lineEnd < 0 ? Text.Length : lineEnd, MaxShownLength);
            return length == Text.Length ? Text : Text[..length] + "...";
        }
    }

    /// <summary>Whether both are the same word of the same file, whatever was made of it.</summary>
    public bool IsAt(CorefileToken place) => Line == place.Line && Column == place.Column && File == place.File;

    public override string ToString() => Text;
}
