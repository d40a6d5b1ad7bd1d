using ClusterDns.Kubernetes.Objects;
using ClusterDns.Plugins.Status.Sampling;
using NUnit.Framework;

namespace ClusterDns.EndToEndTests.Status;

/// <summary>The status page in a real browser.</summary>
[TestFixture]
internal sealed class StatusPageTests
{
    private const string IsLive = "document.querySelector('#live').textContent === 'live'";

    private Browser _browser = null!;
    private StatusPageWorld _world = null!;
    private BrowserPage _page = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        RequiredTool.Check(Browser.Program);
        _browser = await Browser.StartAsync();
        _world = await StatusPageWorld.StartAsync();
        _world.BeginLoad();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (_world is not null)
        {
            await _world.DisposeAsync();
        }

        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }
    }

    [SetUp]
    public async Task Open()
    {
        _page = await _browser.OpenAsync();
        await _page.LookAsAsync(1280, 1400, isDark: false);
        await _page.GoAsync(_world.Page);
        await _page.WaitForAsync(IsLive);
    }

    [TearDown]
    public async Task Close() => await _page.DisposeAsync();

    [Test]
    public async Task Figures_UnderLoad_AreLive()
    {
        await _page.WaitForAsync("parseFloat(document.querySelector('#figure-rate').textContent) > 0");
        await _page.WaitForAsync("/ (µs|ms)$/.test(document.querySelector('#figure-slowest').textContent)");
        await _page.WaitForAsync("document.querySelector('#rate .curve').getAttribute('d').length > 20");
        await _page.WaitForAsync("document.querySelectorAll('#codes .wash')[1].getAttribute('d').length > 20");
        await _page.WaitForAsync("document.querySelector('#codes .legend').textContent.includes('SERVFAIL')");
        await _page.WaitForAsync("parseFloat(document.querySelector('#figure-failed').textContent) > 0");
        await _page.WaitForAsync("parseFloat(document.querySelector('#figure-hits').textContent) > 0");
        await _page.WaitForAsync($"document.querySelector('#upstreams').textContent.includes('{_world.Upstream.Endpoint}')");
        await _page.WaitForAsync("document.querySelector('#upstreams .good').textContent === 'healthy'");
        await _page.WaitForAsync("document.querySelector('#blocks').textContent.includes('status → top → prometheus → cache → template → kubernetes → forward')");
        await _page.WaitForAsync("document.querySelector('#caches tbody').rows.length === 1");
        Assert.That(_page.Complaints, Is.Empty);
    }

    [Test]
    public async Task Cluster_Changed_IsToldOfAtOnce()
    {
        await _page.WaitForAsync("[...document.querySelectorAll('#watches tbody tr')].some(row => /^services.*open/.test(row.textContent))");
        await _page.WaitForAsync("[...document.querySelectorAll('#changes li')].some(item => item.textContent.includes('Service: a list of 1'))");
        _world.Api.Put(ResourceKind.Service, StatusPageWorld.ServiceJson("basket", "10.96.0.81"));
        await _page.WaitForAsync("document.querySelector('#changes li').textContent.endsWith('Service shop/basket put')");
        _world.Api.Delete(ResourceKind.Service, "shop", "basket");
        await _page.WaitForAsync("document.querySelector('#changes li').textContent.endsWith('Service shop/basket removed')");
        await _page.WaitForAsync("document.querySelector('#clusters .good').textContent === 'synced'");
    }

    [Test]
    public async Task Page_Opened_LoadsNothingFromElsewhere()
    {
        await _page.WaitForAsync("parseFloat(document.querySelector('#figure-rate').textContent) > 0");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_page.Requests, Has.Count.GreaterThan(5));
            Assert.That(_page.Requests, Has.All.StartsWith(_world.Page.ToString()));
            Assert.That(_page.Complaints, Is.Empty);
        }
    }

    [Test]
    public async Task Policy_InlineScript_DoesNotRun()
    {
        await _page.RunAsync("document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = true' }))");
        await _page.RunAsync("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = true\">')");
        await _page.WaitForAsync("[...document.images].every(image => image.complete)");
        Assert.That((await _page.RunAsync("window.ran === undefined")).GetBoolean(), Is.True);
    }

    [TestCase("<img-src=x-onerror=injected()>.example.org.")]
    [TestCase("\\\"\\'><script>injected()</script>.example.org.")]
    [TestCase("\\000\\010\\013\\027[2J&lt;b&gt;.example.org.")]
    [TestCase("\\255\\254javascript:injected().example.org.")]
    public async Task Names_AsHostileAsTheyCome_AreText(string name)
    {
        var before = (await _page.RunAsync("document.querySelectorAll('img, script, b').length")).GetInt32();
        await _page.RunAsync("document.querySelector('#tail-form').elements.name.value = 'example.org'");
        await _page.RunAsync("document.querySelector('#tail-form').elements.type.value = 'TXT'");
        await _page.RunAsync("document.querySelector('#tail-form button').click()");
        await _page.WaitForAsync("document.querySelector('#tail-count').textContent !== ''");
        await _world.AskAsync(name, ClusterDns.Wire.RecordType.TXT);
        await _page.WaitForAsync("document.querySelector('#tail-lines tbody').rows.length === 1");
        var written = (await _page.RunAsync("document.querySelector('#tail-lines tbody').rows[0].cells[2].textContent")).GetString()!;
        // No API server lets it through, and the reader would not; the page does not rely on either.
        _world.Server.Services.Status.Changes.Add(ClusterAction.Put, ResourceKind.Service, new ObjectKey("shop", "<img src=x onerror=injected()>"));
        await _page.WaitForAsync("[...document.querySelectorAll('#changes li')].some(item => item.textContent.includes('<img src=x onerror=injected()>'))");
        await _page.RunAsync($"document.querySelector('#look-form').elements.name.value = {System.Text.Json.JsonSerializer.Serialize(name)}");
        await _page.RunAsync("document.querySelector('#look-form button').click()");
        await _page.WaitForAsync("document.querySelector('#look-said').textContent !== ''");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(written, Does.EndWith(".example.org.").And.Match("^[!-~]+$"));
            Assert.That((await _page.RunAsync("document.querySelectorAll('img, script, b').length")).GetInt32(), Is.EqualTo(before));
            Assert.That(_page.Complaints, Is.Empty);
        }
    }

    [TestCase("web", "shop", "It resolves.", "A 10.96.0.80")]
    [TestCase("wep", "shop", "It does not resolve.", "wep.shop.svc.cluster.local. NXDOMAIN")]
    [TestCase("<b>x</b>.shop.svc.cluster.local.", "shop", "It does not resolve.", "<b>x</b>.shop.svc.cluster.local. NXDOMAIN")]
    [TestCase("a..b", "shop", "", "'a..b' is not a domain name")]
    public async Task Ask_AName_Explains(string name, string from, string verdict, string part)
    {
        await _page.RunAsync($"document.querySelector('#ask-form').elements.name.value = '{name}'");
        await _page.RunAsync($"document.querySelector('#ask-form').elements.from.value = '{from}'");
        await _page.RunAsync("document.querySelector('#ask-form button').click()");
        await _page.WaitForAsync($"document.querySelector('#ask-answer').textContent.includes(`{part}`)");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await _page.RunAsync("document.querySelector('#ask-answer .verdict')?.textContent ?? ''")).GetString(), Is.EqualTo(verdict));
            Assert.That((await _page.RunAsync("document.querySelectorAll('#ask-answer b').length")).GetInt32(), Is.Zero);
            Assert.That(_page.Complaints.Where(complaint => !complaint.Contains("422", StringComparison.Ordinal)), Is.Empty);
        }
    }

    [Test]
    public async Task Talkers_UnderLoad_AreListed()
    {
        await _page.WaitForAsync("document.querySelector('#top-name tbody').textContent.includes('web.shop.svc.cluster.local.')");
        await _page.WaitForAsync("document.querySelector('#top-client tbody').textContent.includes('127.0.0.1')");
        await _page.WaitForAsync("document.querySelector('#top-rcode tbody').textContent.includes('SERVFAIL')");
    }

    [Test]
    public async Task SecondPage_OpenedAndClosed_ChangesNothingForTheFirst()
    {
        await _page.WaitForAsync("parseFloat(document.querySelector('#figure-rate').textContent) > 0");
        await using (var other = await _browser.OpenAsync())
        {
            await other.GoAsync(_world.Page);
            await other.WaitForAsync(IsLive);
            await other.RunAsync("document.querySelector('#tail-form button').click()");
            await other.WaitForAsync("document.querySelector('#tail-lines tbody').rows.length > 0");
            Assert.That((await _page.RunAsync("document.querySelector('#tail-lines').childElementCount")).GetInt32(), Is.Zero);
        }

        var changes = (await _page.RunAsync("document.querySelector('#rate .curve').getAttribute('d')")).GetString();
        await _page.WaitForAsync($"document.querySelector('#rate .curve').getAttribute('d') !== '{changes}'");
        Assert.That((await _page.RunAsync(IsLive)).GetBoolean(), Is.True);
    }

    [Test]
    public async Task Controls_FromThisMachine_FlushAndSetTheLevel()
    {
        await _page.WaitForAsync("!document.querySelector('#flush').hidden");
        await _page.RunAsync("document.querySelector('#look-form').elements.name.value = 'www.example.org'");
        await _page.RunAsync("document.querySelector('#look-form button').click()");
        await _page.WaitForAsync("document.querySelector('#look-entries')?.textContent.includes('www.example.org.')");
        await _page.RunAsync("document.querySelector('#flush').click()");
        await _page.WaitForAsync("/^[1-9][0-9]* entries are gone/.test(document.querySelector('#look-said').textContent)");
        await _page.RunAsync("document.querySelector('#log-switch').click()");
        await _page.WaitForAsync("document.querySelector('#log-said').textContent === 'Debug lines are logged.'");
        await _page.RunAsync("document.querySelector('#log-switch').click()");
        await _page.WaitForAsync("document.querySelector('#log-said').textContent === 'Debug lines are not logged.'");
    }

    [Test]
    public async Task Fields_AllOfThem_HaveLabels()
    {
        var bare = await _page.RunAsync("""
            [...document.querySelectorAll('input, button, svg, [tabindex="0"]')]
              .filter(one => !(one.labels?.length > 0 || one.textContent.trim() || one.ariaLabel || one.getAttribute('aria-labelledby')))
              .map(one => one.outerHTML).join()
            """);
        var headings = await _page.RunAsync("[...document.querySelectorAll('section')].every(one => document.getElementById(one.getAttribute('aria-labelledby')))");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bare.GetString(), Is.Empty);
            Assert.That(headings.GetBoolean(), Is.True);
        }
    }

    [Test]
    public async Task Keyboard_Tab_ReachesEverythingAndShowsWhere()
    {
        await _page.WaitForAsync("document.querySelector('#caches tbody')?.rows.length === 1");
        await _page.WaitForAsync("!document.querySelector('#log-level').hidden");
        await _page.RunAsync("""
            window.wanted = [...document.querySelectorAll('a[href], button, input, [tabindex="0"]')].filter(one => one.checkVisibility());
            window.reached = new Set(); window.unseen = []; document.activeElement.blur();
            """);
        var count = (await _page.RunAsync("wanted.length")).GetInt32();
        for (var i = 0; i < count + 5; i++)
        {
            await _page.PressTabAsync();
            await _page.RunAsync("""
                { const one = document.activeElement, style = getComputedStyle(one);
                  reached.add(one);
                  if (wanted.includes(one) && !(parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== 'none')) unseen.push(one.outerHTML); }
                """);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(count, Is.GreaterThan(10));
            Assert.That((await _page.RunAsync("wanted.filter(one => !reached.has(one)).map(one => one.outerHTML).join()")).GetString(), Is.Empty);
            Assert.That((await _page.RunAsync("unseen.join()")).GetString(), Is.Empty);
        }
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Contrast_OfAllText_IsEnough(bool isDark)
    {
        await _page.LookAsAsync(1280, 1400, isDark);
        await _page.WaitForAsync("parseFloat(document.querySelector('#figure-rate').textContent) > 0");
        var low = await _page.RunAsync("""
            (() => {
              const parts = color => color.match(/[\d.]+/g).map(Number);
              const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
                .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
              const ground = one => { for (; one; one = one.parentElement) { const c = parts(getComputedStyle(one).backgroundColor); if (c[3] !== 0) return c; } return [255, 255, 255]; };
              const low = [];
              for (const one of document.querySelectorAll('body *')) {
                if (!one.checkVisibility() || ![...one.childNodes].some(node => node.nodeType === 3 && node.data.trim())) continue;
                const style = getComputedStyle(one), text = parts(one instanceof SVGElement ? style.fill : style.color);
                const [a, b] = [light(text), light(ground(one))].sort((x, y) => y - x);
                const ratio = (a + .05) / (b + .05);
                if (ratio < 4.5) low.push(`${one.tagName} ${one.textContent.trim()} ${ratio.toFixed(2)}`);
              }
              return low.join('; ');
            })()
            """);
        Assert.That(low.GetString(), Is.Empty);
    }

    [TestCase("light", 1280, false)]
    [TestCase("dark", 1280, true)]
    [TestCase("phone", 390, false)]
    [TestCase("phone-dark", 360, true)]
    public async Task Layout_OfEachWidthAndScheme_FitsTheWindow(string name, int width, bool isDark)
    {
        FillRing();
        await _page.LookAsAsync(width, 900, isDark);
        await _page.GoAsync(_world.Page);
        await _page.WaitForAsync("document.querySelector('#rate .curve')?.getAttribute('d').length > 1000");
        await _page.WaitForAsync("document.querySelector('#caches tbody')?.rows.length === 1");
        var picture = await _page.TakePictureAsync();
        var folder = Environment.GetEnvironmentVariable("CLUSTERDNS_PICTURES") ?? TestContext.CurrentContext.WorkDirectory;
        await File.WriteAllBytesAsync(Path.Combine(folder, $"status-{name}.png"), picture);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await _page.RunAsync("document.documentElement.scrollWidth <= innerWidth")).GetBoolean(), Is.True);
            Assert.That(
                (await _page.RunAsync("getComputedStyle(document.body).backgroundColor")).GetString(),
                Is.EqualTo(isDark ? "rgb(16, 21, 28)" : "rgb(244, 246, 249)"));
            Assert.That(picture, Has.Length.GreaterThan(10_000));
        }
    }

    // Fifteen minutes of samples, so that the plots are as full as they get.
    private void FillRing()
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        for (var i = 900; i > 0; i--)
        {
            var rate = (int)(400 + (250 * Math.Sin(i / 90.0)) + (60 * Math.Sin(i / 7.0)));
            _world.Server.Services.Status.Samples.Add(new QuerySample(
                now - (i * 1000), 1000, 120 + (rate / 20), 900 + (i % 60 * 40), rate, rate / 4, i is > 300 and < 380 ? rate / 5 : rate / 90, rate / 120, 1));
        }
    }
}
