using ClusterDns.Kubernetes.Zone;
using ClusterDns.Operations;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Top;

/// <summary>
/// Looks at one in so many of a block's queries and their answers. Which ones is known before they are answered, so that
/// the others are declined: the chain goes on with the next plugin as if this one were not there.
/// </summary>
internal sealed class TopPlugin(TopTalkers talkers) : Plugin
{
    // Nobody is chosen before it starts.
    private PerThread<TopSampler>? _samplers;
    private TopRecording? _recording;
    private KubernetesPlugin[] _clusters = [];

    public override string Name => "top";

    /// <summary>Where samples go, and who knows the pods; before the first query.</summary>
    public void Use(TopRecording recording, KubernetesPlugin[] clusters)
    {
        _recording = recording;
        _samplers = recording.Samplers;
        _clusters = clusters;
    }

    public override ValueTask<ServeResult> ServeAsync(Query query) =>
        _samplers is { } samplers && samplers.Value.IsChosen()
            ? LookAsync(_recording!, query)
            : new ValueTask<ServeResult>(ServeResult.Declined);

    private ValueTask<ServeResult> LookAsync(TopRecording recording, Query query)
    {
        var pending = Next.ServeAsync(query);
        return pending.IsCompletedSuccessfully
            ? new ValueTask<ServeResult>(Look(recording, query, pending.Result))
            : AwaitAsync(recording, query, pending);
    }

    private async ValueTask<ServeResult> AwaitAsync(TopRecording recording, Query query, ValueTask<ServeResult> pending) =>
        Look(recording, query, await pending.ConfigureAwait(false));

    private ServeResult Look(TopRecording recording, Query query, ServeResult result)
    {
        // A question of our own, asked on the way to an answer, is none of the client's.
        if (query.Depth == 0 && recording.Enter() is { } tally)
        {
            tally.Enter(talkers.GenerationOf(query));
            Add(tally, query, result);
            recording.Leave(tally);
        }

        return result;
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

        if (result.IsAnswered || result.Outcome == ServeOutcome.Failed)
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
