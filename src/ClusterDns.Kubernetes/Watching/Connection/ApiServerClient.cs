namespace ClusterDns.Kubernetes.Watching.Connection;

/// <summary>Asks the API server: throttle, request, and what a status other than 200 stands for.</summary>
internal sealed class ApiServerClient(
    ApiServerConnection connection,
    RequestThrottle throttle,
    WatchLimits limits,
    TimeProvider time,
    ApiServerObserver observer)
{
    private const string Method = "GET";
    private const string JsonType = "application/json";

    /// <summary>Gives the answer once its headers are here: a stream of JSON, or why there is none.</summary>
    /// <param name="pathAndQuery">Below the server's URL, without leading slash.</param>
    /// <param name="silence">Ends the request and the reading of its answer.</param>
    public async Task<ApiAnswer> GetAsync(string pathAndQuery, SilenceTimer silence)
    {
        var waited = await throttle.WaitAsync(silence.Token).ConfigureAwait(false);
        observer.ThrottlePassed(Method, connection.Host, waited);
        silence.Arm(limits.AnswerTimeout);
        var response = await SendAsync(pathAndQuery, silence.Token).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            using (response)
            {
                return new ApiAnswer(await StatusReader.ReadAsync(response, limits, time, silence.Token).ConfigureAwait(false));
            }
        }

        var type = response.Content.Headers.ContentType?.MediaType;
        if (type != JsonType)
        {
            response.Dispose();
            return new ApiAnswer(new ApiOutcome(ApiVerdict.Broken, $"the API server answered {Printable.Of(type ?? "something")} instead of JSON"));
        }

        var body = await response.Content.ReadAsStreamAsync(silence.Token).ConfigureAwait(false);
        return new ApiAnswer(response, body);
    }

    private async Task<HttpResponseMessage> SendAsync(string pathAndQuery, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        int? code = null;
        try
        {
            var response = await connection.GetAsync(pathAndQuery, cancellation).ConfigureAwait(false);
            code = (int)response.StatusCode;
            return response;
        }
        finally
        {
            observer.RequestFinished(Method, connection.Host, code, time.GetElapsedTime(started));
        }
    }
}
