using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Any;

/// <summary>
/// Answers ANY with one HINFO record that says it is no longer answered (RFC 8482, 4.2): a small question with a large
/// answer is what an attacker who forges its sender wants.
/// </summary>
internal sealed class AnyPlugin : Plugin
{
    private const uint TimeToLive = 8482;

    public override string Name => "any";

    /// <summary>CPU and OS (RFC 1035, 3.3.2). <c>\x</c> would take the letter behind it for a digit.</summary>
    private static ReadOnlySpan<byte> HostInformation => "\u000DANY obsoleted\u000CSee RFC 8482"u8;

    public override ValueTask<ServeResult> ServeAsync(Query query)
    {
        if (query.Type != RecordType.ANY || query.Class != RecordClass.IN)
        {
            return new ValueTask<ServeResult>(ServeResult.Declined);
        }

        query.Trace?.Add(new AnyStep());
        query.Reply.Clear();
        query.Reply.AddRaw(
            Section.Answer, NameParts.Question, RecordType.HINFO, RecordClass.IN, TimeToLive, HostInformation);
        query.AnsweredBy = Name;
        return new ValueTask<ServeResult>(ServeResult.Answered);
    }
}
