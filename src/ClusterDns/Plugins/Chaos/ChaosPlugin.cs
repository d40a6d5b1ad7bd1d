using System.Runtime.CompilerServices;
using System.Text;
using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Chaos;

/// <summary>
/// Tells about the server itself in the class CH: its version, its authors, and which of many it is (RFC 4892).
/// </summary>
internal sealed class ChaosPlugin(ChaosOptions options, string host) : Plugin
{
    /// <summary>Octets of one string in a TXT record (RFC 1035, 3.3.14).</summary>
    private const int LongestString = 255;

    private static readonly DnsName VersionBind = DnsName.Parse("version.bind.");
    private static readonly DnsName VersionServer = DnsName.Parse("version.server.");
    private static readonly DnsName AuthorsBind = DnsName.Parse("authors.bind.");
    private static readonly DnsName HostnameBind = DnsName.Parse("hostname.bind.");
    private static readonly DnsName IdServer = DnsName.Parse("id.server.");

    private readonly byte[][] _version = [TextData(options.Version)];
    private readonly byte[][] _authors = [.. options.Authors.Select(TextData)];
    private readonly byte[][] _host = [TextData(host)];

    public override string Name => "chaos";

    public override ValueTask<ServeResult> ServeAsync(Query query) => new(Serve(query));

    private ServeResult Serve(Query query)
    {
        if (query.Trace is not null)
        {
            Tell(query);
        }

        if (!IsAsked(query) || Find(query.Name.Wire) is not { } texts)
        {
            return ServeResult.Declined;
        }

        var reply = query.Reply;
        reply.Clear();
        foreach (var text in texts)
        {
            reply.AddRaw(Section.Answer, NameParts.Question, RecordType.TXT, RecordClass.CH, timeToLive: 0, text);
        }

        query.AnsweredBy = Name;
        return ServeResult.Answered;
    }

    private static bool IsAsked(Query query) => query.Class == RecordClass.CH && query.Type == RecordType.TXT;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Tell(Query query)
    {
        if (Find(query.Name.Wire) is not null)
        {
            query.Trace!.Add(new ChaosStep(WireName.ToText(query.Name.Wire), IsAsked(query)));
        }
    }

    private byte[][]? Find(ReadOnlySpan<byte> name) =>
        name.SequenceEqual(VersionBind.Wire) || name.SequenceEqual(VersionServer.Wire) ? _version
        : name.SequenceEqual(HostnameBind.Wire) || name.SequenceEqual(IdServer.Wire) ? _host
        : name.SequenceEqual(AuthorsBind.Wire) ? _authors
        : null;

    private static byte[] TextData(string text)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        var length = Math.Min(octets.Length, LongestString);
        return [(byte)length, .. octets.AsSpan(0, length)];
    }
}
