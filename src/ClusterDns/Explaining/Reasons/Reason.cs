namespace ClusterDns.Explaining.Reasons;

/// <summary>Why a reply is what it is.</summary>
/// <param name="Text">In words, without a final stop.</param>
/// <param name="Advice">What a person would do about it, in a sentence; empty where nothing is to be done.</param>
/// <param name="Nearness">See <see cref="Explaining.Nearness"/>.</param>
internal sealed record Reason(string Text, string Advice = "", int Nearness = Explaining.Nearness.Far)
{
    /// <summary>The object that was found; null where none was.</summary>
    public ExplainedObject? Object { get; init; }

    /// <summary>Of a Service: the objects that its endpoints are from, as far as their versions are known.</summary>
    public IReadOnlyList<ExplainedObject> Endpoints { get; init; } = [];
}
