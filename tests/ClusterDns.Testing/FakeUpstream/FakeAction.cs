namespace ClusterDns.Testing;

/// <summary>
/// One thing that a <see cref="FakeUpstream"/> does about a query. The actions of one query happen one after the other;
/// those of different queries beside each other. No action at all is silence. A script may be an iterator: what stands
/// between two actions happens between them.
/// </summary>
internal abstract record FakeAction
{
    /// <summary>Sends a message, over a connection with its length in front.</summary>
    public sealed record Send(byte[] Message) : FakeAction;

    /// <summary>Sends octets as they are: over a connection without a length, over UDP as one datagram.</summary>
    public sealed record SendRaw(byte[] Octets) : FakeAction;

    /// <summary>Does nothing for a time.</summary>
    public sealed record Wait(TimeSpan Time) : FakeAction;

    /// <summary>Does nothing until the test has completed something.</summary>
    public sealed record WaitFor(Task Signal) : FakeAction;

    /// <summary>Ends the connection in good order; over UDP it does nothing.</summary>
    public sealed record Close : FakeAction;

    /// <summary>Ends the connection with a reset; over UDP it does nothing.</summary>
    public sealed record Reset : FakeAction;
}
