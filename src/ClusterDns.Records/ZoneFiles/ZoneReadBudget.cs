namespace ClusterDns.Records.ZoneFiles;

/// <summary>What is left of the bounds while a zone file and all that it includes is read.</summary>
internal sealed class ZoneReadBudget
{
    private int _octets = ZoneFileLimits.MaxOctets;
    private int _records = ZoneFileLimits.MaxRecords;

    public bool TryTakeOctets(int count) => (_octets -= count) >= 0;

    public bool TryTakeRecord() => --_records >= 0;
}
