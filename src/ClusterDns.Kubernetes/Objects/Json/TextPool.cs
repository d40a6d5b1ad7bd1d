namespace ClusterDns.Kubernetes.Objects.Json;

/// <summary>
/// Gives one string for texts that many objects repeat, such as a namespace or a port's name. Fixed in size: a text that
/// hashes to a taken slot takes it over, so nobody can make it grow.
/// </summary>
internal sealed class TextPool
{
    private const int Slots = 1024;

    private readonly string?[] _texts = new string?[Slots];

    public string Get(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return "";
        }

        ref var slot = ref _texts[(uint)string.GetHashCode(text) % Slots];
        if (slot is null || !text.SequenceEqual(slot))
        {
            slot = text.ToString();
        }

        return slot;
    }
}
