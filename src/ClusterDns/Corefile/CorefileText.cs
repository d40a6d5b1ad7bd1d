using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ClusterDns.Corefile;

/// <summary>Reads a file's text as UTF-8, whatever it claims to be, and never more of it than allowed.</summary>
internal static class CorefileText
{
    /// <param name="open">Opens the file; may fail as <see cref="ICorefileFiles.Open"/> does.</param>
    /// <param name="text">All of the file.</param>
    /// <param name="reason">Why there is no text: the system's words, or that the file is too long.</param>
    public static bool TryRead(
        Func<Stream> open, [NotNullWhen(true)] out string? text, [NotNullWhen(false)] out string? reason)
    {
        text = null;
        reason = $"longer than {CorefileLimits.MaxFileLength} octets";
        try
        {
            using var stream = open();
            using var content = new MemoryStream();
            var chunk = new byte[16 * 1024];
            for (int count; (count = stream.Read(chunk)) > 0;)
            {
                content.Write(chunk, 0, count);
                if (content.Length > CorefileLimits.MaxFileLength)
                {
                    return false;
                }
            }

            text = Encoding.UTF8.GetString(content.GetBuffer(), 0, (int)content.Length);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            reason = exception.Message;
            return false;
        }
    }
}
