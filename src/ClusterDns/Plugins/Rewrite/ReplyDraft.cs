using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Rewrite;

/// <summary>
/// What the rules that were applied to one question want done to its reply, and the doing of it. Changes are made in the
/// opposite order of the rules: the last one's first.
/// </summary>
internal sealed class ReplyDraft : INameMap
{
    private readonly List<TimeToLiveRange> _timesToLive = [];
    private readonly List<ResponseCodeChange> _codes = [];
    private readonly List<AliasRule> _aliases = [];
    private readonly List<ushort> _hiddenOptions = [];
    private readonly NameText _name = new();
    private readonly byte[] _aliasTarget = new byte[WireName.MaxLength];
    private Query _client = null!;
    private int _aliasOffset;
    private int _aliasLength;

    /// <summary>The name that a rule could not change into another one; null as long as all went well.</summary>
    public string? InvalidName { get; private set; }

    /// <summary>What happens to names.</summary>
    public AnswerNames Names { get; } = new();

    public bool HasAliases => _aliases.Count > 0;

    /// <summary>What the rewritten CNAME leads to now, once <see cref="TryFindAlias"/> found one.</summary>
    public ReadOnlyMemory<byte> AliasTarget => _aliasTarget.AsMemory(0, _aliasLength);

    public void Add(TimeToLiveRange range) => _timesToLive.Add(range);

    public void Add(ResponseCodeChange change) => _codes.Add(change);

    public void Add(AliasRule rule) => _aliases.Add(rule);

    /// <summary>An EDNS option that the client is not to see.</summary>
    public void LeaveOut(ushort option) => _hiddenOptions.Add(option);

    public void Clear()
    {
        Names.Clear();
        _timesToLive.Clear();
        _codes.Clear();
        _aliases.Clear();
        _hiddenOptions.Clear();
        _client = null!;
        _aliasOffset = 0;
        InvalidName = null;
    }

    public ResponseCode Change(ResponseCode code)
    {
        for (var i = _codes.Count - 1; i >= 0; i--)
        {
            code = code == _codes[i].From ? _codes[i].To : code;
        }

        return code;
    }

    /// <summary>Looks for a CNAME in the answer whose target a <c>cname</c> rule changes.</summary>
    public bool TryFindAlias(Reply reply)
    {
        Span<byte> target = stackalloc byte[WireName.MaxLength];
        var records = reply.ReadRecords();
        while (records.TryRead(out var record) && record.Section == Section.Answer)
        {
            var position = record.DataOffset;
            if (record.Type != RecordType.CNAME || !NameReader.TryRead(reply.Message, ref position, target, out var length))
            {
                continue;
            }

            _name.Set(target[..length]);
            if (TryChangeAlias(record.Offset))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Writes the client's reply out of the one to the rewritten query. What <paramref name="continuation"/> was answered
    /// follows the rewritten CNAME, instead of what followed it there.
    /// </summary>
    /// <returns>False when a rule makes no name of one in the reply: <see cref="InvalidName"/>.</returns>
    public bool TryWrite(Query client, Reply source, Reply? continuation = null)
    {
        _client = client;
        var reply = client.Reply;
        reply.Clear();
        var hasAlias = false;
        var records = source.ReadRecords();
        while (records.TryRead(out var record) && InvalidName is null)
        {
            if (hasAlias && record.Section == Section.Answer)
            {
                continue;
            }

            reply.AddCopy(record.Section, source.Message, record with { TimeToLive = Change(record.TimeToLive) }, this);
            if (record.Offset == _aliasOffset)
            {
                hasAlias = true;
                AddAnswers(reply, continuation);
            }
        }

        reply.Code = Change(source.Code);
        reply.IsAuthoritative = source.IsAuthoritative;
        reply.IsRecursionAvailable = source.IsRecursionAvailable;
        reply.IsRecursionDesired = source.IsRecursionDesired;
        reply.IsAuthenticData = source.IsAuthenticData;
        reply.IsTruncated |= source.IsTruncated;
        AddOptions(reply, source);
        return InvalidName is null;
    }

    public bool TryMap(in RecordView record, int index, Span<byte> name, ref int length)
    {
        if (index > INameMap.Owner && record.Offset == _aliasOffset)
        {
            AliasTarget.Span.CopyTo(name);
            length = _aliasLength;
        }

        var isOwner = index == INameMap.Owner;
        if (Names.IsEmpty || (!isOwner && !IsValue(record.Type, index)))
        {
            return true;
        }

        _name.Set(name[..length]);
        if (!Names.TryChange(_name, isOwner, out var isChanged))
        {
            InvalidName = _name.Draft.ToString();
            return false;
        }

        if (isChanged)
        {
            // The name asked for is told as it was spelt.
            var changed = _name.Wire.SequenceEqual(_client.Name.Wire) ? _client.NameAsSent : _name.Wire;
            changed.CopyTo(name);
            length = changed.Length;
        }

        return true;
    }

    // The types and names that CoreDNS knows a value of; of a SOA it is the primary server.
    private static bool IsValue(RecordType type, int index) => index == 1 && type is RecordType.CNAME or RecordType.DNAME
        or RecordType.MX or RecordType.NAPTR or RecordType.NS or RecordType.SOA or RecordType.SRV;

    private static void AddAnswers(Reply reply, Reply? continuation)
    {
        if (continuation is null)
        {
            return;
        }

        var records = continuation.ReadRecords();
        while (records.TryRead(out var record) && record.Section == Section.Answer)
        {
            reply.AddCopy(Section.Answer, continuation.Message, record);
        }

        reply.IsTruncated |= continuation.IsTruncated;
    }

    private bool TryChangeAlias(int offset)
    {
        for (var i = _aliases.Count - 1; i >= 0; i--)
        {
            var rule = _aliases[i];
            if (rule.Pattern.Matches(_name) && rule.Pattern.TryRewrite(_name, rule.Replacement))
            {
                _name.Wire.CopyTo(_aliasTarget);
                _aliasLength = _name.Wire.Length;
                _aliasOffset = offset;
                return true;
            }
        }

        return false;
    }

    private uint Change(uint timeToLive)
    {
        for (var i = _timesToLive.Count - 1; i >= 0; i--)
        {
            timeToLive = _timesToLive[i].Limit(timeToLive);
        }

        return timeToLive;
    }

    private void AddOptions(Reply reply, Reply source)
    {
        var options = source.Options;
        while (options.TryRead(out var code, out var data))
        {
            if (!_hiddenOptions.Contains(code))
            {
                reply.AddOption(code, data);
            }
        }
    }
}
