using ClusterDns.Wire;

namespace ClusterDns.Plugins.LoadBalance;

/// <summary>Compares names inside a message of our own writing, without copying them out.</summary>
internal static class CompressedName
{
    private const byte PointerBits = 0xC0;

    /// <summary>Whether the names at two offsets are the same, whatever their letter case and compression.</summary>
    public static bool AreEqual(ReadOnlySpan<byte> message, int left, int right)
    {
        while (true)
        {
            left = Follow(message, left);
            right = Follow(message, right);
            if (left == right)
            {
                return true;
            }

            var size = message[left] + 1;
            if (!WireName.EqualsIgnoreCase(message.Slice(left, size), message.Slice(right, message[right] + 1)))
            {
                return false;
            }

            if (size == 1)
            {
                return true;
            }

            left += size;
            right += size;
        }
    }

    // Our writer's pointers lead back, so this ends.
    private static int Follow(ReadOnlySpan<byte> message, int at)
    {
        while ((message[at] & PointerBits) == PointerBits)
        {
            at = ((message[at] & ~PointerBits) << 8) | message[at + 1];
        }

        return at;
    }
}
