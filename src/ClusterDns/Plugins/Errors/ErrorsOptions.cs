namespace ClusterDns.Plugins.Errors;

/// <summary>What an <c>errors</c> directive says.</summary>
/// <param name="StackTraces">Log the stack trace of an exception in the chain.</param>
/// <param name="Consolidations">Kinds of errors that are counted instead of logged one by one; the first that matches has it.</param>
/// <param name="HasExtendedErrors">Tell clients with EDNS why a query failed.</param>
internal sealed record ErrorsOptions(
    bool StackTraces, IReadOnlyList<ConsolidateOptions> Consolidations, bool HasExtendedErrors);
