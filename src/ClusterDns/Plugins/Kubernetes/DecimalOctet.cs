namespace ClusterDns.Plugins.Kubernetes;

/// <summary>One part of an IPv4 address: 0 to 255 without leading zeros, so that no address has two names.</summary>
internal static class DecimalOctet
{
    public static bool TryParse(ReadOnlySpan<byte> text, out byte octet)
    {
        var value = 0;
        var isSound = text.Length is 1 or 2 or 3 && (text.Length == 1 || text[0] != '0');
        foreach (var digit in text)
        {
            isSound &= char.IsAsciiDigit((char)digit);
            value = (value * 10) + (digit - '0');
            if (!isSound)
            {
                break;
            }
        }

        octet = (byte)value;
        return isSound && value <= byte.MaxValue;
    }
}
