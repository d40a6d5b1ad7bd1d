using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;

namespace ClusterDns.Testing.Soak;

/// <summary>A Service with cluster addresses, which change with each turn; every third has one of IPv6 too.</summary>
internal sealed class SoakService(FakeApiServer api, SoakNamespace space, int number, Func<TimeSpan> now)
{
    private const int Absent = -1;
    private const int MostTurns = 250;

    private readonly Timeline<int> _turn = new(Absent, now);
    private readonly string _name = $"service-{number}";
    private int _turns;

    private string Domain => $"{_name}.{space.Name}.svc.cluster.local.";

    private bool HasSecondFamily => number % 3 == 0;

    /// <summary>Makes it, or gives it other addresses.</summary>
    public void Create()
    {
        var turn = _turns++ % MostTurns;
        var more = HasSecondFamily ? $",\"{Address6(turn)}\"" : "";
        _turn.Changing(turn);
        api.Put(ResourceKind.Service, $$"""
            {"apiVersion":"v1","kind":"Service","metadata":{"name":"{{_name}}","namespace":"{{space.Name}}"},"spec":{"clusterIP":"{{Address(turn)}}","clusterIPs":["{{Address(turn)}}"{{more}}],"ports":[{"name":"http","protocol":"TCP","port":80}]} }
            """);
        _turn.Changed();
    }

    public void Delete()
    {
        _turn.Changing(Absent);
        api.Delete(ResourceKind.Service, space.Name, _name);
        _turn.Changed();
    }

    public void Toggle()
    {
        if (_turn.Latest == Absent)
        {
            Create();
        }
        else
        {
            Delete();
        }
    }

    public SoakQuestion AskAddress() => Ask(Domain, RecordType.A, Address);

    public SoakQuestion AskSecondFamily() => Ask(Domain, RecordType.AAAA, turn => HasSecondFamily ? Address6(turn) : null);

    /// <summary>The weight is shared by the addresses, as CoreDNS does it, though all have one name.</summary>
    public SoakQuestion AskPort() => Ask($"_http._tcp.{Domain}", RecordType.SRV, _ => $"0 {(HasSecondFamily ? 50 : 100)} 80 {Domain}");

    /// <summary>The reverse name of its address now, or of the next one.</summary>
    public SoakQuestion AskReverse()
    {
        var turn = Math.Max(_turn.Latest, 0);
        var reverse = string.Join('.', Address(turn).Split('.').Reverse()) + ".in-addr.arpa.";
        return new SoakQuestion(reverse, RecordType.PTR, IsOutside: false, (answer, from, to) =>
            answer.IsMissing
                ? space.WasMissing(from, to) || _turn.Between(from, to).Any(held => held != turn)
                : answer.Is(Domain) && _turn.Between(from, to).Contains(turn));
    }

    private SoakQuestion Ask(string domain, RecordType type, Func<int, string?> addressOf) =>
        new(domain, type, IsOutside: false, (answer, from, to) =>
            IsMissing(answer, from, to)
            || _turn.Between(from, to).Any(turn => turn != Absent && (addressOf(turn) is { } address ? answer.Is(address) : answer.IsEmpty)));

    private bool IsMissing(SoakAnswer answer, TimeSpan from, TimeSpan to) =>
        answer.IsMissing && (space.WasMissing(from, to) || _turn.Between(from, to).Contains(Absent));

    private string Address(int turn) => $"10.96.{number}.{turn + 1}";

    private string Address6(int turn) => $"fd00::{number + 1:x}:{turn + 1:x}";
}
