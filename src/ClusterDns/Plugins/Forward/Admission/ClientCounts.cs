using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ClusterDns.Transport;

namespace ClusterDns.Plugins.Forward.Admission;

/// <summary>
/// How many queries each client has under way, in memory of a fixed size (a count-min sketch). A client has a cell in each
/// row and the smallest of them counts, so it is taken for more than it is only when it shares all of its cells with others.
/// With one other client that happens once in 10^12; with 100 busy ones, to one client in 10,000. Seeds are drawn for each
/// instance: nobody can choose an address that meets another's cells.
/// </summary>
/// <remarks>A client is an IPv4 address or the first 64 bits of an IPv6 address, as one host may use all the rest.</remarks>
internal sealed class ClientCounts
{
    public const int Rows = 4;
    public const int Columns = 1024;

    private const int BitsPerRow = 16;

    private readonly int[] _cells = new int[Rows * Columns];
    private readonly ulong _seed4;
    private readonly ulong _seed6;
    private readonly ulong _factor;

    public ClientCounts()
    {
        Span<ulong> seeds = stackalloc ulong[3];
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(seeds));
        _seed4 = seeds[0];
        _seed6 = seeds[1];

        // An even factor would lose bits.
        _factor = seeds[2] | 1;
    }

    /// <summary>The cells of a client, to be kept from <see cref="Add"/> to <see cref="Remove"/>: 16 bits for each row.</summary>
    public ulong CellsOf(TransportAddress client) => client.IsIPv4
        ? Mix((ulong)client.Bits ^ _seed4)
        : Mix((ulong)(client.Bits >> 64) ^ _seed6);

    /// <summary>Never less than the client has under way.</summary>
    public int Read(ulong cells)
    {
        var least = int.MaxValue;
        for (var row = 0; row < Rows; row++)
        {
            least = Math.Min(least, Volatile.Read(ref Cell(row, cells)));
        }

        return least;
    }

    /// <summary>One more under way; gives how many those are.</summary>
    public int Add(ulong cells)
    {
        var least = int.MaxValue;
        for (var row = 0; row < Rows; row++)
        {
            least = Math.Min(least, Interlocked.Increment(ref Cell(row, cells)));
        }

        return least;
    }

    public void Remove(ulong cells)
    {
        for (var row = 0; row < Rows; row++)
        {
            Interlocked.Decrement(ref Cell(row, cells));
        }
    }

    private ref int Cell(int row, ulong cells) =>
        ref _cells[(row * Columns) + ((int)(cells >> (row * BitsPerRow)) & (Columns - 1))];

    // Twice a product of 128 bits folded into 64: each bit of the address changes each bit of the cells.
    private ulong Mix(ulong bits) => Fold(Fold(bits) ^ _seed6);

    private ulong Fold(ulong bits)
    {
        var high = Math.BigMul(bits, _factor, out var low);
        return high ^ low;
    }
}
