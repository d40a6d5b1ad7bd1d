using ClusterDns.Serving;

namespace ClusterDns.Plugins.Autopath;

/// <summary>Knows which names a client's resolver makes of one that a program asks for.</summary>
internal interface ISearchList
{
    /// <summary>Whether the query's name is one under the first element of its client's search list, and where to look then.</summary>
    SearchMatch Find(Query query, out SearchWalk walk);
}
