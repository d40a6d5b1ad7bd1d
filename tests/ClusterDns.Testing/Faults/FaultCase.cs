namespace ClusterDns.Testing.Faults;

/// <summary>One thing that goes wrong.</summary>
/// <param name="Name">For tables.</param>
/// <param name="Begin">Makes it go wrong.</param>
/// <param name="End">Makes it good again.</param>
/// <param name="Hold">How long it goes wrong; none for what happens and is over.</param>
public sealed record FaultCase(string Name, Func<FaultProxy, Task> Begin, Func<FaultProxy, Task> End, TimeSpan Hold)
{
    /// <summary>The server is stopped when it has begun, and started again into it.</summary>
    public FaultStart Start { get; init; } = FaultStart.Running;

    /// <summary>How long the server needs to find out, before the time for its recovery counts.</summary>
    public TimeSpan Detection { get; init; }

    /// <summary>The server sends the token of <see cref="FaultProxy.TokenPath"/>, and no other will do.</summary>
    public bool HasToken { get; init; }

    public override string ToString() => Name;
}
