using System.Diagnostics;

namespace ClusterDns.EndToEndTests.Resolvers;

/// <summary>A resolver's program, asked line by line as <c>Programs/README.md</c> says.</summary>
internal sealed class ResolverProcess : IAsyncDisposable
{
    // Longer than any resolver goes on asking a server that does not answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly Process _process;
    private readonly Task<string> _errors;

    /// <param name="command">The program, its arguments, and what runs it where it belongs.</param>
    /// <param name="folder">Where it runs.</param>
    public ResolverProcess(IReadOnlyList<string> command, string folder)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The C library takes these over what resolv.conf says.
        start.Environment.Remove("LOCALDOMAIN");
        start.Environment.Remove("RES_OPTIONS");
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Has it look a name up, and gives what it printed.</summary>
    /// <exception cref="InvalidOperationException">It ended instead.</exception>
    public async Task<IReadOnlyList<string>> AskAsync(string line)
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.StandardInput.WriteLineAsync(line.AsMemory(), patience.Token);
        await _process.StandardInput.FlushAsync(patience.Token);
        var answers = new List<string>();
        while (await _process.StandardOutput.ReadLineAsync(patience.Token) is { } answer)
        {
            if (answer.Length == 0)
            {
                return answers;
            }

            answers.Add(answer);
        }

        throw new InvalidOperationException($"'{_process.StartInfo.ArgumentList[^1]}' ended: {await _errors}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
