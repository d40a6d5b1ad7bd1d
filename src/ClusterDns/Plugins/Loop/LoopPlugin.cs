using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Loop;

/// <summary>Stands in front of <c>forward</c> and knows the questions that only our own upstreams were asked.</summary>
internal sealed class LoopPlugin(LoopWatch watch) : Plugin
{
    public override string Name => "loop";

    public override ValueTask<ServeResult> ServeAsync(Query query)
    {
        if (query.Type != RecordType.HINFO || !watch.TryRecognize(query))
        {
            return new ValueTask<ServeResult>(ServeResult.Declined);
        }

        // Going on would send it around once more.
        query.AnsweredBy = Name;
        query.Reply.Code = ResponseCode.NameError;
        return new ValueTask<ServeResult>(ServeResult.Answered);
    }
}
