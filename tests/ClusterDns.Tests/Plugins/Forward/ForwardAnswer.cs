using System.Net;
using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Tests.Plugins.Forward;

/// <summary>How a query ended.</summary>
/// <param name="Query">With its reply.</param>
/// <param name="Result">What the chain said.</param>
/// <param name="Elapsed">How long it took by the test's clock.</param>
internal sealed record ForwardAnswer(Query Query, ServeResult Result, TimeSpan Elapsed)
{
    public Reply Reply => Query.Reply;

    public ResponseCode Code => Result.CodeFor(Query);

    public string? Error => Query.Error;

    /// <summary>The addresses of the answer, blanks between.</summary>
    public string Addresses
    {
        get
        {
            var found = new List<string>();
            var records = Reply.ReadRecords();
            while (records.TryRead(out var record))
            {
                if (record.Type is RecordType.A or RecordType.AAAA)
                {
                    found.Add(new IPAddress(record.Data(Reply.Message)).ToString());
                }
            }

            return string.Join(' ', found);
        }
    }
}
