using ClusterDns.Corefile;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.LoadBalance;

/// <summary><c>loadbalance [round_robin | weighted FILE] { reload DURATION; prefer CIDR... }</c></summary>
internal static class LoadBalanceDirective
{
    private const string Name = "loadbalance";

    public static PluginDescriptor Descriptor { get; } = new(Name, SetUp);

    public static LoadBalanceOptions Parse(Directive directive)
    {
        var weightFile = ParsePolicy(directive);
        var reload = LoadBalanceOptions.DefaultReload;
        List<PreferredNetwork> preferred = [];
        foreach (var property in directive.Properties)
        {
            property.ExpectNoBlock();
            switch (property.Name)
            {
                case "reload" when weightFile is not null:
                    reload = ParseReload(property);
                    break;
                case "prefer":
                    preferred.AddRange(property.Arguments.Select(word => ParseNetwork(property, word.Text)));
                    break;
                default:
                    throw property.UnknownProperty();
            }
        }

        return new LoadBalanceOptions(weightFile, reload, preferred);
    }

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        // Several lines: the last one counts, as for CoreDNS.
        var options = directives.Select(Parse).Last();
        var order = options.WeightFile is { } path
            ? Weighted(directives[^1], path, options.Reload, block)
            : new UniformOrder();
        if (options.Preferred.Count > 0)
        {
            order = new PreferredFirst(order, [.. options.Preferred]);
        }

        block.Add(new LoadBalancePlugin(options, order));
    }

    private static IAddressOrder Weighted(Directive directive, string path, TimeSpan reload, BlockSetup block)
    {
        var file = new WeightFile(block.PathOf(path), reload, block.LoggerFor(Name), block.Services.Time);
        if (file.Open() is { } fault)
        {
            throw directive.Error(fault);
        }

        block.Configuration.OnStart(_ => file.StartAsync());
        block.Configuration.OnStop(_ => file.StopAsync());
        return new WeightedOrder(file);
    }

    private static string? ParsePolicy(Directive directive) => directive.Arguments switch
    {
        [] or [{ Text: "round_robin" }] => null,
        [{ Text: "round_robin" }, ..] => throw directive.Error("unknown property for round_robin"),
        [{ Text: "weighted" }] => throw directive.Error("missing weight file argument"),
        [{ Text: "weighted" }, { Text: var path }] => path,
        [{ Text: "weighted" }, ..] => throw directive.Error("unexpected argument(s)"),
        [{ Text: var policy }, ..] => throw directive.Error($"unknown policy: {policy}"),
    };

    private static TimeSpan ParseReload(Directive property)
    {
        var text = property.SingleArgument();
        if (!GoDuration.TryParse(text, out var reload, out _)
            || reload < TimeSpan.Zero
            || reload > GoDuration.LongestTimer)
        {
            throw property.Error($"invalid reload duration '{text}'");
        }

        return reload == TimeSpan.Zero || reload >= LoadBalanceOptions.ShortestReload
            ? reload
            : LoadBalanceOptions.ShortestReload;
    }

    private static PreferredNetwork ParseNetwork(Directive property, string text) =>
        PreferredNetwork.TryParse(text, out var network)
            ? network
            : throw property.Error($"invalid CIDR \"{text}\": invalid CIDR address: {text}");
}
