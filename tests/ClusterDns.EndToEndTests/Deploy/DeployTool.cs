using System.Diagnostics;
using ClusterDns.Testing;
using ClusterDns.Testing.Deploy;
using NUnit.Framework;

namespace ClusterDns.EndToEndTests.Deploy;

/// <summary>kubectl and helm, which render what is applied. Neither is asked to speak to a cluster.</summary>
internal static class DeployTool
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static Task<IReadOnlyList<DeployedObject>> KustomizeAsync(string folder) => RenderAsync("kubectl", "kustomize", folder);

    /// <param name="release">The release's name.</param>
    /// <param name="arguments">What follows the chart, like <c>-f values.yaml</c>.</param>
    public static Task<IReadOnlyList<DeployedObject>> HelmAsync(string release, params string[] arguments) =>
        RenderAsync("helm", ["template", release, "deploy/chart", "--namespace", "kube-system", .. arguments]);

    /// <summary>What the tool prints; a test that runs it fails if the tool does.</summary>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        RequiredTool.Check(program);
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = RepositoryFiles.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var patience = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        Assert.That(process.ExitCode, Is.Zero, $"{program} {string.Join(' ', arguments)}\n{await errors}\n{await output}");
        return await output;
    }

    private static async Task<IReadOnlyList<DeployedObject>> RenderAsync(string program, params string[] arguments) =>
        DeployedObject.ReadAll(await RunAsync(program, arguments));
}
