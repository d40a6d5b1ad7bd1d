using ClusterDns.Wire;

namespace ClusterDns.Explaining;

/// <summary>One name of the walk, what the server said to it, and why.</summary>
internal sealed record ExplainedName
{
    /// <summary>With its final dot.</summary>
    public required string Name { get; init; }

    /// <summary>The zone of the server block and its listener, as <c>.:53</c> has them; null where no block has the name.</summary>
    public required string? Block { get; init; }

    /// <summary>The plugin that decided; empty for the server itself.</summary>
    public required string Plugin { get; init; }

    /// <summary>The object that was found; null where none was.</summary>
    public required ExplainedObject? Object { get; init; }

    /// <summary>The objects that the endpoints of a Service are from, as far as their versions are known; in order of their names.</summary>
    public IReadOnlyList<ExplainedObject> Endpoints { get; init; } = [];

    public required RecordType Type { get; init; }

    /// <summary>The rcode; null where the client gets no reply.</summary>
    public required ResponseCode? Code { get; init; }

    /// <summary>Records of the answer section as text: <c>A 10.96.0.1</c>.</summary>
    public required IReadOnlyList<string> Answers { get; init; }

    /// <summary>Why, without a final stop.</summary>
    public required string Reason { get; init; }

    /// <summary>What a person would do about it, in a sentence; empty where nothing is to be done.</summary>
    public required string Advice { get; init; }

    /// <summary>How near the name came to an answer: the advice of the nearest one is the whole walk's.</summary>
    public required int Nearness { get; init; }

    /// <summary>There is a record of the type: a CNAME that leads nowhere is no answer to a program.</summary>
    public bool IsResolved => Code == ResponseCode.NoError
        && (Type == RecordType.ANY
            ? Answers.Count > 0
            : Answers.Any(answer => answer.StartsWith($"{Mnemonic.Of(Type)} ", StringComparison.Ordinal)));

    /// <summary>The rcode as people write it.</summary>
    public string Status => Code switch
    {
        null => "no reply",
        ResponseCode.NoError when !IsResolved => $"NOERROR without {Mnemonic.Of(Type)} record",
        { } code => Mnemonic.Of(code),
    };
}
