using System.Diagnostics;
using ClusterDns.Testing.Processes;
using NUnit.Framework;

namespace ClusterDns.EndToEndTests;

/// <summary>Zones handed over by the program to clients that others wrote.</summary>
[TestFixture]
internal sealed class TransferTests
{
    private const int Port = 15358;

    private string _folder = "";
    private ServerProcessUnderTest _server = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _folder = Directory.CreateTempSubdirectory("clusterdns-").FullName;
        _server = await ExampleServer.StartAsync(
            _folder,
            """
            . {
                bind 127.0.0.1
                log
                transfer {
                    to *
                }
                kubernetes cluster.local
            }
            """,
            Port);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Dig_AskedForTheZone_PrintsItFromSoaToSoa()
    {
        RequiredTool.Check("dig");

        var lines = await DigAsync("cluster.local", "AXFR");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines[0], Does.Match(@"^cluster\.local\. 5 IN SOA ns\.dns\.cluster\.local\. "));
            Assert.That(lines[^1], Is.EqualTo(lines[0]));
            Assert.That(lines, Has.Length.EqualTo(38));
            Assert.That(lines, Does.Contain("backend-service.example.svc.cluster.local. 5 IN A 10.96.151.12"));
            Assert.That(lines, Does.Contain("gateway.example.svc.cluster.local. 5 IN AAAA fd00:10:96::4450"));
            Assert.That(lines, Does.Contain("backend-service.default.svc.cluster.local. 5 IN CNAME backend-service.example.svc.cluster.local."));
            Assert.That(lines, Does.Contain("_amqp._tcp.queue.example.svc.cluster.local. 5 IN SRV 0 50 5672 queue-0.queue.example.svc.cluster.local."));
        }
    }

    [Test]
    public async Task Dig_WithTheZonesSerial_PrintsTheSoaAlone()
    {
        RequiredTool.Check("dig");
        var soa = (await DigAsync("cluster.local", "SOA"))[0];

        var lines = await DigAsync("cluster.local", $"IXFR={soa.Split(' ')[6]}");

        Assert.That(lines, Is.EqualTo(new[] { soa }));
    }

    private static async Task<string[]> DigAsync(string zone, string type)
    {
        string[] arguments = ["@127.0.0.1", "-p", $"{Port}", "+noall", "+answer", "+time=5", "+tries=1", zone, type];
        using var dig = Process.Start(new ProcessStartInfo("dig", arguments) { RedirectStandardOutput = true })!;
        var printed = await dig.StandardOutput.ReadToEndAsync();
        await dig.WaitForExitAsync();
        return [.. printed.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith(';'))
            .Select(line => string.Join(' ', line.Split(['\t', ' '], StringSplitOptions.RemoveEmptyEntries)))];
    }
}
