using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>EndpointSlice or Endpoints object -> what of it is served.</summary>
internal sealed class EndpointsCompiler(ResourceKind kind, PortSets portSets, Rejections rejections)
{
    /// <summary>The Service that the object belongs to; empty if it names none, or what no Service can be named.</summary>
    public string ReadServiceName(ObjectKey key, EndpointsRecord record)
    {
        if (record.ServiceName.Length == 0 || DnsLabel.IsValid(record.ServiceName))
        {
            return record.ServiceName;
        }

        rejections.Report(kind, key, Rejections.ServiceIsNoLabel);
        return "";
    }

    /// <summary>Groups with ready endpoints, in their order.</summary>
    public PackedEndpoints[] ReadGroups(ObjectKey key, EndpointsRecord record)
    {
        var groups = record.Groups.Where(group => group.Count > 0).ToArray();
        foreach (var group in groups)
        {
            group.SharePorts(portSets.Share);
        }

        if (record.Groups.Any(group => group.RefusedNames > 0))
        {
            rejections.Report(kind, key, Rejections.HostnameOrPortIsNoLabel);
        }

        return groups;
    }

    /// <summary>Whether <see cref="ReadGroups"/> would give equal groups. Allocates nothing: a list repeats what is known.</summary>
    public static bool ServesSame(PackedEndpoints[] groups, EndpointsRecord record)
    {
        var matched = 0;
        for (var i = 0; i < record.Groups.Count; i++)
        {
            var group = record.Groups[i];
            if (group.Count > 0 && (matched == groups.Length || !groups[matched++].ServesSameAs(group)))
            {
                return false;
            }
        }

        return matched == groups.Length;
    }

    public static int CountNotReady(EndpointsRecord record)
    {
        var count = 0;
        for (var i = 0; i < record.Groups.Count; i++)
        {
            count += record.Groups[i].NotReadyCount;
        }

        return count;
    }
}
