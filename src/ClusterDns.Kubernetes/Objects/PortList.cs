namespace ClusterDns.Kubernetes.Objects;

/// <summary>Ports of one object, as its name can be asked for them.</summary>
internal static class PortList
{
    /// <summary>Keeps the order; leaves out doubles and, counted in <paramref name="refused"/>, what no label can name.</summary>
    public static ServicePort[] Create(IReadOnlyList<PortRecord> records, out int refused)
    {
        refused = 0;
        var ports = new List<ServicePort>(records.Count);
        var seen = new HashSet<ServicePort>(records.Count);
        foreach (var record in records)
        {
            if (!ServicePort.TryCreate(record, out var port))
            {
                refused++;
            }
            else if (seen.Add(port))
            {
                ports.Add(port);
            }
        }

        return ports.ToArray();
    }
}
