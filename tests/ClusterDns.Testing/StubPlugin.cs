using ClusterDns.Serving;

namespace ClusterDns.Testing;

/// <summary>Stands in for the rest of a chain.</summary>
internal sealed class StubPlugin(Func<Query, ValueTask<ServeResult>> serve) : Plugin
{
    public StubPlugin(Func<Query, ServeResult> serve)
        : this(query => new ValueTask<ServeResult>(serve(query)))
    {
    }

    public override string Name => "stub";

    public override ValueTask<ServeResult> ServeAsync(Query query) => serve(query);
}
