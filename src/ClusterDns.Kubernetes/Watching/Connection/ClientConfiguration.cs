using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using k8s;
using k8s.KubeConfigModels;

namespace ClusterDns.Kubernetes.Watching.Connection;

/// <summary>
/// Where the API server is and who we are, from the options: a kubeconfig wins over an endpoint, and that over the pod's
/// own service account.
/// </summary>
internal static class ClientConfiguration
{
    private const string NeverSent = "in-a-file";

    /// <exception cref="ClusterSourceException">A file is missing or unreadable, or we are in no cluster.</exception>
    public static KubernetesClientConfiguration Build(
        ClusterSourceOptions options, InClusterAccess access, WatchLimits limits, TimeProvider time)
    {
        if (options.KubeconfigPath is { } path)
        {
            return FromKubeconfig(path, options.KubeconfigContext, limits, time);
        }

        return options.Endpoint is { } endpoint
            ? FromEndpoint(endpoint, options.Certificate)
            : FromServiceAccount(access, limits, time);
    }

    private static KubernetesClientConfiguration FromKubeconfig(string path, string? context, WatchLimits limits, TimeProvider time)
    {
        try
        {
            var file = KubernetesClientConfiguration.LoadKubeConfig(path);
            var tokenPath = TakeTokenPath(file, path, context);
            var configuration = KubernetesClientConfiguration.BuildConfigFromConfigObject(file, context);
            if (tokenPath is not null)
            {
                configuration.AccessToken = null;
                configuration.TokenProvider = new TokenFile(tokenPath, limits.TokenLifetime, time);
            }

            return IsUrl(configuration.Host)
                ? configuration
                : throw new ClusterSourceException(
                    $"unable to load kubeconfig {path}: server {configuration.Host} is not a URL that begins with http:// or https://");
        }
        catch (Exception failure) when (failure is not (OutOfMemoryException or ClusterSourceException))
        {
            // Start-up, and the library lets through whatever YAML, Base64, the file system and certificates throw.
            // Of an empty file it only says that a reference is null; of a credential plugin that prints no JSON, where in its code.
            var why = failure is NullReferenceException
                ? "it has nothing, or nothing where a kubeconfig has a field"
                : failure.Message.Split('\n')[0].TrimEnd();
            throw new ClusterSourceException($"unable to load kubeconfig {path}: {why}", failure);
        }
    }

    /// <summary>
    /// The file of the chosen user's token; null without one. It wins over a token, as for Go's client. The library does not
    /// know the field and refuses a user who has nothing else, so it is given a token that is never sent.
    /// </summary>
    private static string? TakeTokenPath(K8SConfiguration file, string path, string? context)
    {
        var chosen = file.Contexts?.FirstOrDefault(entry => entry.Name == (context ?? file.CurrentContext));
        var user = file.Users?.FirstOrDefault(entry => entry.Name == chosen?.ContextDetails?.User);
        if (user?.UserCredentials is not { } credentials || KubeconfigUser.ReadTokenFile(path, user.Name) is not { Length: > 0 } written)
        {
            return null;
        }

        var tokenPath = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, written);
        EnsureReadable(tokenPath);
        credentials.Token = NeverSent;
        return tokenPath;
    }

    private static KubernetesClientConfiguration FromEndpoint(string endpoint, ClientCertificateFiles? files)
    {
        if (!IsUrl(endpoint))
        {
            throw new ClusterSourceException($"endpoint {endpoint} is not a URL that begins with http:// or https://");
        }

        var configuration = new KubernetesClientConfiguration { Host = endpoint };
        if (files is null)
        {
            return configuration;
        }

        EnsureReadable(files.CertificatePath);
        EnsureReadable(files.KeyPath);
        configuration.ClientCertificateFilePath = files.CertificatePath;
        configuration.ClientKeyFilePath = files.KeyPath;
        configuration.SslCaCerts = ReadAuthority(files.AuthorityPath);
        return configuration;
    }

    private static bool IsUrl(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    private static KubernetesClientConfiguration FromServiceAccount(InClusterAccess access, WatchLimits limits, TimeProvider time)
    {
        if (string.IsNullOrEmpty(access.Host) || string.IsNullOrEmpty(access.Port))
        {
            throw new ClusterSourceException(
                "unable to load in-cluster configuration, KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT must be defined");
        }

        if (!ushort.TryParse(access.Port, out var port))
        {
            throw new ClusterSourceException($"unable to load in-cluster configuration, KUBERNETES_SERVICE_PORT is {access.Port}, no port");
        }

        EnsureReadable(access.TokenPath);
        return new KubernetesClientConfiguration
        {
            Host = new UriBuilder("https", access.Host, port).ToString(),
            TokenProvider = new TokenFile(access.TokenPath, limits.TokenLifetime, time),
            SslCaCerts = ReadAuthority(access.AuthorityPath),
        };
    }

    private static void EnsureReadable(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ClusterSourceException($"unable to read {path}: {failure.Message}", failure);
        }
    }

    private static X509Certificate2Collection ReadAuthority(string path)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPemFile(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ClusterSourceException($"unable to read {path}: {failure.Message}", failure);
        }

        return certificates.Count > 0 ? certificates : throw new ClusterSourceException($"{path} holds no certificate");
    }
}
