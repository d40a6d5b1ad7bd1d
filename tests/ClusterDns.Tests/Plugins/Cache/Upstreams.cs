using ClusterDns.Serving;
using ClusterDns.Tests.Wire;
using ClusterDns.Wire;

namespace ClusterDns.Tests.Plugins.Cache;

/// <summary>Replies of upstreams, written into the query that asks.</summary>
internal static class Upstreams
{
    private static readonly byte[] Zone = ReplyScene.Octets("example.org.");

    /// <summary>One address, RA.</summary>
    public static ServeResult Address(Query query, uint timeToLive, byte last = 1)
    {
        Begin(query, ResponseCode.NoError).AddAddress(Section.Answer, NameParts.Question, timeToLive, [192, 0, 2, last]);
        return ServeResult.Answered;
    }

    public static ServeResult NameError(Query query, uint timeToLive)
    {
        AddStartOfAuthority(Begin(query, ResponseCode.NameError), timeToLive);
        return ServeResult.Answered;
    }

    public static ServeResult NoData(Query query, uint timeToLive)
    {
        AddStartOfAuthority(Begin(query, ResponseCode.NoError), timeToLive);
        return ServeResult.Answered;
    }

    /// <summary>A reply without any record.</summary>
    public static ServeResult Bare(Query query, ResponseCode code)
    {
        Begin(query, code);
        return ServeResult.Answered;
    }

    public static Reply Begin(Query query, ResponseCode code)
    {
        var reply = query.Reply;
        reply.Clear();
        reply.Code = code;
        reply.IsRecursionAvailable = true;
        query.AnsweredBy = "upstream";
        return reply;
    }

    public static void AddStartOfAuthority(Reply reply, uint timeToLive) => reply.AddStartOfAuthority(
        Section.Authority,
        NameParts.Whole(Zone),
        timeToLive,
        NameParts.Before(ReplyScene.Labels("ns"), Zone),
        NameParts.Before(ReplyScene.Labels("admin"), Zone),
        new SoaTimes(1, 7200, 1800, 86400, 60));

    public static void AddAlias(Reply reply, uint timeToLive, string target) => reply.AddName(
        Section.Answer, NameParts.Question, RecordType.CNAME, timeToLive, NameParts.Whole(ReplyScene.Octets(target)));
}
