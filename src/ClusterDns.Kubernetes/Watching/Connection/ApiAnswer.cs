using System.IO.Pipelines;

namespace ClusterDns.Kubernetes.Watching.Connection;

/// <summary>An answer of the API server: a body that is still coming in, or an outcome that says why there is none.</summary>
internal sealed class ApiAnswer : IDisposable
{
    private static readonly StreamPipeReaderOptions BodyOptions = new(bufferSize: 16 << 10, minimumReadSize: 4 << 10);

    private readonly HttpResponseMessage? _response;

    public ApiAnswer(ApiOutcome refusal) => Refusal = refusal;

    public ApiAnswer(HttpResponseMessage response, Stream body)
    {
        _response = response;
        Body = PipeReader.Create(body, BodyOptions);
    }

    public ApiOutcome Refusal { get; }

    /// <summary>Null where the server refused.</summary>
    public PipeReader? Body { get; }

    /// <summary>Ends the request, also one whose body is not read to its end.</summary>
    public void Dispose()
    {
        Body?.Complete();
        _response?.Dispose();
    }
}
