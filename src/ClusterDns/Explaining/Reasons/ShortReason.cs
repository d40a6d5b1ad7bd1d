using System.Text.Unicode;
using ClusterDns.Plugins.Kubernetes;

namespace ClusterDns.Explaining.Reasons;

/// <summary>
/// The reason of a name that is missing, short enough to go with the reply: EXTRA-TEXT of an extended error (RFC 8914, 2).
/// Whatever is named in it stands in the question itself: nothing of the cluster is told to a client.
/// </summary>
internal static class ShortReason
{
    /// <summary>Octets of the longest data: the INFO-CODE, three labels and the words between.</summary>
    public const int MostOctets = 256;

    private const int CodeSize = 2;
    private const byte FirstPrintable = (byte)' ';
    private const byte LastPrintable = (byte)'~';

    /// <summary>The option's data, with INFO-CODE 0, "Other Error" (RFC 8914, 4.1); empty where there is nothing to say.</summary>
    /// <param name="reason">Why the name is missing.</param>
    /// <param name="name">The name in parts.</param>
    /// <param name="destination">At least <see cref="MostOctets"/> octets.</param>
    public static ReadOnlySpan<byte> Write(NameReason reason, scoped in ClusterName name, Span<byte> destination)
    {
        var text = destination[CodeSize..MostOctets];
        var owner = name.Owner;
        var parent = name.Namespace;
        int length;
        var isWhole = reason switch
        {
            NameReason.WrongShape => Utf8.TryWrite(text, $"not SERVICE.NAMESPACE.svc.ZONE", out length),
            NameReason.NotAnAddress => Utf8.TryWrite(text, $"no address of the cluster", out length),
            NameReason.NamespaceNotServed => Utf8.TryWrite(text, $"namespace {parent} is not served", out length),
            NameReason.NoSuchNamespace => Utf8.TryWrite(text, $"no namespace {parent}", out length),
            NameReason.PodsDisabled => Utf8.TryWrite(text, $"pods have no names here", out length),
            NameReason.NotAPodAddress => Utf8.TryWrite(text, $"{owner} spells no address", out length),
            NameReason.NoSuchPod => Utf8.TryWrite(text, $"no pod {owner} in namespace {parent}", out length),
            NameReason.NoSuchService => Utf8.TryWrite(text, $"no service {owner} in namespace {parent}", out length),
            NameReason.AliasWithoutTarget => Utf8.TryWrite(text, $"service {owner} in namespace {parent} has no target name", out length),
            NameReason.BelowAlias => Utf8.TryWrite(text, $"service {owner} in namespace {parent} is an ExternalName", out length),
            NameReason.EmptyServiceIgnored or NameReason.NoReadyEndpoint =>
                Utf8.TryWrite(text, $"no ready endpoint of service {owner} in namespace {parent}", out length),
            NameReason.NoSuchEndpoint =>
                Utf8.TryWrite(text, $"no ready endpoint {name.Endpoint} of service {owner} in namespace {parent}", out length),
            NameReason.NoSuchPort => Utf8.TryWrite(text, $"no such port of service {owner} in namespace {parent}", out length),
            _ => Utf8.TryWrite([], $"-", out length),
        };
        if (!isWhole)
        {
            return [];
        }

        destination[..CodeSize].Clear();
        MakePrintable(text[..length]);
        return destination[..(CodeSize + length)];
    }

    // Octets of a label may be anything; a log or terminal on the other side is not to meet them.
    private static void MakePrintable(Span<byte> text)
    {
        foreach (ref var octet in text)
        {
            if (octet is < FirstPrintable or > LastPrintable)
            {
                octet = (byte)'?';
            }
        }
    }
}
