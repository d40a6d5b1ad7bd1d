namespace ClusterDns.Tests.Plugins.ZoneFiles;

/// <summary>
/// A zone as a list of lines, answered in the words of RFC 1034, 4.3.2 and RFC 4592, without any index: what a real zone is
/// held against. Names are relative to the zone, the empty one is the apex.
/// </summary>
/// <param name="records">Owner, type and rdata.</param>
internal sealed class ZoneModel(IReadOnlyList<(string Owner, string Type, string Data)> records)
{
    /// <summary>
    /// <c>TYPE DATA, ...</c> of the records that answer, sorted; <c>referral</c> or <c>redirection</c> and the name that has the
    /// records; <c>nodata</c>; <c>nxdomain</c>. Aliases are not followed.
    /// </summary>
    public string Ask(string name, string type)
    {
        foreach (var above in Above(name))
        {
            if (above != name && Has(above, "DNAME"))
            {
                return $"redirection {above}";
            }

            if (above != "" && Has(above, "NS") && !(above == name && type == "DS"))
            {
                return $"referral {above}";
            }
        }

        if (Exists(name))
        {
            return At(name, type);
        }

        var encloser = Above(name).Last(Exists);
        var wildcard = encloser == "" ? "*" : $"*.{encloser}";
        return Exists(wildcard) ? At(wildcard, type) : "nxdomain";
    }

    // The apex, the name below it, and so on to the name itself.
    private static IEnumerable<string> Above(string name)
    {
        var labels = name.Split('.', StringSplitOptions.RemoveEmptyEntries);
        return Enumerable.Range(0, labels.Length + 1).Select(count => string.Join('.', labels[^count..]));
    }

    private bool Has(string owner, string type) => records.Any(record => record.Owner == owner && record.Type == type);

    private bool Exists(string name) =>
        name == "" || records.Any(record => record.Owner == name || record.Owner.EndsWith($".{name}", StringComparison.Ordinal));

    private string At(string owner, string type)
    {
        type = Has(owner, "CNAME") ? "CNAME" : type;
        var found = records.Where(record => record.Owner == owner && record.Type == type).Select(record => $"{record.Type} {record.Data}").Distinct().Order(StringComparer.Ordinal);
        return string.Join(", ", found) is { Length: > 0 } answer ? answer : "nodata";
    }
}
