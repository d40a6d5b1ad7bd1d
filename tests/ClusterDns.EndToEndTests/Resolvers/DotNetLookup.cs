using System.Net;
using System.Net.Sockets;

namespace ClusterDns.EndToEndTests.Resolvers;

/// <summary>
/// .NET's <see cref="Dns"/>, as a program like those in <c>Programs/</c>: this assembly, started by itself.
/// </summary>
internal static class DotNetLookup
{
    public static string Assembly => Path.Combine(AppContext.BaseDirectory, "ClusterDns.EndToEndTests.dll");

    public static void Main()
    {
        while (Console.ReadLine() is { } line)
        {
            try
            {
                foreach (var address in Dns.GetHostAddresses(line.Split(' ')[1]))
                {
                    Console.WriteLine(address);
                }
            }
            catch (SocketException error) when (error.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData)
            {
                // Nothing is printed for a name that is not there.
            }
            catch (SocketException error)
            {
                Console.WriteLine($"! {error.Message}");
            }

            Console.WriteLine();
        }
    }
}
