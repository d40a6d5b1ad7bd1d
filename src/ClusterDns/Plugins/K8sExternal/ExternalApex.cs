using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.K8sExternal;

/// <summary>What a zone says of itself: SOA and NS at its apex, and the name server below <c>dns.ZONE</c>.</summary>
internal sealed class ExternalApex
{
    private const uint RefreshSeconds = 7200;
    private const uint RetrySeconds = 1800;
    private const uint ExpireSeconds = 86400;

    private readonly K8sExternalOptions _options;
    private readonly KubernetesPlugin _cluster;
    private readonly byte[] _apex;
    private readonly byte[] _nameServer;
    private readonly byte[] _hostmaster;

    public ExternalApex(K8sExternalOptions options, KubernetesPlugin cluster)
    {
        _options = options;
        _cluster = cluster;
        _apex = options.Apex.Wire[..^1].ToArray();
        _nameServer = [.. NameServer, .. _apex];
        _hostmaster = [.. ZoneNames.Hostmaster, .. _apex];
    }

    private static ReadOnlySpan<byte> NameServer => "\u0003ns1"u8;

    /// <summary>Answers if the name is the zone's apex, or at or below the apex label; false for any other.</summary>
    public bool TryAnswer(in ClusterQuestion question, out AnswerOutcome outcome)
    {
        outcome = AnswerOutcome.Answered;
        if (question.IsApex)
        {
            WriteApex(question);
            return true;
        }

        var below = question.LabelsBelowZone - _options.Apex.LabelCount;
        if (below < 0 || !question.Name.From(below).StartsWith(_apex))
        {
            return false;
        }

        // The label itself exists because of the name server below it.
        if (below == 1 && question.Name.Wire.StartsWith(NameServer))
        {
            WriteAddresses(question, Section.Answer);
        }
        else if (below > 0)
        {
            outcome = AnswerOutcome.NameError;
        }

        return true;
    }

    public void WriteStartOfAuthority(in ClusterQuestion question, Section section)
    {
        var times = new SoaTimes(_cluster.Zone.ExternalSerial, RefreshSeconds, RetrySeconds, ExpireSeconds, _options.TimeToLive);
        question.Reply.AddStartOfAuthority(
            section,
            question.ZoneName,
            _options.TimeToLive,
            question.InZone(_nameServer),
            question.InZone(_hostmaster),
            times);
    }

    private void WriteApex(in ClusterQuestion question)
    {
        switch (question.Type)
        {
            case RecordType.SOA:
                WriteStartOfAuthority(question, Section.Answer);
                break;
            case RecordType.NS:
                question.Reply.AddName(
                    Section.Answer, NameParts.Question, RecordType.NS, _options.TimeToLive, question.InZone(_nameServer));
                WriteAddresses(question, Section.Additional);
                break;
        }
    }

    // The addresses outside of the Services that have this server among their endpoints; its own if there is none.
    private void WriteAddresses(in ClusterQuestion question, Section section)
    {
        using var written = new WrittenRecords(
            question.Reply, stackalloc ushort[WrittenRecords.UsualSlots], WrittenRecords.UsualSlots / 2);
        var isEndpoint = false;
        for (var i = 0; i < _cluster.LocalAddresses.Count; i++)
        {
            foreach (var endpoint in _cluster.Zone.FindEndpointsByAddress(_cluster.LocalAddresses[i]))
            {
                isEndpoint = true;
                foreach (var address in endpoint.Service is { } service ? service.ExternalAddresses : [])
                {
                    WriteAddress(question, section, address, written);
                }
            }
        }

        for (var i = 0; i < _cluster.LocalAddresses.Count && !isEndpoint; i++)
        {
            WriteAddress(question, section, _cluster.LocalAddresses[i], written);
        }
    }

    private void WriteAddress(
        in ClusterQuestion question, Section section, NetworkAddress address, scoped WrittenRecords written)
    {
        Span<byte> octets = stackalloc byte[16];
        var shown = octets[..address.Write(octets)];
        if ((section == Section.Additional || question.AsksFor(address.IsIPv4)) && written.TryAdd(new AddressKey(shown)))
        {
            question.Reply.AddAddress(section, question.InZone(_nameServer), _options.TimeToLive, shown);
        }
    }
}
