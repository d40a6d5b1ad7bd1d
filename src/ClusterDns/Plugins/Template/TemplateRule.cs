using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Template;

/// <summary>One <c>template</c> directive.</summary>
internal sealed record TemplateRule
{
    /// <summary>The class it is for; ANY is all.</summary>
    public required RecordClass Class { get; init; }

    /// <summary>The type it is for; ANY is all.</summary>
    public required RecordType Type { get; init; }

    public required ZoneList Zones { get; init; }

    /// <summary>The first that matches counts. None means that every name matches.</summary>
    public IReadOnlyList<NamePattern> Patterns { get; init; } = [];

    /// <summary>In the order of their sections, and of the Corefile within each.</summary>
    public IReadOnlyList<RecordTemplate> Records { get; init; } = [];

    public ResponseCode Code { get; init; } = ResponseCode.NoError;

    /// <summary>The extended error that goes with the reply, as option data (RFC 8914, 2); empty for none.</summary>
    public ReadOnlyMemory<byte> ExtendedError { get; init; }

    /// <summary>Where a name that no pattern matches is left to the next rule.</summary>
    public ZoneList Fallthrough { get; init; } = new([]);

    /// <summary>Whether class and type are the rule's; a query for ANY asks for all.</summary>
    public bool IsFor(RecordClass recordClass, RecordType type) =>
        (Class == RecordClass.ANY || recordClass == RecordClass.ANY || recordClass == Class)
        && (Type == RecordType.ANY || type == RecordType.ANY || type == Type);
}
