using ClusterDns.Kubernetes.Zone;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Top;

/// <summary>Looks at one in so many of a block's queries and their answers.</summary>
internal sealed class TopPlugin(TopTalkers talkers) : ReplyPlugin
{
    private TopRecording? _recording;
    private KubernetesPlugin[] _clusters = [];

    public override string Name => "top";

    /// <summary>Where samples go, and who knows the pods; before the first query.</summary>
    public void Use(TopRecording recording, KubernetesPlugin[] clusters)
    {
        _recording = recording;
        _clusters = clusters;
    }

    protected override ServeResult After(Query query, ServeResult result)
    {
        if (_recording is { } recording && recording.Sampler is var sampler && sampler.IsChosen())
        {
            Look(recording, sampler, query, result);
        }

        return result;
    }

    private void Look(TopRecording recording, TopSampler sampler, Query query, ServeResult result)
    {
        // A question of our own, asked on the way to an answer, is none of the client's.
        if (query.Depth == 0 && recording.Enter(sampler) is { } tally)
        {
            tally.Enter(talkers.CurrentGeneration);
            Add(tally, query, result);
            recording.Leave(tally);
        }
    }

    private void Add(TopTally tally, Query query, ServeResult result)
    {
        Span<byte> key = stackalloc byte[TopFamilies.TalkerOctets];
        var isPod = TryFindPod(query, out var pod);
        tally.Add(TopFamily.Client, key[..TopKeys.WriteClient(query.Client, pod, isPod, key)]);
        if (isPod)
        {
            tally.Add(TopFamily.Namespace, pod.Namespace.Label);
        }

        tally.Add(TopFamily.Name, query.Name.Wire);
        if (query.Upstream is not null)
        {
            tally.Add(TopFamily.Upstream, query.Name.Wire);
        }

        if (result.Outcome is ServeOutcome.Answered or ServeOutcome.Failed)
        {
            tally.Add(TopFamily.Rcode, TopKeys.OfRcode(result.CodeFor(query), key));
        }
    }

    private bool TryFindPod(Query query, out PodView pod)
    {
        foreach (var cluster in _clusters)
        {
            if (cluster.TryFindClient(query, out pod))
            {
                return true;
            }
        }

        pod = default;
        return false;
    }
}
