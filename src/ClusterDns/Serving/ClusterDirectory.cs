
namespace ClusterDns.Serving;

/// <summary>Clusters being watched, by their options: directives that ask for the same share one, across reloads too.</summary>
internal sealed class ClusterDirectory
{
}
