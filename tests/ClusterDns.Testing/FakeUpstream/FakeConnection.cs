using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace ClusterDns.Testing;

/// <summary>One client's connection to a <see cref="FakeUpstream"/>; every query's actions run beside those of the others.</summary>
internal sealed class FakeConnection(FakeUpstream upstream, Socket socket, int number)
{
    /// <summary>Begins every TLS connection; a DNS message so long that its length begins like this is no query of ours.</summary>
    private const byte TlsHandshake = 0x16;

    private readonly SemaphoreSlim _writing = new(1);
    private readonly IPEndPoint _client = (IPEndPoint)socket.RemoteEndPoint!;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Stream _stream = new NetworkStream(socket, ownsSocket: false);
    private FakeProtocol _protocol = FakeProtocol.Tcp;

    /// <summary>Serves until the client or <see cref="End"/> ends it. Never throws.</summary>
    public async Task RunAsync()
    {
        try
        {
            socket.NoDelay = true;
            if (upstream.IgnoresConnections || upstream.GreetsWith is not null)
            {
                await _stream.WriteAsync(upstream.GreetsWith ?? []);
                await _ended.Task;
                return;
            }

            await BeginTlsAsync();
            while (true)
            {
                var message = await DnsSocketClient.ReadAsync(_stream, CancellationToken.None);
                _ = AnswerAsync(new FakeQuery(message, _protocol, _client, number));
            }
        }
        catch (Exception error) when (IsExpected(error))
        {
            // The client has gone, does not trust us, or the test ended the connection.
        }
        finally
        {
            socket.Dispose();
        }
    }

    /// <summary>Ends the connection now, in good order or with a reset.</summary>
    public void End(bool reset)
    {
        try
        {
            if (reset)
            {
                socket.Close(0);
            }
            else
            {
                socket.Shutdown(SocketShutdown.Both);
            }
        }
        catch (Exception error) when (IsExpected(error))
        {
            // The client was quicker.
        }

        _ended.TrySetResult();
    }

    private static bool IsExpected(Exception error) =>
        error is SocketException or IOException or ObjectDisposedException or AuthenticationException or InvalidOperationException;

    private async Task BeginTlsAsync()
    {
        var first = new byte[1];
        await socket.ReceiveAsync(first, SocketFlags.Peek);
        if (upstream.Certificates is not { } certificates || first[0] != TlsHandshake)
        {
            return;
        }

        var secure = new SslStream(_stream);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificate = certificates.Server,
            ClientCertificateRequired = upstream.RequiresClientCertificate,
            RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                !upstream.RequiresClientCertificate
                || (certificate is System.Security.Cryptography.X509Certificates.X509Certificate2 shown && certificates.HasIssued(shown)),
        });
        (_stream, _protocol) = (secure, FakeProtocol.Tls);
    }

    private async Task AnswerAsync(FakeQuery query)
    {
        try
        {
            foreach (var action in upstream.Receive(query))
            {
                await ActAsync(action);
            }
        }
        catch (Exception error) when (IsExpected(error))
        {
            // As above.
        }
        catch (Exception fault)
        {
            upstream.ScriptThrew(fault);
        }
    }

    private async Task ActAsync(FakeAction action)
    {
        switch (action)
        {
            case FakeAction.Send send:
                await WriteAsync([(byte)(send.Message.Length >> 8), (byte)send.Message.Length, .. send.Message]);
                break;
            case FakeAction.SendRaw raw:
                await WriteAsync(raw.Octets);
                break;
            case FakeAction.Wait wait:
                await Task.Delay(wait.Time);
                break;
            case FakeAction.WaitFor wait:
                await wait.Signal;
                break;
            case FakeAction.Close:
                End(reset: false);
                break;
            case FakeAction.Reset:
                End(reset: true);
                break;
        }
    }

    private async Task WriteAsync(byte[] octets)
    {
        await _writing.WaitAsync();
        try
        {
            await _stream.WriteAsync(octets);
        }
        finally
        {
            _writing.Release();
        }
    }
}
