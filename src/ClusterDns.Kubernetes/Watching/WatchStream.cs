using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using ClusterDns.Kubernetes.Objects.Json;

namespace ClusterDns.Kubernetes.Watching;

/// <summary>The lines of one watch, as they come in.</summary>
internal sealed class WatchStream(PipeReader body, ObjectReader reader, SilenceTimer silence, WatchLimits limits)
{
    private readonly WatchEventReader _events = new(reader);
    private ReadOnlySequence<byte> _unread;
    private long _searched;
    private bool _isRead;
    private bool _isWhole;

    /// <summary>The next event; null when the server has ended the watch between two events.</summary>
    /// <param name="limit">Longest time without an event: octets that are none, blank lines of a proxy, do not count.</param>
    /// <exception cref="JsonException">A line is no event, or the watch ends inside one.</exception>
    /// <exception cref="InvalidDataException">A line is too long.</exception>
    public async ValueTask<WatchEvent?> NextAsync(TimeSpan limit)
    {
        var isArmed = false;
        while (true)
        {
            if (TryTakeLine(out var line))
            {
                if (!line.IsEmpty)
                {
                    silence.Disarm();
                    return _events.Read(line);
                }
            }
            else if (_isWhole)
            {
                return _unread.IsEmpty ? null : throw new JsonException("the watch ends inside an event");
            }
            else
            {
                if (!isArmed)
                {
                    silence.Arm(limit);
                    isArmed = true;
                }

                await ReadMoreAsync().ConfigureAwait(false);
            }
        }
    }

    private bool TryTakeLine(out ReadOnlySequence<byte> line)
    {
        var end = _unread.Slice(_searched).PositionOf((byte)'\n');
        if (end is not { } position)
        {
            _searched = _unread.Length;
            line = default;
            return false;
        }

        line = _unread.Slice(0, position);
        _unread = _unread.Slice(_unread.GetPosition(1, position));
        _searched = 0;
        return true;
    }

    private async ValueTask ReadMoreAsync()
    {
        if (_unread.Length > limits.MaxObjectBytes)
        {
            throw new InvalidDataException($"an event of over {limits.MaxObjectBytes} octets");
        }

        if (_isRead)
        {
            body.AdvanceTo(_unread.Start, _unread.End);
        }

        var result = await body.ReadAsync(silence.Token).ConfigureAwait(false);
        _isRead = true;
        _isWhole = result.IsCompleted;
        _unread = result.Buffer;
    }
}
