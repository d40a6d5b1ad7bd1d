using System.IO.Pipelines;
using ClusterDns.Operations.Http;
using ClusterDns.Plugins.Status.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Status;

[TestFixture]
internal sealed class TimedWriterTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Test]
    public async Task Write_ReaderTakesNothing_LosesItsConnection()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        var lifetime = new Lifetime();
        var context = ContextFor(pipe, lifetime, CancellationToken.None);
        using var writer = new TimedWriter(context);
        var isWritten = await writer.TryWriteAsync(new byte[100]).WaitAsync(Patience);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(isWritten, Is.False);
            Assert.That(lifetime.WasAborted, Is.True);
        }
    }

    [Test]
    public async Task Write_AddressGivenUp_EndsAtOnce()
    {
        using var closing = new CancellationTokenSource();
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        using var writer = new TimedWriter(ContextFor(pipe, new Lifetime(), closing.Token));
        var write = writer.TryWriteAsync(new byte[100]);
        await closing.CancelAsync();

        Assert.That(await write.WaitAsync(Patience), Is.False);
    }

    private static DefaultHttpContext ContextFor(Pipe pipe, Lifetime lifetime, CancellationToken closing)
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(pipe.Writer.AsStream()));
        context.Features.Set<IHttpRequestLifetimeFeature>(lifetime);
        context.Features.Set(new PageConnection(IsUnixSocket: false, closing));
        return context;
    }

    private sealed class Lifetime : IHttpRequestLifetimeFeature
    {
        public CancellationToken RequestAborted { get; set; }

        public bool WasAborted { get; private set; }

        public void Abort() => WasAborted = true;
    }
}
