using System.Runtime.InteropServices;

namespace ClusterDns.Plugins.Rewrite;

/// <summary>What the rules that were applied to one question want done to names in its reply, the last rule's first.</summary>
internal sealed class AnswerNames
{
    private readonly List<AnswerNameStep> _steps = [];
    private readonly List<byte> _kept = [];

    public bool IsEmpty => _steps.Count == 0;

    public void Add(AnswerNameRule rule) => _steps.Add(new AnswerNameStep(rule, default, default));

    /// <summary>Keeps the name before a rule; <see cref="EndRestore"/> says what it became.</summary>
    public void BeginRestore(ReadOnlySpan<byte> original) =>
        _steps.Add(new AnswerNameStep(null, Keep(original), default));

    public void EndRestore(ReadOnlySpan<byte> rewritten) =>
        _steps[^1] = _steps[^1] with { Rewritten = Keep(rewritten) };

    public void Clear()
    {
        _steps.Clear();
        _kept.Clear();
    }

    /// <summary>False when a rule makes no name of it: <see cref="NameText.Draft"/> shows what it made.</summary>
    public bool TryChange(NameText name, bool isOwner, out bool isChanged)
    {
        isChanged = false;
        for (var i = _steps.Count - 1; i >= 0; i--)
        {
            var step = _steps[i];
            if (step.Rule is not { } rule)
            {
                if (name.Wire.SequenceEqual(Kept(step.Rewritten)))
                {
                    name.Set(Kept(step.Original));
                    isChanged = true;
                }
            }
            else if ((isOwner ? rule.ForOwners : rule.ForValues) && rule.Pattern.Matches(name))
            {
                if (!rule.Pattern.TryRewrite(name, rule.Replacement))
                {
                    return false;
                }

                isChanged = true;
            }
        }

        return true;
    }

    private Range Keep(ReadOnlySpan<byte> name)
    {
        var start = _kept.Count;
        CollectionExtensions.AddRange(_kept, name);
        return start.._kept.Count;
    }

    private ReadOnlySpan<byte> Kept(Range range) => CollectionsMarshal.AsSpan(_kept)[range];
}
