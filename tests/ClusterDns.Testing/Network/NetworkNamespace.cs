using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace ClusterDns.Testing.Network;

/// <summary>
/// A host of a test's own: a network namespace with its own addresses and ports, on this machine and gone with the test.
/// Needs root and <c>ip</c>. Sockets made in it are used from anywhere afterwards.
/// </summary>
public sealed class NetworkNamespace : IDisposable
{
    private const int NetworkKind = 0x40000000;

    private NetworkNamespace(string name)
    {
        Name = name;
    }

    public string Name { get; }

    /// <summary>Why no namespace can be made here; null when it can.</summary>
    public static string? Missing =>
        !OperatingSystem.IsLinux() || GetEffectiveUserId() != 0 ? "network namespaces need root on Linux" : null;

    /// <exception cref="InvalidOperationException">The machine doesn't let us.</exception>
    public static NetworkNamespace Create(string role)
    {
        var host = new NetworkNamespace($"cdns-{Path.GetRandomFileName()}-{role}");
        Run("ip", "netns", "add", host.Name);
        host.Ip("link", "set", "lo", "up");
        return host;
    }

    /// <summary>Joins two hosts by a cable with a device at each end, <c>eth0</c> at the second.</summary>
    public static void Join(NetworkNamespace one, NetworkNamespace other, string deviceOfOne = "eth0") =>
        Run("ip", "link", "add", deviceOfOne, "netns", one.Name, "type", "veth", "peer", "name", "eth0", "netns", other.Name);

    /// <summary><c>ip</c> with these words, in here.</summary>
    public void Ip(params string[] words) => Run("ip", ["-n", Name, .. words]);

    /// <summary>Sets one of the kernel's network parameters, by its path below <c>/proc/sys</c>, in here.</summary>
    public void Set(string parameter, string value) => Inside(() =>
    {
        File.WriteAllText($"/proc/sys/{parameter}", value);
        return true;
    });

    /// <summary>The words in front of a command that make it run in here, in a mount namespace of its own.</summary>
    public IReadOnlyList<string> Launcher => ["ip", "netns", "exec", Name];

    /// <summary>
    /// Datagrams of UDP over IPv4 that this host has sent so far. The kernel counts them as they are sent: whoever has a
    /// reply finds its query counted.
    /// </summary>
    public long DatagramsSent => CountDatagrams("OutDatagrams");

    /// <summary>Datagrams of UDP over IPv4 that programs on this host have read so far.</summary>
    public long DatagramsReceived => CountDatagrams("InDatagrams");

    /// <summary>What an HTTP client needs to be one of this host.</summary>
    public SocketsHttpHandler CreateHttpHandler() => new()
    {
        ConnectCallback = async (context, cancellation) =>
        {
            var endpoint = new IPEndPoint(IPAddress.Parse(context.DnsEndPoint.Host), context.DnsEndPoint.Port);
            var socket = CreateSocket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(endpoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    /// <summary>A socket of this host.</summary>
    public Socket CreateSocket(AddressFamily family, SocketType type, ProtocolType protocol) =>
        Inside(() => new Socket(family, type, protocol));

    /// <summary>Runs something on a thread that lives in here; what it opens stays in here.</summary>
    public T Inside<T>(Func<T> create)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Enter();
                result = create();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }

    public void Dispose() => Run("ip", "netns", "delete", Name);

    private long CountDatagrams(string column) => Inside(() =>
    {
        // The first line that begins with the protocol names the columns, the second has the numbers.
        var lines = File.ReadLines("/proc/thread-self/net/snmp").Where(line => line.StartsWith("Udp:", StringComparison.Ordinal));
        return lines.Select(line => line.Split(' ')).ToArray() is [var columns, var numbers]
            ? long.Parse(numbers[Array.IndexOf(columns, column)], CultureInfo.InvariantCulture)
            : throw new InvalidOperationException("the kernel does not count datagrams");
    });

    private void Enter()
    {
        using var handle = File.OpenHandle($"/run/netns/{Name}");
        if (SetNamespace((int)handle.DangerousGetHandle(), NetworkKind) != 0)
        {
            throw new InvalidOperationException($"cannot enter {Name}: error {Marshal.GetLastPInvokeError()}");
        }
    }

    private static void Run(string program, params IReadOnlyList<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {error}");
        }
    }

    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static extern int SetNamespace(int descriptor, int kind);

    [DllImport("libc", EntryPoint = "geteuid")]
    private static extern uint GetEffectiveUserId();
}
