namespace ClusterDns.Kubernetes;

/// <summary>PEM files for a client certificate: the <c>tls</c> property of the <c>kubernetes</c> directive.</summary>
public sealed record ClientCertificateFiles(string CertificatePath, string KeyPath, string AuthorityPath);
