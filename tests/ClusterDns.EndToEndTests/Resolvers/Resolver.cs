namespace ClusterDns.EndToEndTests.Resolvers;

/// <summary>One way of a program to look names up.</summary>
/// <param name="Name">What its users call it.</param>
/// <param name="Command">
/// A program that reads and prints as <c>Programs/README.md</c> says, and its arguments; run in the folder that holds all
/// of them.
/// </param>
internal sealed record Resolver(string Name, params IReadOnlyList<string> Command)
{
    /// <summary>Programs that this machine needs for it.</summary>
    public required IReadOnlyList<string> Tools { get; init; }

    /// <summary>The addresses that it asks for.</summary>
    public Families Families { get; init; } = Families.Both;

    /// <summary>Its users can ask for a Service's ports.</summary>
    public bool KnowsServices { get; init; }

    /// <summary>Where it does without the search list; null if nowhere.</summary>
    public AskedAsWritten? AskedAsWritten { get; init; }

    public override string ToString() => Name;
}
