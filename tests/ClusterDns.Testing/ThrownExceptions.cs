using System.Runtime.ExceptionServices;

namespace ClusterDns.Testing;

/// <summary>Counts what is thrown on the thread that made this, caught or not, until it is disposed.</summary>
internal sealed class ThrownExceptions : IDisposable
{
    private readonly int _thread = Environment.CurrentManagedThreadId;

    public ThrownExceptions()
    {
        AppDomain.CurrentDomain.FirstChanceException += Note;
    }

    public int Count { get; private set; }

    /// <summary>The first of them; null as long as there is none.</summary>
    public Exception? First { get; private set; }

    public void Dispose() => AppDomain.CurrentDomain.FirstChanceException -= Note;

    private void Note(object? sender, FirstChanceExceptionEventArgs e)
    {
        if (Environment.CurrentManagedThreadId == _thread)
        {
            Count++;
            First ??= e.Exception;
        }
    }
}
