using Microsoft.Extensions.Logging;

namespace ClusterDns.Serving;

/// <summary>
/// Waits until no more queries come. Clients that keep a socket may be led here for a while after the server was taken out
/// of their service: the node's address translation remembers.
/// </summary>
/// <param name="received">Queries so far, on all listeners.</param>
/// <param name="time">The server's clock.</param>
/// <param name="logger">Hears when queries still came in the end.</param>
internal sealed class QuietWatch(Func<long> received, TimeProvider time, ILogger logger)
{
    /// <summary>Without a query for this long, nobody is led here any more.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Queries may come for ever: from clients that name this server, or where another process shares the port and takes
    /// over. With a lameduck of some seconds and the listeners' own time to stop it fits into the 30 seconds that
    /// Kubernetes gives a pod.
    /// </summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public static readonly TimeSpan CheckInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Ends with quiet, after <see cref="Longest"/>, or when somebody loses patience; never throws.</summary>
    public async Task WaitAsync(CancellationToken impatience)
    {
        var began = time.GetTimestamp();
        var last = began;
        var seen = received();
        while (!impatience.IsCancellationRequested && time.GetElapsedTime(last) < Quiet)
        {
            if (time.GetElapsedTime(began) >= Longest)
            {
                ServingLog.StillAsked(logger, (int)Longest.TotalSeconds);
                return;
            }

            await Task.Delay(CheckInterval, time, impatience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var now = received();
            if (now != seen)
            {
                seen = now;
                last = time.GetTimestamp();
            }
        }
    }
}
