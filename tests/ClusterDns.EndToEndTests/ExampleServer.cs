using System.Globalization;
using ClusterDns.Testing;
using ClusterDns.Testing.Conformance;
using ClusterDns.Testing.Network;
using ClusterDns.Testing.Processes;
using ClusterDns.Wire;

namespace ClusterDns.EndToEndTests;

/// <summary>The program with the cluster of <c>deploy/example</c>, and a name in it that clients keep asking for.</summary>
internal static class ExampleServer
{
    private const string Name = "backend-service.example.svc.cluster.local.";
    private const string Answer = $"{Name} 5 A 10.96.151.12";

    /// <summary>For the address that the name has.</summary>
    public static byte[] Query => QueryFactory.Packet(Name, RecordType.A, udpSize: 1232);

    /// <summary>Writes the Corefile into a folder, and comes back when the program serves by it.</summary>
    public static async Task<ServerProcessUnderTest> StartAsync(string folder, string corefile, int port)
    {
        var path = Path.Combine(folder, "Corefile");
        await File.WriteAllTextAsync(path, corefile);
        var server = ServerProcessUnderTest.Start(
        [
            "-conf", path,
            "-dns.port", port.ToString(CultureInfo.InvariantCulture),
            "--manifests", RepositoryFiles.PathOf("deploy/example"),
        ]);
        await server.WaitUntilItServesAsync();
        return server;
    }

    /// <summary>What is wrong with a reply to the query, or null: for a <see cref="SteadyClient"/>.</summary>
    public static string? Judge(int index, byte[] reply)
    {
        if (!ReplyReader.TryRead(reply, out var fields))
        {
            return "no DNS reply";
        }

        var records = new RecordReader(reply, fields.QuestionEnd);
        var text = records.TryRead(out var record) ? RecordText.Format(reply, record) : $"{fields.Code} without answer";
        return text == Answer ? null : text;
    }
}
