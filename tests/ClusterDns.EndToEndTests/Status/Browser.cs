using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClusterDns.EndToEndTests.Status;

/// <summary>Chromium without a window and with a profile of its own, driven over the DevTools protocol.</summary>
internal sealed partial class Browser : IAsyncDisposable
{
    public const string Program = "chromium";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly DirectoryInfo _profile;
    private readonly HttpClient _control;

    private Browser(Process process, DirectoryInfo profile, Uri control)
    {
        _process = process;
        _profile = profile;
        _control = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = control, Timeout = Patience };
    }

    public static async Task<Browser> StartAsync()
    {
        var profile = Directory.CreateTempSubdirectory("status-page-browser");
        var start = new ProcessStartInfo(
            Program,
            [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--no-proxy-server",
                "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
                "--force-device-scale-factor=1", "--remote-debugging-port=0", $"--user-data-dir={profile.FullName}", "about:blank",
            ])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) =>
        {
            if (Listening().Match(line.Data ?? "") is { Success: true } match)
            {
                address.TrySetResult(new Uri($"http://{match.Groups[1].Value}/"));
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            return new Browser(process, profile, await address.Task.WaitAsync(Patience));
        }
        catch
        {
            await EndAsync(process, profile);
            throw;
        }
    }

    /// <summary>A tab of its own, still empty.</summary>
    public async Task<BrowserPage> OpenAsync()
    {
        using var reply = await _control.PutAsync(new Uri("json/new?about:blank", UriKind.Relative), null);
        var target = await reply.Content.ReadFromJsonAsync<JsonElement>();
        return await BrowserPage.ConnectAsync(new Uri(target.GetProperty("webSocketDebuggerUrl").GetString()!));
    }

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await EndAsync(_process, _profile);
    }

    private static async Task EndAsync(Process process, DirectoryInfo profile)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        await process.WaitForExitAsync().WaitAsync(Patience);
        process.Dispose();
        try
        {
            profile.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A child that ends last may still write there; the system's own cleaning takes what is left.
        }
    }

    [GeneratedRegex("^DevTools listening on ws://([^/]+)/")]
    private static partial Regex Listening();
}
