using System.Runtime.InteropServices;

namespace ClusterDns.Serving;

/// <summary>A query kept for one worker, alone on its cache lines so that workers do not slow each other.</summary>
[StructLayout(LayoutKind.Sequential, Size = 128)]
internal struct SpareSlot
{
    /// <summary>Slots of a handler; a power of two.</summary>
    public const int Count = 64;

    public Query? Query;
}
