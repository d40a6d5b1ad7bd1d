namespace ClusterDns.Testing;

/// <summary>Something that the fake API server does instead of answering as it should.</summary>
public abstract record FakeFault
{
    /// <summary>Answers a status, with a Status object.</summary>
    public sealed record Status(int Code, string Reason = "", string? RetryAfter = null) : FakeFault;

    /// <summary>Answers this body.</summary>
    public sealed record Body(string Text, string ContentType = "application/json", int Code = 200) : FakeFault;

    /// <summary>Answers what it should, up to half of the first object, and closes as if that were all.</summary>
    public sealed record HalfObject : FakeFault;

    /// <summary>Answers what it should, up to half of the first object, and resets the connection.</summary>
    public sealed record ResetInside : FakeFault;

    /// <summary>Resets the connection.</summary>
    public sealed record Reset : FakeFault;

    /// <summary>Takes the request and says nothing, not even headers.</summary>
    public sealed record Hang : FakeFault;

    /// <summary>Answers headers and then nothing.</summary>
    public sealed record Silence : FakeFault;

    /// <summary>Begins a watch as it should and says nothing in it but blank lines, as a proxy that keeps a path open may.</summary>
    public sealed record BlankLines : FakeFault;

    /// <summary>Begins a watch as it should and ends it at once with this line.</summary>
    public sealed record Line(string Text) : FakeFault;

    /// <summary>An ERROR event, then the end.</summary>
    public static FakeFault ErrorEvent(int code, string reason) => new Line(
        $$"""{"type":"ERROR","object":{"kind":"Status","status":"Failure","code":{{code}},"reason":"{{reason}}","message":"by request"} }""");

    /// <summary>A proxy's page.</summary>
    public static FakeFault Html { get; } = new Body("<html><body>502 Bad Gateway</body></html>", "text/html");
}
