namespace ClusterDns.Tests.Plugins.Hosts;

/// <summary>A file that never ends: empty lines.</summary>
internal sealed class EndlessStream : MemoryStream
{
    public override int Read(Span<byte> buffer)
    {
        buffer.Fill((byte)'\n');
        return buffer.Length;
    }
}
