namespace ClusterDns.Plugins.Log;

/// <summary>Kinds of replies that a <c>log</c> rule may ask for.</summary>
[Flags]
internal enum ReplyClasses : byte
{
    None = 0,

    /// <summary>NOERROR with an answer, or a delegation.</summary>
    Success = 1,

    /// <summary>NXDOMAIN or NODATA, with its SOA.</summary>
    Denial = 2,

    /// <summary>Everything else.</summary>
    Error = 4,

    All = Success | Denial | Error,
}
