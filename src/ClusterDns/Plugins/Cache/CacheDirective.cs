using System.Globalization;
using ClusterDns.Corefile;
using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Cache;

/// <summary><c>cache [TTL] [ZONES...] { ... }</c>; the properties are in the README.</summary>
internal static class CacheDirective
{
    private const string Name = "cache";

    public static PluginDescriptor Descriptor { get; } = new(Name, SetUp, OncePerBlock: true);

    /// <param name="directive">The line.</param>
    /// <param name="blockZones">Taken where the line names no zones.</param>
    /// <exception cref="CorefileException">The first mistake.</exception>
    public static CacheOptions Parse(Directive directive, IReadOnlyList<DnsName> blockZones)
    {
        var arguments = directive.Arguments;
        uint? longest = null;
        if (arguments.Count > 0 && TryReadNumber(arguments[0], out _))
        {
            longest = ReadTimeToLive(directive, arguments[0]);
            arguments = [.. arguments.Skip(1)];
        }

        var options = new CacheOptions(arguments.Count > 0 ? ZoneArguments.Parse(arguments) : blockZones);
        if (longest is { } seconds)
        {
            options = options with
            {
                Success = options.Success with { Longest = seconds },
                Denial = options.Denial with { Longest = seconds },
            };
        }

        options = directive.Properties.Aggregate(options, Read);
        return options is { PrefersPositive: true, Stale: null }
            ? throw directive.Error("serve_stale_policy needs serve_stale")
            : options;
    }

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        var options = Parse(directives[0], block.Zones);
        var caches = block.Services.Caches;
        var plugin = new CachePlugin(options, block.Services, block.LoggerFor(Name))
        {
            HasExtendedErrors = block.HasExtendedErrors,
            View = block.ViewName,
        };

        // Listeners and live zones are known only when all plugins of the block are set up: at the start.
        CacheStore? store = null;
        block.Configuration.OnStart(_ =>
        {
            store = caches.Acquire(block, options);
            plugin.Open(store, block.LiveZones);
            foreach (var server in block.ServerLabels)
            {
                caches.Metrics.Show(store, server, plugin.ZonesLabel, block.ViewName);
            }

            return Task.CompletedTask;
        });
        block.Configuration.OnStop(_ =>
        {
            if (store is not null)
            {
                caches.Release(store, block.Configuration);
            }

            return Task.CompletedTask;
        });
        block.Add(plugin);
    }

    private static CacheOptions Read(CacheOptions options, Directive property)
    {
        property.ExpectNoBlock();
        switch (property.Name)
        {
            case "success":
                return options with { Success = ReadTable(property, options.Success) };
            case "denial":
                return options with { Denial = ReadTable(property, options.Denial) };
            case "prefetch":
                return options with { Prefetch = ReadPrefetch(property) };
            case "serve_stale":
                return options with { Stale = StaleSyntax.Read(property) };
            case "serve_stale_policy":
                return property.SingleArgument() is "prefer_positive"
                    ? options with { PrefersPositive = true }
                    : throw property.Error($"invalid value for serve_stale_policy: {property.Arguments[0].Text}");
            case "servfail":
                return options with { ServerFailure = ReadServerFailure(property) };
            case "disable":
                return ReadDisable(options, property);
            case "keepttl":
                property.ExpectArguments(0, 0);
                return options with { KeepsTimeToLive = true };
            default:
                // CoreDNS words an unknown property of this plugin so.
                throw property.Error($"Wrong argument count or unexpected line ending after '{property.Name}'");
        }
    }

    private static TableOptions ReadTable(Directive property, TableOptions table)
    {
        // Words behind the third are passed over, as by CoreDNS.
        property.ExpectArguments(1);
        table = table with { Capacity = ReadNumber(property, property.Arguments[0]) };
        if (property.Arguments.Count > 1)
        {
            table = table with { Longest = ReadTimeToLive(property, property.Arguments[1]) };
        }

        if (property.Arguments.Count > 2)
        {
            var shortest = ReadNumber(property, property.Arguments[2]);
            table = shortest >= 0
                ? table with { Shortest = (uint)shortest }
                : throw property.Error($"cache min TTL can not be negative: {shortest}");
        }

        return table;
    }

    private static PrefetchOptions ReadPrefetch(Directive property)
    {
        property.ExpectArguments(1, 3);
        var words = property.Arguments;
        var options = PrefetchOptions.None with { Amount = ReadNumber(property, words[0]) };
        if (options.Amount < 0)
        {
            throw property.Error($"prefetch amount should be positive: {options.Amount}");
        }

        if (words.Count > 1)
        {
            options = options with { Gap = StaleSyntax.ReadDuration(property, words[1]) };
        }

        return words.Count > 2 ? options with { Percentage = ReadPercentage(property, words[2]) } : options;
    }

    private static int ReadPercentage(Directive property, CorefileToken word)
    {
        if (!word.Text.EndsWith('%'))
        {
            var last = word.Text.Length > 0 ? word.Text[^1..] : "";
            throw property.Error($"last character of percentage should be `%`, but is: '{last}'");
        }

        var percentage = ReadNumber(property, word with { Text = word.Text[..^1] });
        return percentage is >= 10 and <= 90
            ? percentage
            : throw property.Error($"percentage should fall in range [10, 90]: {percentage}");
    }

    private static TimeSpan ReadServerFailure(Directive property)
    {
        property.ExpectArguments(1, 1);
        var duration = StaleSyntax.ReadDuration(property, property.Arguments[0]);
        if (duration < TimeSpan.Zero)
        {
            throw property.Error("invalid negative ttl for servfail");
        }

        return duration <= CacheLimits.LongestServerFailure
            ? duration
            : throw property.Error("caching SERVFAIL responses over 5 minutes is not permitted");
    }

    private static CacheOptions ReadDisable(CacheOptions options, Directive property)
    {
        property.ExpectArguments(1);
        var zones = new List<DnsName>();
        foreach (var word in property.Arguments.Skip(1))
        {
            zones.AddRange(ZoneAddress.TryParse(word, out var address, out _)
                ? address.Zones
                : throw property.Error($"invalid disabled zone: {word.Text}"));
        }

        zones = zones.Count > 0 ? zones : [DnsName.Root];
        return property.Arguments[0].Text switch
        {
            "success" => options with { SuccessDisabled = zones },
            "denial" => options with { DenialDisabled = zones },
            _ => throw property.Error("cache type for disable must be \"success\" or \"denial\""),
        };
    }

    private static uint ReadTimeToLive(Directive directive, CorefileToken word)
    {
        var seconds = ReadNumber(directive, word);
        return seconds > 0
            ? (uint)seconds
            : throw directive.Error($"cache TTL can not be zero or negative: {seconds}");
    }

    private static int ReadNumber(Directive directive, CorefileToken word) =>
        TryReadNumber(word, out var number)
            ? number
            : throw directive.Error($"strconv.Atoi: parsing \"{word.Shown}\": invalid syntax");

    private static bool TryReadNumber(CorefileToken word, out int number) =>
        int.TryParse(word.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
