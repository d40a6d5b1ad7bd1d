using ClusterDns.Corefile;
using ClusterDns.Kubernetes;
using ClusterDns.Kubernetes.Manifests.Labels;
using ClusterDns.Kubernetes.Snapshots;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>Collects the properties of one <c>kubernetes</c> directive; a later line of one name replaces an earlier.</summary>
internal sealed class KubernetesOptionsBuilder(ILogger logger)
{
    private const int MostTimeToLive = 3600;

    private static readonly TimeSpan LongestStartup = TimeSpan.FromHours(1);
    private static readonly TimeSpan LeastSnapshotAge = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostSnapshotAge = TimeSpan.FromHours(8760);

    private static readonly Dictionary<string, Action<KubernetesOptionsBuilder, Directive>> Properties = new()
    {
        ["endpoint"] = (options, property) => options.ReadEndpoint(property),
        ["tls"] = (options, property) => options.ReadCertificate(property),
        ["kubeconfig"] = (options, property) => options.ReadKubeconfig(property),
        ["apiserver_qps"] = (options, property) => options.ReadRequestRate(property),
        ["apiserver_burst"] = (options, property) => options.ReadRequestBurst(property),
        ["apiserver_max_inflight"] = (_, property) => ReadRequestLimit(property),
        ["namespaces"] = (options, property) => options.ReadNamespaces(property),
        ["namespace_labels"] = (options, property) => options.ReadNamespaceSelector(property),
        ["labels"] = (options, property) => options.ReadSelector(property),
        ["pods"] = (options, property) => options._pods = ReadPods(property),
        ["endpoint_pod_names"] = (options, property) => options.ReadPodNames(property),
        ["endpoint_source"] = (options, property) => options._endpointSource = ReadEndpointSource(property),
        ["noendpoints"] = (options, property) => options._hasNoEndpoints = ReadFlag(property),
        ["ttl"] = (options, property) => options._timeToLive = ReadTimeToLive(property),
        ["fallthrough"] = (options, property) => options._fallthrough = ZoneArguments.ParseOrAll(property),
        ["ignore"] = (options, property) => options._ignoreEmptyServices |= ReadIgnore(property),
        ["explain"] = (options, property) => options._explains = ReadFlag(property),
        ["snapshot"] = (options, property) => options.ReadSnapshot(property),
        ["startup_timeout"] = (options, property) => options._startupTimeout = ReadStartupTimeout(property),
        ["zonal"] = (_, property) => throw NotSupported(property),
        ["multicluster"] = (_, property) => throw NotSupported(property),
    };

    private readonly List<string> _namespaces = [];
    private ClusterSourceOptions _source = new();
    private IReadOnlyList<DnsName> _fallthrough = [];
    private EndpointSource? _endpointSource;
    private bool _hasNoEndpoints;
    private bool _ignoreEmptyServices;
    private bool _explains;
    private PodMode _pods;
    private uint _timeToLive = KubernetesOptions.DefaultTimeToLive;
    private SnapshotOptions? _snapshot;
    private TimeSpan _startupTimeout = KubernetesOptions.DefaultStartupTimeout;

    /// <exception cref="CorefileException">The property is unknown, or there is a mistake in it.</exception>
    public void Read(Directive property)
    {
        if (!Properties.TryGetValue(property.Name, out var read))
        {
            throw property.UnknownProperty();
        }

        property.ExpectNoBlock();
        read(this, property);
    }

    /// <exception cref="CorefileException">Two properties exclude each other.</exception>
    public KubernetesOptions Build(Directive directive, IReadOnlyList<DnsName> zones, DnsName primary)
    {
        if (_namespaces.Count > 0 && _source.NamespaceLabelSelector is not null)
        {
            throw directive.Error("namespaces and namespace_labels cannot both be set");
        }

        if (_hasNoEndpoints && _endpointSource is not null)
        {
            throw directive.Error("noendpoints and endpoint_source cannot both be set");
        }

        return new KubernetesOptions
        {
            Zones = new ZoneList(zones),
            PrimaryZone = primary,
            Source = _source with
            {
                WatchPods = _pods == PodMode.Verified,
                EndpointSource = _hasNoEndpoints ? EndpointSource.None : _endpointSource ?? EndpointSource.Auto,
                Snapshot = _snapshot is null ? null : _snapshot with { Grace = Shorter(_snapshot.Grace, _startupTimeout) },
            },
            TimeToLive = _timeToLive,
            Pods = _pods,
            Namespaces = new NamespaceFilter(_namespaces),
            Fallthrough = new ZoneList(_fallthrough),
            IgnoreEmptyServices = _ignoreEmptyServices,
            Explains = _explains,
            StartupTimeout = _startupTimeout,
        };
    }

    private void ReadEndpoint(Directive property)
    {
        property.ExpectArguments(1);
        var first = property.Arguments[0].Text;
        _source = _source with { Endpoint = first };
        if (property.Arguments.Count > 1)
        {
            KubernetesLog.MoreEndpoints(logger, first);
        }
    }

    private void ReadCertificate(Directive property)
    {
        property.ExpectArguments(3, 3);
        var paths = property.Arguments;
        _source = _source with { Certificate = new ClientCertificateFiles(paths[0].Text, paths[1].Text, paths[2].Text) };
    }

    private void ReadKubeconfig(Directive property)
    {
        property.ExpectArguments(1, 2);
        var words = property.Arguments;
        _source = _source with
        {
            KubeconfigPath = words[0].Text,
            KubeconfigContext = words.Count > 1 ? words[1].Text : null,
        };
    }

    private void ReadRequestRate(Directive property)
    {
        var word = property.SingleArgument();
        _source = _source with
        {
            MaxRequestsPerSecond = GoNumber.TryParseFloat(word, out var rate, out var mistake)
                ? NotNegative(property, rate)
                : throw Invalid(property, word, mistake),
        };
    }

    private void ReadRequestBurst(Directive property) =>
        _source = _source with { RequestBurst = (int)NotNegative(property, ReadInteger(property)) };

    // At most one list or watch of each kind is under way: there is nothing to limit.
    private static void ReadRequestLimit(Directive property) => NotNegative(property, ReadInteger(property));

    private void ReadNamespaces(Directive property)
    {
        property.ExpectArguments(1);
        _namespaces.AddRange(property.Arguments.Select(word => word.Text));
    }

    private void ReadNamespaceSelector(Directive property) =>
        _source = _source with { NamespaceLabelSelector = ParseSelector(property, "namespace_label") };

    private void ReadSelector(Directive property) =>
        _source = _source with { LabelSelector = ParseSelector(property, "label") };

    private static string ParseSelector(Directive property, string what)
    {
        property.ExpectArguments(1);
        var text = string.Join(' ', property.Arguments.Select(word => word.Text));
        return LabelSelector.TryParse(text, out _)
            ? text
            : throw property.Error($"unable to parse {what} selector value: '{text}'");
    }

    private void ReadPodNames(Directive property) => _source = _source with { KeepPodNames = ReadFlag(property) };

    private static PodMode ReadPods(Directive property) => property.SingleArgument() switch
    {
        "disabled" => PodMode.Disabled,
        "insecure" => PodMode.Insecure,
        "verified" => PodMode.Verified,
        var other => throw property.Error($"wrong value for pods: {other},  must be one of: disabled, verified, insecure"),
    };

    private static EndpointSource ReadEndpointSource(Directive property) => property.SingleArgument() switch
    {
        "auto" => EndpointSource.Auto,
        "slices" => EndpointSource.Slices,
        "endpoints" => EndpointSource.Endpoints,
        var other => throw property.Error($"wrong value for endpoint_source: {other}, must be one of: auto, slices, endpoints"),
    };

    private static bool ReadFlag(Directive property)
    {
        property.ExpectArguments(0, 0);
        return true;
    }

    private static uint ReadTimeToLive(Directive property)
    {
        // Words behind the first are passed over, as they always were.
        property.ExpectArguments(1);
        if (!GoNumber.TryParseInteger(property.Arguments[0].Text, out var seconds, out var mistake))
        {
            throw property.Error(mistake);
        }

        return seconds is >= 0 and <= MostTimeToLive
            ? (uint)seconds
            : throw property.Error($"ttl must be in range [0, {MostTimeToLive}]: {seconds}");
    }

    // Without argument it means nothing, and never was a mistake.
    private static bool ReadIgnore(Directive property) => property.Arguments switch
    {
        [] => false,
        [{ Text: "empty_service" }, ..] => true,
        [var other, ..] => throw property.Error($"unable to parse ignore value: '{other.Text}'"),
    };

    private static TimeSpan ReadStartupTimeout(Directive property)
    {
        var word = property.SingleArgument();
        if (!GoDuration.TryParse(word, out var timeout, out var mistake))
        {
            throw property.Error($"failed to parse startup_timeout: {word}, {mistake}");
        }

        return timeout >= TimeSpan.Zero && timeout <= LongestStartup
            ? timeout
            : throw property.Error($"startup_timeout must be in range [0s, 1h]: {word}");
    }

    private void ReadSnapshot(Directive property)
    {
        property.ExpectArguments(1, 2);
        var age = SnapshotOptions.DefaultMaxAge;
        if (property.Arguments.Count > 1)
        {
            var word = property.Arguments[1].Text;
            if (!GoDuration.TryParse(word, out age, out var mistake))
            {
                throw property.Error($"failed to parse snapshot max_age: {word}, {mistake}");
            }

            if (age < LeastSnapshotAge || age > MostSnapshotAge)
            {
                throw property.Error($"snapshot max_age must be in range [1s, 8760h]: {word}");
            }
        }

        _snapshot = new SnapshotOptions(property.Arguments[0].Text, age, SnapshotOptions.LongestGrace);
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static int ReadInteger(Directive property)
    {
        var word = property.SingleArgument();
        return GoNumber.TryParseInteger(word, out var number, out var mistake)
            ? number
            : throw Invalid(property, word, mistake);
    }

    private static double NotNegative(Directive property, double number) =>
        number >= 0 ? number : throw property.Error($"{property.Name} must be >= 0");

    private static CorefileException Invalid(Directive property, string word, string mistake) =>
        property.Error($"invalid {property.Name} \"{word}\": {mistake}");

    private static CorefileException NotSupported(Directive property) =>
        property.Error($"property '{property.Name}' is not supported by this version of ClusterDns yet");
}
