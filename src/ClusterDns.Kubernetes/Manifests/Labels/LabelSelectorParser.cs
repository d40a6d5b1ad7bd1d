using System.Diagnostics.CodeAnalysis;

namespace ClusterDns.Kubernetes.Manifests.Labels;

/// <summary>The grammar of label selectors, one token ahead.</summary>
internal ref struct LabelSelectorParser(string text)
{
    private LabelTokens _tokens = new(text);

    public bool TryParse([NotNullWhen(true)] out LabelSelector? selector)
    {
        selector = null;
        var requirements = new List<LabelRequirement>();
        if (_tokens.Kind != LabelTokenKind.End)
        {
            do
            {
                if (!TryReadRequirement(out var requirement))
                {
                    return false;
                }

                requirements.Add(requirement);
            }
            while (_tokens.TryMove(LabelTokenKind.Comma));
        }

        selector = _tokens.Kind == LabelTokenKind.End ? new LabelSelector([.. requirements]) : null;
        return selector is not null;
    }

    private bool TryReadRequirement(out LabelRequirement requirement)
    {
        requirement = default;
        var isNegated = _tokens.TryMove(LabelTokenKind.Not);
        if (_tokens.Kind != LabelTokenKind.Word || !LabelSyntax.IsKey(_tokens.Text))
        {
            return false;
        }

        var key = _tokens.Text.ToString();
        _tokens.Move();
        if (isNegated || _tokens.Kind is LabelTokenKind.End or LabelTokenKind.Comma)
        {
            requirement = new LabelRequirement(key, isNegated ? LabelOperator.DoesNotExist : LabelOperator.Exists, []);
            return true;
        }

        if (!TryReadOperator(out var isSet, out var @operator) || !TryReadValues(isSet, out var values))
        {
            return false;
        }

        requirement = new LabelRequirement(key, @operator, values);
        return true;
    }

    private bool TryReadOperator(out bool isSet, out LabelOperator @operator)
    {
        isSet = _tokens.Kind == LabelTokenKind.Word;
        var isNegative = _tokens.Kind == LabelTokenKind.NotEquals || (isSet && _tokens.Text is "notin");
        @operator = isNegative ? LabelOperator.NotIn : LabelOperator.In;
        var isKnown = isNegative || _tokens.Kind == LabelTokenKind.Equals || (isSet && _tokens.Text is "in");
        _tokens.Move();
        return isKnown;
    }

    private bool TryReadValues(bool isSet, [NotNullWhen(true)] out List<string>? values)
    {
        values = [];
        return isSet ? TryReadSet(values) : TryReadValue(values);
    }

    // An empty set selects nothing and is refused; (a,) is the set of a and the empty value.
    private bool TryReadSet(List<string> values)
    {
        if (!_tokens.TryMove(LabelTokenKind.OpenParenthesis) || _tokens.Kind == LabelTokenKind.CloseParenthesis)
        {
            return false;
        }

        do
        {
            if (!TryReadValue(values))
            {
                return false;
            }
        }
        while (_tokens.TryMove(LabelTokenKind.Comma));

        return _tokens.TryMove(LabelTokenKind.CloseParenthesis);
    }

    // Where no word stands the value is empty: "app=" asks for a label with an empty value.
    private bool TryReadValue(List<string> values)
    {
        var value = _tokens.Kind == LabelTokenKind.Word ? _tokens.Text : [];
        if (!LabelSyntax.IsValue(value))
        {
            return false;
        }

        values.Add(value.ToString());
        _tokens.TryMove(LabelTokenKind.Word);
        return true;
    }
}
