using System.Diagnostics;
using System.Globalization;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Measuring;
using ClusterDns.Testing;

namespace ClusterDns.Scale;

/// <summary>
/// The API server's own process: holds a cluster's objects, and does what lines on standard input say. Each is answered
/// with one line.
/// </summary>
internal sealed class ApiServerCommand(FakeApiServer api, ClusterShape shape)
{
    public const string Name = "serve";

    /// <summary>The lowest Services are left to the probe.</summary>
    private const int FirstChanged = 1000;

    private readonly ClusterObjects _objects = new(shape);
    private volatile int _changesPerSecond;

    public static async Task RunAsync(string[] arguments)
    {
        var shape = new ClusterShape(int.Parse(arguments[0], CultureInfo.InvariantCulture), int.Parse(arguments[1], CultureInfo.InvariantCulture));
        await using var api = await FakeApiServer.StartAsync();
        var command = new ApiServerCommand(api, shape);
        command.Fill(hasPods: arguments[2] == "pods");
        Console.WriteLine(api.Url);
        await command.ObeyAsync();
    }

    private void Fill(bool hasPods)
    {
        Put(ResourceKind.Namespace, _objects.Namespaces());
        Put(ResourceKind.Service, _objects.Services());
        Put(ResourceKind.EndpointSlice, _objects.Slices());
        Put(ResourceKind.Pod, hasPods ? _objects.Pods() : []);
        api.Compact();
    }

    private void Put(ResourceKind kind, IEnumerable<string> objects)
    {
        foreach (var text in objects)
        {
            api.Put(kind, text);
        }
    }

    private async Task ObeyAsync()
    {
        new Thread(Change) { IsBackground = true }.Start();
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var words = line.Split(' ');
            switch (words[0])
            {
                case "probe":
                    var text = _objects.Service(Number(words[1]), Number(words[2]));
                    var time = Stopwatch.GetTimestamp();
                    api.Put(ResourceKind.Service, text);
                    Console.WriteLine(time);
                    break;
                case "changes":
                    _changesPerSecond = Number(words[1]);
                    Console.WriteLine("ok");
                    break;
                case "relist":
                    api.Compact();
                    api.Disconnect();
                    Console.WriteLine("ok");
                    break;
            }
        }
    }

    // Endpoints come and go: a slice has one fewer, and has it again the next time round.
    private void Change()
    {
        var clock = Stopwatch.StartNew();
        var due = 0d;
        for (var count = 0; ; count++)
        {
            while (_changesPerSecond == 0 || clock.Elapsed.TotalSeconds < due)
            {
                Thread.Sleep(1);
                due = _changesPerSecond == 0 ? clock.Elapsed.TotalSeconds : due;
            }

            due += 1d / _changesPerSecond;
            var changeable = shape.LargeHeadlessService - FirstChanged;
            api.Put(ResourceKind.EndpointSlice, _objects.Slice(FirstChanged + (count % changeable), missing: 1 - (count / changeable % 2)));
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
