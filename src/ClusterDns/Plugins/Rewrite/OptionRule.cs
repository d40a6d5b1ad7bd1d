namespace ClusterDns.Plugins.Rewrite;

/// <summary><c>edns0 local|nsid|subnet set|append|replace|unset [CODE DATA | BITS BITS] [revert]</c></summary>
internal sealed class OptionRule(bool isLast, OptionAction action, ushort code, OptionData data, bool isReverted)
    : RewriteRule(isLast)
{
    public override RuleOutcome Apply(QuestionDraft question)
    {
        Span<byte> octets = stackalloc byte[OptionData.MaxLength];
        var options = question.Options;
        var isApplied = action switch
        {
            OptionAction.Unset => options.TryRemove(code),
            OptionAction.Append => options.TryAdd(code, Data(question, octets)),
            OptionAction.Replace => options.TryReplace(code, Data(question, octets)),
            _ => options.TryReplace(code, Data(question, octets)) || options.TryAdd(code, Data(question, octets)),
        };
        if (isApplied && isReverted)
        {
            question.Reply.LeaveOut(code);
        }

        return isApplied ? RuleOutcome.Applied : RuleOutcome.Ignored;
    }

    private ReadOnlySpan<byte> Data(QuestionDraft question, Span<byte> octets) =>
        octets[..data.Write(question, octets)];
}
