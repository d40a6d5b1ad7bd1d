using ClusterDns.Testing;

namespace ClusterDns.Fuzzing;

/// <summary>
/// One way in for what others write: takes any octets, and throws where something does not hold that must. One at a time.
/// </summary>
internal abstract class FuzzTarget
{
    /// <summary>Octets that any input may make us allocate; the first one also pays for tables that are made but once.</summary>
    private const long AllowedAllocation = 16 << 20;

    /// <summary>Octets more for each octet of the input.</summary>
    private const long AllowedAllocationForOctet = 4 << 10;

    /// <summary>As on the command line, and the name of the folder of its corpus.</summary>
    public abstract string Name { get; }

    /// <exception cref="BrokenRuleException">Something does not hold; or whatever else was thrown and must not be.</exception>
    public void Run(byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Try(input);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Require(
            allocated <= AllowedAllocation + (AllowedAllocationForOctet * input.Length) + AllowedBesides(input),
            $"{input.Length} octets made us allocate {allocated}");
    }

    /// <summary>Octets more, for what an input is meant to make large.</summary>
    protected virtual long AllowedBesides(byte[] input) => 0;

    protected abstract void Try(byte[] input);

    protected static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new BrokenRuleException(otherwise);
        }
    }

    /// <summary>Nothing may be thrown inside, not even what is caught.</summary>
    protected static void RequireNoException(ThrownExceptions thrown) =>
        Require(thrown.Count == 0, $"{thrown.Count} exceptions, the first: {thrown.First}");
}
