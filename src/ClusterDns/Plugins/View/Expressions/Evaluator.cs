namespace ClusterDns.Plugins.View.Expressions;

/// <summary>Works out a term for the query of <paramref name="evaluation"/>.</summary>
internal delegate Value Evaluator(ref Evaluation evaluation);
