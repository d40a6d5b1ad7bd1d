using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ClusterDns.Transport.Upstream;

/// <summary>Turns what a configuration says about an upstream over TLS into what the handshake needs.</summary>
public static class UpstreamTls
{
    /// <param name="serverName">
    /// What the certificate must name; sent as SNI unless it is an IP address.
    /// </param>
    /// <param name="authorities">PEM text of the only authorities trusted; null trusts the system's.</param>
    /// <param name="certificate">PEM text of our own certificate and those it was issued by, if we have to show one.</param>
    /// <param name="key">PEM text of its private key.</param>
    /// <exception cref="CryptographicException">One of the texts holds no certificate or key, or they don't fit.</exception>
    public static SslClientAuthenticationOptions Create(
        string serverName, string? authorities = null, string? certificate = null, string? key = null)
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = serverName,
            AllowTlsResume = true,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
        if (authorities is not null)
        {
            options.CertificateChainPolicy = TrustOnly(authorities);
        }

        if (certificate is not null)
        {
            options.ClientCertificateContext = ReadOwn(certificate, key);
        }

        return options;
    }

    private static X509ChainPolicy TrustOnly(string authorities)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.ImportFromPem(authorities);
        return policy.CustomTrustStore.Count > 0
            ? policy
            : throw new CryptographicException("no certificate in the text of the authorities");
    }

    private static SslStreamCertificateContext ReadOwn(string certificate, string? key)
    {
        var issuers = new X509Certificate2Collection();
        issuers.ImportFromPem(certificate);
        return SslStreamCertificateContext.Create(
            X509Certificate2.CreateFromPem(certificate, key ?? certificate), issuers, offline: true);
    }
}
