namespace ClusterDns.Kubernetes.Objects;

/// <summary>
/// <c>metadata.resourceVersion</c> of one object as a number, for people who compare what is served with what kubectl shows.
/// Nothing is decided by it: a watch resumes from the text.
/// </summary>
internal static class ResourceVersion
{
    /// <summary>The object has none, or one that is no number: etcd counts from 1.</summary>
    public const ulong None = 0;

    /// <summary>
    /// The number, if the text is exactly how an API server writes it: decimal digits without a zero in front, up to 2^64 - 1.
    /// </summary>
    public static ulong Read(ReadOnlySpan<char> text) =>
        text is not ([] or ['0', ..]) && !text.ContainsAnyExceptInRange('0', '9') && ulong.TryParse(text, out var number)
            ? number
            : None;
}
