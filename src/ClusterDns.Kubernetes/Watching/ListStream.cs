using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using ClusterDns.Kubernetes.Objects.Json;

namespace ClusterDns.Kubernetes.Watching;

/// <summary>
/// One page of a list, read object by object out of the stream: never more in memory than the largest object and what
/// was read along with it.
/// </summary>
internal sealed class ListStream(PipeReader body, ObjectReader reader, SilenceTimer silence, WatchLimits limits)
{
    private ReadOnlySequence<byte> _unread;
    private JsonReaderState _state;
    private Place _place = Place.Start;
    private bool _isRead;
    private bool _isWhole;
    private ObjectReading _item;

    private enum Place
    {
        Start,
        Fields,
        Items,
        End,
    }

    private enum Step
    {
        NeedsMore,
        Onward,
        Item,
        End,
    }

    /// <summary>What a watch may begin from; null until the page has said so.</summary>
    public string? ResourceVersion { get; private set; }

    /// <summary>Token for the next page; null on the last one.</summary>
    public string? Continue { get; private set; }

    /// <summary>True if the page was a list at all, with <c>items</c>.</summary>
    public bool HasItems { get; private set; }

    /// <summary>The next object; null at the page's end.</summary>
    /// <exception cref="JsonException">The page is not JSON, or ends too early.</exception>
    /// <exception cref="InvalidDataException">An object is too large.</exception>
    public async ValueTask<ObjectReading?> NextAsync()
    {
        while (true)
        {
            switch (TakeStep())
            {
                case Step.Item:
                    return _item;
                case Step.End:
                    return null;
                case Step.NeedsMore:
                    await ReadMoreAsync().ConfigureAwait(false);
                    break;
            }
        }
    }

    // Twice as much as is there before the next try: an object in many pieces is then scanned twice, not once a piece.
    private async ValueTask ReadMoreAsync()
    {
        if (_unread.Length > limits.MaxObjectBytes)
        {
            throw new InvalidDataException($"an object of over {limits.MaxObjectBytes} octets");
        }

        var wanted = Math.Min(2 * _unread.Length, limits.MaxObjectBytes) + 1;
        do
        {
            if (_isRead)
            {
                body.AdvanceTo(_unread.Start, _unread.End);
            }

            silence.Arm(limits.ListSilence);
            var result = await body.ReadAsync(silence.Token).ConfigureAwait(false);
            silence.Disarm();
            _isRead = true;
            _isWhole = result.IsCompleted;
            _unread = result.Buffer;
        }
        while (!_isWhole && _unread.Length < wanted);
    }

    private Step TakeStep()
    {
        try
        {
            return Read();
        }
        catch (InvalidOperationException malformed)
        {
            // Utf8JsonReader's way to tell of broken UTF-8 or UTF-16 in a text. Only as broken JSON it leads to a new list.
            throw new JsonException(malformed.Message, malformed);
        }
    }

    private Step Read()
    {
        var json = new Utf8JsonReader(_unread, _isWhole, _state);
        var step = _place switch
        {
            Place.Start => Begin(ref json),
            Place.Fields => ReadField(ref json),
            Place.Items => ReadItem(ref json),
            _ => Step.End,
        };
        if (step is Step.Onward or Step.Item)
        {
            _unread = _unread.Slice(json.Position);
            _state = json.CurrentState;
        }

        return step;
    }

    private Step Begin(ref Utf8JsonReader json)
    {
        if (!json.Read())
        {
            return Step.NeedsMore;
        }

        _place = json.TokenType == JsonTokenType.StartObject ? Place.Fields : throw new JsonException("not an object");
        return Step.Onward;
    }

    private Step ReadField(ref Utf8JsonReader json)
    {
        if (!json.Read())
        {
            return Step.NeedsMore;
        }

        if (json.TokenType == JsonTokenType.EndObject)
        {
            _place = Place.End;
            return Step.Onward;
        }

        var isItems = json.ValueTextEquals("items"u8);
        var isMetadata = json.ValueTextEquals("metadata"u8);
        if (!json.Read())
        {
            return Step.NeedsMore;
        }

        if (isItems && json.TokenType is JsonTokenType.StartArray or JsonTokenType.Null)
        {
            HasItems = true;
            _place = json.TokenType == JsonTokenType.StartArray ? Place.Items : Place.Fields;
            return Step.Onward;
        }

        var value = json;
        if (!json.TrySkip())
        {
            return Step.NeedsMore;
        }

        if (isMetadata)
        {
            ReadMetadata(ref value);
        }

        return Step.Onward;
    }

    private void ReadMetadata(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        while (json.NextField())
        {
            if (json.IsField("resourceVersion"u8))
            {
                ResourceVersion = Text(ref json);
            }
            else if (json.IsField("continue"u8))
            {
                Continue = Text(ref json);
            }
            else
            {
                json.SkipField();
            }
        }
    }

    private static string? Text(ref Utf8JsonReader json)
    {
        var text = json.TokenType == JsonTokenType.String ? json.GetString() : null;
        json.TrySkip();
        return string.IsNullOrEmpty(text) ? null : text;
    }

    private Step ReadItem(ref Utf8JsonReader json)
    {
        if (!json.Read())
        {
            return Step.NeedsMore;
        }

        if (json.TokenType == JsonTokenType.EndArray)
        {
            _place = Place.Fields;
            return Step.Onward;
        }

        var start = json;
        if (!json.TrySkip())
        {
            return Step.NeedsMore;
        }

        _item = reader.Read(ref start);
        return Step.Item;
    }
}
