using ClusterDns.Plugins.View.Expressions;

namespace ClusterDns.Plugins.View;

/// <summary>One line of a view.</summary>
/// <param name="Text">The expression as written.</param>
/// <param name="Condition">What it means: a boolean.</param>
internal sealed record ViewRule(string Text, Term Condition);
