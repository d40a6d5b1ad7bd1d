using ClusterDns.Wire;

namespace ClusterDns.Testing.Soak;

/// <summary>A question, and what may be answered.</summary>
/// <param name="Name">With the final dot.</param>
/// <param name="Type">Of the records.</param>
/// <param name="IsOutside">A name of the upstreams.</param>
/// <param name="IsRight">Whether the answer was true at some moment between the two.</param>
internal sealed record SoakQuestion(string Name, RecordType Type, bool IsOutside, Func<SoakAnswer, TimeSpan, TimeSpan, bool> IsRight);
