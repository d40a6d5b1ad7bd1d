namespace ClusterDns.Kubernetes.Manifests.Labels;

/// <summary>Tokens of a label selector; <c>in</c> and <c>notin</c> are words, which their place makes operators.</summary>
internal enum LabelTokenKind : byte
{
    End,
    Word,
    Comma,
    OpenParenthesis,
    CloseParenthesis,
    Not,
    Equals,
    NotEquals,
    Unknown,
}
