using System.Net.Sockets;

namespace ClusterDns.Transport.Native;

/// <summary>
/// Makes the system drop a part of what some clients send to a socket, before it takes room in the queue: for less than a
/// tenth of what it costs to receive and refuse it.
/// </summary>
internal static unsafe class SourceFilter
{
    /// <summary>Clients that one filter knows; a program has 8 instructions for each at most.</summary>
    public const int MostSources = 8;

    // Where the filter of a UDP socket begins is the UDP header; the IP header is found from here (SKF_NET_OFF).
    private const uint NetworkHeader = 0xFFF0_0000;
    private const uint IPv4Source = NetworkHeader + 12;
    private const uint IPv6SourceHigh = NetworkHeader + 8;
    private const uint IPv6SourceLow = NetworkHeader + 12;

    /// <summary>SKF_AD_OFF + SKF_AD_RANDOM: 32 random bits.</summary>
    private const uint RandomNumber = 0xFFFF_F000 + 56;

    private const ushort LoadWord = 0x20;
    private const ushort LoadOctet = 0x30;
    private const ushort ShiftRight = 0x74;
    private const ushort JumpIfEqual = 0x15;
    private const ushort JumpIfGreaterOrEqual = 0x35;
    private const ushort Return = 0x06;

    private const uint Drop = 0;
    private const uint Take = uint.MaxValue;

    private const int MostInstructions = 6 + (MostSources * 8);

    /// <summary>Replaces the socket's filter, if it has one. False where the system does not know how.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="sources">At most <see cref="MostSources"/>; the rest is taken whole.</param>
    public static bool TryAttach(Socket socket, ReadOnlySpan<ThinnedSource> sources)
    {
        var instructions = stackalloc FilterInstruction[MostInstructions];
        return SocketFilter.TryAttach(socket, new ReadOnlySpan<FilterInstruction>(instructions, Write(sources, instructions)));
    }

    public static void Detach(Socket socket) => SocketFilter.Detach(socket);

    private static int Write(ReadOnlySpan<ThinnedSource> sources, FilterInstruction* to)
    {
        var at = to;
        *at++ = new(LoadOctet, 0, 0, NetworkHeader);
        *at++ = new(ShiftRight, 0, 0, 4);
        var version = at++;
        *at++ = new(LoadWord, 0, 0, IPv4Source);
        foreach (ref readonly var source in sources)
        {
            if (source.IsIPv4)
            {
                *at++ = new(JumpIfEqual, 0, 4, (uint)source.Bits);
                at = WriteThinning(at, source.Threshold);
            }
        }

        *at++ = new(Return, 0, 0, Take);
        *version = new(JumpIfEqual, 0, (byte)(at - version - 1), 4);
        foreach (ref readonly var source in sources)
        {
            if (!source.IsIPv4)
            {
                *at++ = new(LoadWord, 0, 0, IPv6SourceHigh);
                *at++ = new(JumpIfEqual, 0, 6, (uint)(source.Bits >> 32));
                *at++ = new(LoadWord, 0, 0, IPv6SourceLow);
                *at++ = new(JumpIfEqual, 0, 4, (uint)source.Bits);
                at = WriteThinning(at, source.Threshold);
            }
        }

        *at++ = new(Return, 0, 0, Take);
        return (int)(at - to);
    }

    private static FilterInstruction* WriteThinning(FilterInstruction* at, uint threshold)
    {
        *at++ = new(LoadWord, 0, 0, RandomNumber);
        *at++ = new(JumpIfGreaterOrEqual, 1, 0, threshold);
        *at++ = new(Return, 0, 0, Drop);
        *at++ = new(Return, 0, 0, Take);
        return at;
    }
}
