using ClusterDns.Kubernetes.Zone;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.K8sExternal;

/// <summary>A and AAAA records of Services, and CNAMEs for those that are reached by a host name.</summary>
internal sealed class ExternalAddresses(K8sExternalOptions options, KubernetesOptions cluster, OutsideLookup outside)
{
    public void Write(in ClusterQuestion question, ExternalTarget kind, ServiceEntry service, scoped in ClusterName name)
    {
        if (kind == ExternalTarget.Endpoints)
        {
            WriteEndpoints(question, service, name);
            return;
        }

        Span<byte> octets = stackalloc byte[16];
        foreach (var address in service.ExternalAddresses)
        {
            if (question.AsksFor(address.IsIPv4))
            {
                question.Reply.AddAddress(
                    Section.Answer, NameParts.Question, options.TimeToLive, octets[..address.Write(octets)]);
            }
        }
    }

    /// <summary>Writes a CNAME for each host name, and behind it what the whole server knows of that.</summary>
    public async ValueTask FollowAsync(Query query, ServiceEntry service)
    {
        for (var i = 0; i < Math.Min(service.ExternalHostnames.Length, ExternalLimits.MostHostnames); i++)
        {
            var target = service.ExternalHostnames[i].Wire.ToArray();
            query.Reply.AddName(
                Section.Answer, NameParts.Question, RecordType.CNAME, cluster.TimeToLive, NameParts.Whole(target));

            // Whatever comes of it, the CNAME itself is an answer.
            await outside.TryAddAnswersAsync(query, target).ConfigureAwait(false);
        }
    }

    private void WriteEndpoints(in ClusterQuestion question, ServiceEntry service, scoped in ClusterName name)
    {
        using var written = new WrittenRecords(
            question.Reply, stackalloc ushort[WrittenRecords.UsualSlots], service.ReadyCount);
        foreach (var endpoint in new MatchingEndpoints(service, name))
        {
            if (question.AsksFor(endpoint.Group.IsIPv4)
                && written.TryAdd(new AddressKey(endpoint.Address))
                && !question.Reply.AddAddress(Section.Answer, NameParts.Question, options.TimeToLive, endpoint.Address))
            {
                return;
            }
        }
    }
}
