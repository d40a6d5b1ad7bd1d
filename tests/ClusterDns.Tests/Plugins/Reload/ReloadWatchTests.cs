using ClusterDns.Corefile;
using ClusterDns.Plugins.Reload;
using ClusterDns.Tests.Corefile;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Reload;

/// <summary>The watch with a clock that is moved by hand and a file that is a string.</summary>
[TestFixture]
internal sealed class ReloadWatchTests
{
    private const string First = ".:0 {\n    whoami\n    reload 10s 0s\n}\n";
    private const string Second = ".:0 {\n    errors\n    whoami\n    reload 10s 0s\n}\n";

    private readonly List<CorefileDocument> _reloads = [];
    private readonly ReloadOptions _options = new(TimeSpan.FromSeconds(10), TimeSpan.Zero);
    private PluginFixture _fixture = null!;
    private CancellationTokenSource _stop = null!;
    private ReloadWatch _watch = null!;
    private Task _running = null!;
    private string _file = First;
    private string? _refusal;
    private Exception? _fault;
    private Exception? _reloadFault;
    private int _looks;

    [SetUp]
    public void Begin()
    {
        _reloads.Clear();
        _file = First;
        _refusal = null;
        _fault = null;
        _reloadFault = null;
        _looks = 0;
        _fixture = new PluginFixture(ReloadDirective.Descriptor, "reload");
        _stop = new CancellationTokenSource();
        _watch = new ReloadWatch(Load, Reload, _fixture.Services);
        _watch.Began(Parse(_file), _options);
        _running = _watch.RunAsync(_stop.Token);
    }

    [TearDown]
    public async Task End()
    {
        await _stop.CancelAsync();
        await Assert.ThatAsync(() => _running, Throws.InstanceOf<OperationCanceledException>());
        _stop.Dispose();
        await _fixture.DisposeAsync();
    }

    [Test]
    public void Began_FirstConfiguration_IsLoggedByItsHash() =>
        Assert.That(_fixture.Log.Lines, Has.One.EqualTo(
            $"[Information] plugin/reload: Running configuration SHA512 = {CorefileFingerprint.Of(Parse(First))}"));

    [Test]
    public async Task Look_NothingChanged_ReloadsNothing()
    {
        _file = First.Replace("whoami", "whoami # a comment");
        await AdvanceToLookAsync();
        Assert.That(_reloads, Is.Empty);
    }

    [Test]
    public async Task Look_FileChanged_ReloadsOnceWithWhatWasRead()
    {
        _file = Second;
        await AdvanceToLookAsync();
        await AdvanceToLookAsync();
        Assert.That(_reloads.Select(CorefileFingerprint.Of), Is.EqualTo(new[] { CorefileFingerprint.Of(Parse(Second)) }));
        Assert.That(await _fixture.ScrapeAsync(), Has.One.Contains("coredns_reload_version_info{hash=\"sha512\",value=\""));
    }

    [Test]
    public async Task Look_FileDoesNotParse_IsLoggedAndCounted()
    {
        _file = ".:0 {\n    whoami\n";
        await AdvanceToLookAsync();
        Assert.That(_reloads, Is.Empty);
        Assert.That(_fixture.Log.Lines, Has.One.StartsWith("[Warning] plugin/reload: Corefile parse failed: "));
        Assert.That(await _fixture.ScrapeAsync(), Has.Member("coredns_reload_failed_total 1"));
    }

    [Test]
    public async Task Look_ChangeRefused_IsNotTriedAgainUntilTheNextChange()
    {
        _refusal = "Corefile:2 - Error during parsing: no such thing";
        _file = Second;
        await AdvanceToLookAsync();
        await AdvanceToLookAsync();
        Assert.That(_reloads, Has.Count.EqualTo(1));
        Assert.That(_fixture.Log.Lines, Has.One.EqualTo(
            "[Error] plugin/reload: Corefile changed but reload failed: starting with listener file descriptors: " + _refusal));

        _file = First.Replace("whoami", "errors");
        await AdvanceToLookAsync();
        Assert.That(_reloads, Has.Count.EqualTo(2));
        Assert.That(await _fixture.ScrapeAsync(), Has.Member("coredns_reload_failed_total 2"));
    }

    [Test]
    public async Task Look_RefusedChangeTakenBack_ReloadsTheOldFileToo()
    {
        _refusal = "no";
        _file = Second;
        await AdvanceToLookAsync();
        _refusal = null;
        _file = First;
        await AdvanceToLookAsync();
        Assert.That(_reloads, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Began_WithoutReload_LooksAtNothingUntilAConfigurationAsksAgain()
    {
        _watch.Began(Parse("."), null);
        await AdvanceAsync(TimeSpan.FromSeconds(10));
        await AdvanceAsync(TimeSpan.FromSeconds(30));
        Assert.That(_looks, Is.Zero);

        _watch.Began(Parse(_file), _options);
        await AdvanceAsync(TimeSpan.FromSeconds(30));
        Assert.That(_looks, Is.EqualTo(1));
    }

    [Test]
    public async Task Look_LoadOrReloadThrows_LooksAgain()
    {
        _fault = new InvalidOperationException("a bug");
        await AdvanceToLookAsync();
        _fault = null;
        _reloadFault = new InvalidOperationException("another bug");
        _file = Second;
        await AdvanceToLookAsync();
        _reloadFault = null;
        _file = First.Replace("whoami", "errors");
        await AdvanceToLookAsync();

        Assert.That((_looks, _reloads.Count), Is.EqualTo((3, 1)));
        Assert.That(
            _fixture.Log.Lines,
            Has.Some.EqualTo("[Error] plugin/reload: looking at the Corefile failed and goes on (0 more since the last such line)"));
    }

    private Task AdvanceToLookAsync() => AdvanceAsync(_options.Interval);

    // The watch goes on by itself: time moves once it waits, and has passed when it waits again.
    private async Task AdvanceAsync(TimeSpan by)
    {
        await WaitForTimerAsync();
        _fixture.Clock.Advance(by);
        await WaitForTimerAsync();
    }

    private async Task WaitForTimerAsync()
    {
        while (_fixture.Clock.PendingTimers == 0)
        {
            await Task.Delay(1);
        }
    }

    private CorefileDocument Load()
    {
        var document = Parse(_file);
        Interlocked.Increment(ref _looks);
        return _fault is null ? document : throw _fault;
    }

    private static CorefileDocument Parse(string text) => new CorefileFixture().Load(text);

    private Task<string?> Reload(CorefileDocument document)
    {
        if (_reloadFault is not null)
        {
            throw _reloadFault;
        }

        _reloads.Add(document);
        if (_refusal is null)
        {
            _watch.Began(document, _options);
        }

        return Task.FromResult(_refusal);
    }
}
