using System.Net.Http.Headers;
using k8s.Authentication;

namespace ClusterDns.Kubernetes.Watching.Connection;

/// <summary>
/// A bearer token that the kubelet replaces on disk about once an hour. Read again after a minute, and at once when the
/// API server has refused it.
/// </summary>
internal sealed class TokenFile(string path, TimeSpan lifetime, TimeProvider time) : ITokenProvider
{
    private volatile Reading? _reading;

    private sealed record Reading(AuthenticationHeaderValue Header, long ReadAt);

    /// <summary>The next request reads the file, however young the token is.</summary>
    public void Forget() => _reading = null;

    public async Task<AuthenticationHeaderValue> GetAuthenticationHeaderAsync(CancellationToken cancellationToken)
    {
        var reading = _reading;
        if (reading is null || time.GetElapsedTime(reading.ReadAt) >= lifetime)
        {
            var token = await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
            reading = new Reading(new AuthenticationHeaderValue("Bearer", token.Trim()), time.GetTimestamp());
            _reading = reading;
        }

        return reading.Header;
    }
}
