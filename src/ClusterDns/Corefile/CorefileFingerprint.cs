using System.Security.Cryptography;
using System.Text;

namespace ClusterDns.Corefile;

/// <summary>
/// Tells whether a configuration changed. Words count with their file and line, so a comment behind a word changes
/// nothing and a new line above it does; environment variables and imports count with what they brought.
/// </summary>
internal static class CorefileFingerprint
{
    /// <summary>SHA-512 as 128 lower-case hexadecimal digits.</summary>
    public static string Of(CorefileDocument document)
    {
        using var hash = SHA512.Create();
        using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
        using (var writer = new BinaryWriter(stream, Encoding.UTF8))
        {
            // Every list and every text goes with its length, so that no two documents write the same octets.
            writer.Write(document.Blocks.Count);
            foreach (var block in document.Blocks)
            {
                Write(writer, block.Keys);
                Write(writer, block.Directives);
            }
        }

        return Convert.ToHexStringLower(hash.Hash!);
    }

    private static void Write(BinaryWriter writer, IReadOnlyList<Directive> directives)
    {
        writer.Write(directives.Count);
        foreach (var directive in directives)
        {
            Write(writer, directive.NameToken);
            Write(writer, directive.Arguments);
            writer.Write(directive.HasBlock);
            Write(writer, directive.Properties);
        }
    }

    private static void Write(BinaryWriter writer, IReadOnlyList<CorefileToken> tokens)
    {
        writer.Write(tokens.Count);
        foreach (var token in tokens)
        {
            Write(writer, token);
        }
    }

    private static void Write(BinaryWriter writer, CorefileToken token)
    {
        writer.Write(token.Text);
        writer.Write(token.File);
        writer.Write(token.Line);
    }
}
