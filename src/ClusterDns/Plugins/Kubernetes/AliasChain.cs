using ClusterDns.Kubernetes.Zone;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>Follows ExternalName Services from one to the next as long as they stay in the zone that was asked.</summary>
internal sealed class AliasChain(KubernetesOptions options, NameFinder finder, AddressAnswers addresses)
{
    /// <summary>CNAME records of the longest chain; a longer one, a circle for instance, leads nowhere.</summary>
    private const int MostLinks = 10;

    /// <summary>
    /// Writes the CNAMEs from the question's name on, and the addresses at their end. Gives the Service whose target lies
    /// outside the zone, if the chain gets to one: somebody else has to go on from there. A chain that ends inside without
    /// any address leaves nothing behind, not even its CNAMEs.
    /// </summary>
    public ServiceEntry? Write(in ClusterQuestion question, ServiceEntry first)
    {
        var reply = question.Reply;
        var link = first;
        var owner = NameParts.Question;
        Span<byte> lowerCaseTarget = stackalloc byte[WireName.MaxLength];
        for (var links = 0; links < MostLinks; links++)
        {
            var spelt = link.ExternalName;
            reply.AddName(Section.Answer, owner, RecordType.CNAME, options.TimeToLive, NameParts.Whole(spelt));
            var target = lowerCaseTarget[..spelt.Length];
            WireName.ToLower(spelt, target);
            if (!TryCountLabels(target, question.Zone, out var labels))
            {
                Tell(question, link, AliasEnd.OutsideZone);
                return link;
            }

            owner = NameParts.Whole(spelt);
            var found = finder.Find(question, target, labels);
            if (found.Kind != TargetKind.Alias)
            {
                var aliases = reply.AnswerCount;
                addresses.Write(question, found, owner);
                var isAnswered = reply.AnswerCount > aliases;
                Tell(question, link, isAnswered ? AliasEnd.Addresses : AliasEnd.NoAddress);
                if (!isAnswered)
                {
                    reply.Clear();
                }

                return null;
            }

            link = found.Service;
        }

        Tell(question, link, AliasEnd.TooLong);
        reply.Clear();
        return null;
    }

    private static void Tell(in ClusterQuestion question, ServiceEntry last, AliasEnd end) =>
        question.Query.Trace?.Add(new AliasStep(WireName.ToText(last.ExternalName), end));

    /// <summary>Labels of a name in front of the zone; false if it is not in the zone.</summary>
    private static bool TryCountLabels(ReadOnlySpan<byte> lowerCaseName, DnsName zone, out int labels)
    {
        labels = WireName.CountLabels(lowerCaseName) - zone.LabelCount;
        for (var i = labels; i > 0; i--)
        {
            lowerCaseName = lowerCaseName[(lowerCaseName[0] + 1)..];
        }

        return labels >= 0 && lowerCaseName.SequenceEqual(zone.Wire);
    }
}
