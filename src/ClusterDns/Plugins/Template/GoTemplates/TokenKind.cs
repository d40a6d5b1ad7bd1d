namespace ClusterDns.Plugins.Template.GoTemplates;

/// <summary>What stands between the braces of an action, and the text around it.</summary>
internal enum TokenKind
{
    /// <summary>What is written out as it is.</summary>
    Text,

    /// <summary><c>{{</c></summary>
    Open,

    /// <summary><c>}}</c></summary>
    Close,

    /// <summary>A function or a keyword.</summary>
    Word,

    /// <summary><c>.Name</c>, without the dot; a lone dot is an empty field.</summary>
    Field,

    /// <summary><c>$name</c>, with the dollar sign.</summary>
    Variable,

    /// <summary>A string or character between quotes, unquoted.</summary>
    String,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary><c>|</c>, <c>(</c>, <c>)</c>, <c>,</c>, <c>=</c> or <c>:=</c>.</summary>
    Mark,

    /// <summary>Behind everything.</summary>
    End,
}
