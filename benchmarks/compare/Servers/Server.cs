using System.Net.NetworkInformation;
using ClusterDns.Measuring;

namespace ClusterDns.Compare.Servers;

/// <summary>One of the servers, as a process on 127.0.0.1 with one thread or process that answers.</summary>
internal abstract class Server(string name, int port) : IDisposable
{
    /// <summary>The core that all measured servers share; they are asked in turn.</summary>
    public const int MeasuredCore = 0;

    /// <summary>The core of whatever is not measured.</summary>
    public const int OtherCore = 1;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    private PinnedProcess? _process;

    public string Name => name;

    public int Port => port;

    /// <summary>The build that all else is measured by.</summary>
    public virtual bool IsOurs => false;

    /// <summary>Another program than ours.</summary>
    public virtual bool IsPeer => true;

    public int ProcessId => _process!.Id;

    /// <summary>Resident memory once it has started, in MiB.</summary>
    public double IdleMemory { get; private set; }

    public double Memory => ProcessUsage.MemoryOfTree(ProcessId);

    public abstract bool Serves(Mix mix);

    /// <summary>Starts it and waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">Its port is taken, it ended, or does not answer within a minute.</exception>
    public void Start(Scenery scenery, string firstName, int core = MeasuredCore)
    {
        // Else it would be the other that answers, as long as ours takes to end.
        if (IPGlobalProperties.GetIPGlobalProperties().GetActiveUdpListeners().Any(listener => listener.Port == port))
        {
            throw new InvalidOperationException($"port {port} for {name} is taken, perhaps by another comparison");
        }

        Directory.CreateDirectory(scenery.PathOf(name));
        _process = PinnedProcess.Start(core, scenery.PathOf($"{name}.log"), Prepare(scenery));
        var deadline = DateTime.UtcNow + StartTimeout;
        using var query = new AddressQuery(port);
        while (query.Ask(firstName) is null)
        {
            if (_process.HasExited || DateTime.UtcNow > deadline)
            {
                throw new InvalidOperationException($"{name} does not start:\n{_process.Log}");
            }

            Thread.Sleep(PollInterval);
        }

        IdleMemory = Memory;
    }

    /// <summary>Takes another process, of the same program and configuration.</summary>
    public void Restart(Scenery scenery)
    {
        _process?.Dispose();
        _process = null;
        Start(scenery, ClusterShape.DomainOf(1));
    }

    public void Dispose()
    {
        DisposeMore();
        _process?.Dispose();
    }

    /// <summary>Writes its configuration and gives its command.</summary>
    protected abstract string[] Prepare(Scenery scenery);

    /// <summary>Ends what <see cref="Prepare"/> began beside the process.</summary>
    protected virtual void DisposeMore()
    {
    }
}
