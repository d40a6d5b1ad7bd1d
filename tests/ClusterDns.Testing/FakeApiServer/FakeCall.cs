namespace ClusterDns.Testing;

/// <summary>Which requests a fault meets.</summary>
public enum FakeCall
{
    Any,

    /// <summary>A list, or a page of one.</summary>
    List,

    /// <summary>A page of a list behind the first one.</summary>
    NextPage,

    /// <summary>A watch, with or without a streamed list.</summary>
    Watch,

    /// <summary>A watch that begins with a streamed list.</summary>
    StreamedList,

    /// <summary>A watch from a version on.</summary>
    ResumedWatch,
}
