using ClusterDns.Serving;
using ClusterDns.Transport;

namespace ClusterDns.Plugins.View.Expressions;

/// <summary>A part of an expression, checked and ready to be evaluated. Never throws; a failure is told to the evaluation.</summary>
/// <param name="Kind">The kind of value that it always comes to.</param>
/// <param name="Evaluate">Works it out.</param>
internal sealed record Term(ValueKind Kind, Evaluator Evaluate)
{
    /// <summary>The value of what was written out in the Corefile.</summary>
    public Value? Constant { get; init; }

    /// <summary>The address that the text is of, where that can be had without the text.</summary>
    public Func<Query, TransportAddress>? Address { get; init; }

    public static Term Of(ValueKind kind, Value constant) =>
        new(kind, (ref Evaluation _) => constant) { Constant = constant };
}
