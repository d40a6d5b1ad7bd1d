using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ClusterDns.Testing;

/// <summary>An authority made for one test, a server's and a client's certificate, and their PEM files.</summary>
public sealed class FakeCertificates : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("clusterdns-certificates");
    private readonly X509Certificate2 _authority;

    /// <param name="serverName">The one name or address of the server's certificate; null makes it one for 127.0.0.1.</param>
    public FakeCertificates(string? serverName = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // Several in one file of trusted authorities are told apart by name.
        var request = new CertificateRequest($"CN=test authority {Guid.NewGuid()}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(serverName ?? "127.0.0.1", out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(serverName!);
        }

        Server = Issue("CN=kube-apiserver", names);
        Client = Issue("CN=clusterdns", null);
        AuthorityPath = Write("ca.crt", _authority.ExportCertificatePem());
        ClientCertificatePath = Write("client.crt", Client.ExportCertificatePem());
        ClientKeyPath = Write("client.key", Client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }

    public string AuthorityPath { get; }

    public string ClientCertificatePath { get; }

    public string ClientKeyPath { get; }

    internal X509Certificate2 Server { get; }

    internal X509Certificate2 Client { get; }

    /// <summary>True for a certificate that this authority has issued.</summary>
    internal bool HasIssued(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }

    private X509Certificate2 Issue(string subject, SubjectAlternativeNameBuilder? names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        if (names is not null)
        {
            request.CertificateExtensions.Add(names.Build());
        }

        using var issued = request.Create(_authority, _authority.NotBefore, _authority.NotAfter, RandomNumberGenerator.GetBytes(8));
        return X509CertificateLoader.LoadPkcs12(issued.CopyWithPrivateKey(key).Export(X509ContentType.Pkcs12), null);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_directory.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        _authority.Dispose();
        Server.Dispose();
        Client.Dispose();
        _directory.Delete(recursive: true);
    }
}
