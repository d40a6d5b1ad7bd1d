namespace ClusterDns.Transport.Tcp;

/// <summary>
/// Since when one connection has been waiting for what. Written by its loops, read by the listener's one sweep: a
/// timestamp in a field instead of a timer for every read and write.
/// </summary>
internal sealed class TcpDeadlines
{
    private readonly TimeProvider _time;
    private readonly TcpSettings _settings;
    private long _lastActivity;
    private long _messageBegan;
    private long _writeBegan;
    private long _lingerBegan;
    private bool _hasAsked;

    public TcpDeadlines(TimeProvider time, TcpSettings settings)
    {
        _time = time;
        _settings = settings;
        _lastActivity = time.GetTimestamp();
    }

    /// <summary>Whether the client leaves our answers lying in the system's send buffer.</summary>
    public bool IsWriteOverdue => IsOver(Volatile.Read(ref _writeBegan), _settings.Current.WriteTimeout);

    /// <summary>Whether the client has not closed its side though nothing more will come.</summary>
    public bool IsLingerOverdue => IsOver(Volatile.Read(ref _lingerBegan), _settings.Current.LingerTimeout);

    /// <summary>Whether a whole query was taken up.</summary>
    public bool HasAsked => Volatile.Read(ref _hasAsked);

    /// <summary>Since a query was taken up or an answer left; before, since the connection was.</summary>
    public TimeSpan IdleTime => _time.GetElapsedTime(Volatile.Read(ref _lastActivity));

    /// <summary>Whether <see cref="LingerBegan"/> was said.</summary>
    public bool IsLingering => Volatile.Read(ref _lingerBegan) != 0;

    /// <summary>A query was taken up, or an answer left.</summary>
    public void Active() => Volatile.Write(ref _lastActivity, _time.GetTimestamp());

    /// <summary>A whole query was taken up; the next one has not begun.</summary>
    public void MessageEnded()
    {
        Volatile.Write(ref _hasAsked, true);
        Volatile.Write(ref _messageBegan, 0);
        Active();
    }

    /// <summary>Part of a query is there. Says so as often as it likes: the time runs from the first.</summary>
    public void MessageBegan()
    {
        if (_messageBegan == 0)
        {
            Volatile.Write(ref _messageBegan, _time.GetTimestamp());
        }
    }

    /// <summary>It is us who wait with reading: the client's time stands still.</summary>
    public void ReadingPaused() => Volatile.Write(ref _messageBegan, 0);

    public void WriteBegan() => Volatile.Write(ref _writeBegan, _time.GetTimestamp());

    public void WriteEnded()
    {
        Volatile.Write(ref _writeBegan, 0);
        Active();
    }

    /// <summary>Everything is answered; only the client's end of the connection is missing.</summary>
    public void LingerBegan() => Volatile.Write(ref _lingerBegan, _time.GetTimestamp());

    /// <summary>Whether no part of a query is there and nothing has happened for so long.</summary>
    public bool IsQuietFor(TimeSpan time) =>
        Volatile.Read(ref _messageBegan) == 0 && _time.GetElapsedTime(Volatile.Read(ref _lastActivity)) >= time;

    /// <summary>Whether the client has been silent for too long.</summary>
    /// <param name="isWaitingForAnswers">Queries are in flight, so it is not the client who is silent.</param>
    public bool IsOverdue(bool isWaitingForAnswers)
    {
        if (Volatile.Read(ref _lingerBegan) != 0)
        {
            return false;
        }

        return Volatile.Read(ref _messageBegan) is var message and not 0
            ? IsOver(message, _settings.Current.ReadTimeout)
            : IsOver(Volatile.Read(ref _lastActivity), Patience(isWaitingForAnswers));
    }

    private TimeSpan Patience(bool isWaitingForAnswers)
    {
        if (isWaitingForAnswers)
        {
            return _settings.Current.AnswerTimeout;
        }

        return Volatile.Read(ref _hasAsked) ? _settings.Current.IdleTimeout : _settings.Current.ReadTimeout;
    }

    private bool IsOver(long since, TimeSpan limit) => since != 0 && _time.GetElapsedTime(since) > limit;
}
