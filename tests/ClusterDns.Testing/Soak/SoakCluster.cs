namespace ClusterDns.Testing.Soak;

/// <summary>The cluster that changes, with the history of each object.</summary>
internal sealed class SoakCluster
{
    private const int Namespaces = 6;
    private const int ServicesPerNamespace = 8;
    private const int HeadlessPerNamespace = 4;
    private const int PodsPerNamespace = 8;

    /// <summary>Of the namespaces so many, the last, come and go.</summary>
    private const int PassingNamespaces = 2;

    private readonly List<SoakNamespace> _spaces = [];
    private readonly Lock _lock = new();

    public SoakCluster(FakeApiServer api, Func<TimeSpan> now)
    {
        for (var i = 0; i < Namespaces; i++)
        {
            var space = new SoakNamespace(api, $"soak-{i}", now);
            space.Services.AddRange(Numbers(i, ServicesPerNamespace).Select(number => new SoakService(api, space, number, now)));
            space.Headless.AddRange(Numbers(i, HeadlessPerNamespace).Select(number => new SoakHeadless(api, space, number, now)));
            space.Pods.AddRange(Numbers(i, PodsPerNamespace).Select(number => new SoakPod(api, space, number, now)));
            space.Create();
            _spaces.Add(space);
        }
    }

    /// <summary>Changes made so far.</summary>
    public long Changes { get; private set; }

    /// <summary>No change is under way while this runs.</summary>
    public void Between(Action what)
    {
        lock (_lock)
        {
            what();
        }
    }

    public void ChangeSomething(Random random)
    {
        lock (_lock)
        {
            Changes++;
            var space = _spaces[random.Next(Namespaces)];
            var chance = random.Next(100);
            if (chance < 2)
            {
                TogglePassing(_spaces[^(1 + random.Next(PassingNamespaces))]);
            }
            else if (space.IsThere)
            {
                Change(space, chance, random);
            }
        }
    }

    public SoakQuestion Ask(Random random)
    {
        var space = _spaces[random.Next(Namespaces)];
        var service = space.Services[random.Next(ServicesPerNamespace)];
        var headless = space.Headless[random.Next(HeadlessPerNamespace)];
        return random.Next(14) switch
        {
            0 or 1 => service.AskAddress(),
            2 => service.AskSecondFamily(),
            3 => service.AskPort(),
            4 => service.AskReverse(),
            5 or 6 => headless.AskAddresses(),
            7 => headless.AskPorts(),
            8 => headless.AskEndpoint(random),
            9 => headless.AskReverse(random),
            10 => space.Pods[random.Next(PodsPerNamespace)].Ask(),
            11 => space.AskName(),
            12 => space.AskMissing($"hot-{random.Next(30)}.outside.test"),
            _ => space.AskMissing($"nobody-{random.Next(1000)}"),
        };
    }

    private static IEnumerable<int> Numbers(int space, int count) => Enumerable.Range(space * count, count);

    private static void TogglePassing(SoakNamespace space)
    {
        if (space.IsThere)
        {
            space.Delete();
        }
        else
        {
            space.Create();
        }
    }

    private static void Change(SoakNamespace space, int chance, Random random)
    {
        var service = space.Services[random.Next(ServicesPerNamespace)];
        var headless = space.Headless[random.Next(HeadlessPerNamespace)];
        switch (chance)
        {
            case < 15:
                service.Create();
                break;
            case < 25:
                service.Toggle();
                break;
            case < 30:
                headless.Toggle();
                break;
            case < 60:
                headless.ChangeEndpoint(random);
                break;
            case < 85:
                headless.MoveEndpoint(random);
                break;
            default:
                space.Pods[random.Next(PodsPerNamespace)].Toggle();
                break;
        }
    }
}
