namespace ClusterDns.Corefile;

/// <summary>One word of a Corefile and where it stands; imported words keep the file they came from.</summary>
/// <param name="Text">The word, unquoted, environment variables filled in.</param>
/// <param name="File">The file as the person named it: the <c>-conf</c> value or an import's path.</param>
/// <param name="Line">Line in that file, from 1.</param>
internal sealed record CorefileToken(string Text, string File, int Line)
{
    public override string ToString() => Text;
}
