using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ClusterDns.Transport.Upstream;

/// <summary>Trusts what the system trusts of one handshake, and remembers why it did not.</summary>
internal sealed class CertificateCheck(SslClientAuthenticationOptions tls)
{
    private const string UnknownAuthority = "certificate signed by unknown authority";

    /// <summary>The last: an authority of the same name, but with another key.</summary>
    private const X509ChainStatusFlags NotTrusted =
        X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.NotSignatureValid;

    /// <summary>Null as long as nothing is wrong.</summary>
    public string? Error { get; private set; }

    /// <summary>Null when the target's options have one of their own.</summary>
    public RemoteCertificateValidationCallback? Callback =>
        tls.RemoteCertificateValidationCallback is null ? Check : null;

    private bool Check(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Error = errors switch
        {
            SslPolicyErrors.None => null,
            _ when certificate is not X509Certificate2 => "the server has sent no certificate",
            _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) =>
                $"certificate is valid for {Names((X509Certificate2)certificate)}, not {tls.TargetHost}",
            _ => Describe(chain),
        };
        return Error is null;
    }

    private static string Describe(X509Chain? chain)
    {
        var status = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        return status switch
        {
            null => UnknownAuthority,
            { } flags when flags.HasFlag(X509ChainStatusFlags.NotTimeValid) => "certificate has expired or is not yet valid",
            { } flags when (flags & NotTrusted) != 0 => UnknownAuthority,
            { } flags => $"certificate is not valid: {flags}",
        };
    }

    private static string Names(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().ToArray();
        string[] all =
        [
            .. names.SelectMany(extension => extension.EnumerateDnsNames()),
            .. names.SelectMany(extension => extension.EnumerateIPAddresses()).Select(address => address.ToString()),
        ];
        return all.Length > 0 ? string.Join(", ", all) : "no names";
    }
}
