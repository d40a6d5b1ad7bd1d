using ClusterDns.Corefile;
using ClusterDns.Operations.Http;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Health;

/// <summary><c>health [ADDRESS] { lameduck DURATION; watchdog }</c></summary>
internal static class HealthDirective
{
    private const string Name = "health";

    public static PluginDescriptor Descriptor { get; } = new(Name, SetUp);

    public static HealthOptions Parse(Directive directive)
    {
        directive.ExpectArguments(0, 1);
        var address = directive.Arguments.Count > 0 ? directive.Arguments[0].Text : HealthOptions.DefaultAddress;
        if (!HttpListenAddress.TryParse(address, out _, out var mistake))
        {
            throw directive.Error(mistake);
        }

        var lameduck = TimeSpan.Zero;
        var hasWatchdog = false;
        foreach (var property in directive.Properties)
        {
            property.ExpectNoBlock();
            switch (property.Name)
            {
                case "lameduck":
                    lameduck = ParseLameduck(property, property.SingleArgument());
                    break;
                case "watchdog":
                    property.ExpectArguments(0, 0);
                    hasWatchdog = true;
                    break;
                default:
                    throw property.UnknownProperty();
            }
        }

        return new HealthOptions(address, lameduck, hasWatchdog);
    }

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        // Several lines: the last one counts, as for CoreDNS.
        var options = directives.Select(Parse).Last();
        var services = block.Services;
        var log = block.LoggerFor(Name);
        var probe = new HealthProbe(options.Address, new HealthMetrics(services.Registry), log, services.Time);
        var watchdog = options.HasWatchdog ? StartWatchdog(block) : null;
        block.Configuration.AddPage(options.Address, HealthOptions.Path, new HealthPage(watchdog).WriteAsync);
        block.Configuration.OnStart(_ => probe.StartAsync());
        block.Configuration.OnStop(_ => probe.StopAsync());
        if (options.Lameduck > TimeSpan.Zero)
        {
            var lameduck = new Lameduck(options.Lameduck, log, services.Time);
            block.Configuration.OnDrain(lameduck.WaitAsync);
            block.Configuration.WaitsForQuiet = true;
        }
    }

    private static Watchdog StartWatchdog(BlockSetup block)
    {
        var checks = new Dictionary<RunningListener, ListenerCheck>();
        var watchdog = new Watchdog(
            () => block.Configuration.Listening.Select(CheckOf), block.LoggerFor(Name), block.Services.Time);
        block.Configuration.OnStart(_ => watchdog.StartAsync());
        block.Configuration.OnStop(_ => watchdog.StopAsync());
        return watchdog;

        ListenerCheck CheckOf(RunningListener listener)
        {
            if (!checks.TryGetValue(listener, out var check))
            {
                check = new ListenerCheck(listener.Endpoint, () => listener.ReceivedByUdp, ListenerCheck.DefaultTimeout);
                checks.Add(listener, check);
            }

            return check;
        }
    }

    private static TimeSpan ParseLameduck(Directive property, string text)
    {
        if (!GoDuration.TryParse(text, out var duration, out var mistake))
        {
            throw property.Error($"unable to parse lameduck duration value: \"{text}\": {mistake}");
        }

        return duration <= GoDuration.LongestTimer
            ? duration
            : throw property.Error($"lameduck cannot be longer than 24 days: {text}");
    }
}
