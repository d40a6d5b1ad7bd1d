using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Serving;
using ClusterDns.Serving.Tracing;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Shortnames;

/// <summary>
/// Answers names of Services that lack their end, from clients whose resolvers put none there: <c>web</c> in the client's
/// namespace, <c>web.orders</c>, <c>web.orders.svc</c>. Any other name goes on as it is.
/// </summary>
internal sealed class ShortnamesPlugin(ShortnamesOptions options, QueryPool queries) : Plugin
{
    private const int ServiceAlone = 1;
    private const int WithNamespace = 2;

    /// <summary>Names that belong to hosts of the Internet, whatever namespaces there are.</summary>
    private readonly NamespaceFilter _public = new(TopLevelDomains.Read().Except(options.Namespaces));

    private KubernetesPlugin? _kubernetes;

    public override string Name => "shortnames";

    /// <summary>Begins to answer names of this plugin's cluster.</summary>
    public void Use(KubernetesPlugin kubernetes) => Volatile.Write(ref _kubernetes, kubernetes);

    public override ValueTask<ServeResult> ServeAsync(Query query)
    {
        Span<byte> fullName = stackalloc byte[WireName.MaxLength];
        if (query.Class != RecordClass.IN
            || IsOfAZone(query.Type)
            || Volatile.Read(ref _kubernetes) is not { } kubernetes
            || !TryFind(kubernetes, query, fullName, out var length))
        {
            return new ValueTask<ServeResult>(ServeResult.Declined);
        }

        var timeToLive = options.TimeToLive ?? kubernetes.Options.TimeToLive;
        if (query.Type == RecordType.CNAME)
        {
            return new ValueTask<ServeResult>(AnswerAlias(query, fullName[..length], timeToLive));
        }

        var other = queries.Rent();
        if (other.RenameInPlaceOf(query, fullName[..length]) != QueryVerdict.Accepted)
        {
            queries.Return(other);
            return new ValueTask<ServeResult>(ServeResult.Declined);
        }

        query.Trace?.Add(new QuestionStep(Name, WireName.ToText(other.NameAsSent), other.Type));

        // A plugin that throws keeps the query: it may have handed it to something that is still under way.
        var pending = Next.ServeAsync(other);
        return pending.IsCompletedSuccessfully
            ? new ValueTask<ServeResult>(Finish(query, other, timeToLive, pending.Result))
            : AwaitAsync(query, other, timeToLive, pending);
    }

    private async ValueTask<ServeResult> AwaitAsync(Query query, Query other, uint timeToLive, ValueTask<ServeResult> pending) =>
        Finish(query, other, timeToLive, await pending.ConfigureAwait(false));

    // Since the Service exists, the name is the cluster's: if it has no endpoint, that is the answer, and not what
    // somebody else has under the name.
    private ServeResult Finish(Query query, Query other, uint timeToLive, ServeResult result)
    {
        if (result.Outcome == ServeOutcome.Answered)
        {
            AliasedReply.Write(query, other, other.NameAsSent, timeToLive);
        }
        else
        {
            AliasedReply.TakeFacts(query, other);
        }

        queries.Return(other);
        return result;
    }

    private ServeResult AnswerAlias(Query query, ReadOnlySpan<byte> fullName, uint timeToLive)
    {
        query.Reply.AddName(Section.Answer, NameParts.Question, RecordType.CNAME, timeToLive, NameParts.Whole(fullName));
        query.Reply.IsAuthoritative = true;
        query.IsLive = true;
        query.AnsweredBy = Name;
        return ServeResult.Answered;
    }

    // Servers and validators ask for these, of domains; no program asks for them of a Service.
    private static bool IsOfAZone(RecordType type) =>
        type is RecordType.NS or RecordType.SOA or RecordType.DS or RecordType.DNSKEY or RecordType.AXFR or RecordType.IXFR;

    /// <summary>Writes the full name if the short one is that of a Service that exists.</summary>
    private bool TryFind(KubernetesPlugin kubernetes, Query query, Span<byte> fullName, out int length)
    {
        length = 0;
        var name = query.Name;
        switch (name.LabelCount)
        {
            case 0:
                return false;
            case ServiceAlone:
                return kubernetes.TryFindClient(query, out var pod)
                    && kubernetes.FindService(pod.Namespace.Label, name.Label(0)) is not null
                    && TryWrite(kubernetes, query, pod.Namespace.Label, hasServices: false, fullName, out length);
            case WithNamespace:
                return kubernetes.FindService(name.Label(1), name.Label(0)) is not null
                    && !_public.Passes(name.Label(1))
                    && IsServed(kubernetes, query)
                    && TryWrite(kubernetes, query, [], hasServices: false, fullName, out length);
            case var count:
                return name.Label(count - 1).SequenceEqual("svc"u8)
                    && kubernetes.FindService(name.Label(count - 2), name.Label(count - 3)) is not null
                    && IsServed(kubernetes, query)
                    && TryWrite(kubernetes, query, [], hasServices: true, fullName, out length);
        }
    }

    private bool IsServed(KubernetesPlugin kubernetes, Query query) =>
        !options.PodsOnly || kubernetes.TryFindClient(query, out _);

    /// <summary>Puts what is missing behind the name as it was sent; false for a name over 255 octets.</summary>
    private static bool TryWrite(
        KubernetesPlugin kubernetes,
        Query query,
        ReadOnlySpan<byte> parent,
        bool hasServices,
        Span<byte> fullName,
        out int length)
    {
        var zone = kubernetes.Options.PrimaryZone.Wire;
        var labels = query.NameAsSent[..^1];
        var services = hasServices ? [] : ZoneNames.Services;
        length = labels.Length + (parent.IsEmpty ? 0 : parent.Length + 1) + services.Length + zone.Length;
        if (length > WireName.MaxLength)
        {
            return false;
        }

        var at = labels.Length;
        labels.CopyTo(fullName);
        if (!parent.IsEmpty)
        {
            fullName[at++] = (byte)parent.Length;
            parent.CopyTo(fullName[at..]);
            at += parent.Length;
        }

        services.CopyTo(fullName[at..]);
        zone.CopyTo(fullName[(at + services.Length)..]);
        return true;
    }
}
