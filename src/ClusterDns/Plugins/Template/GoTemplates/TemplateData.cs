using System.Globalization;
using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Template.GoTemplates;

/// <summary>What a template knows of the query that it answers.</summary>
/// <param name="query">The query.</param>
/// <param name="zone">The rule's zone that the name is in.</param>
/// <param name="name">The name in lower case, with final dot.</param>
/// <param name="recordClass">The class that was asked for.</param>
/// <param name="type">The type that was asked for.</param>
/// <param name="match">The whole match and its groups.</param>
/// <param name="groupNames">The name of each of those; empty for one without.</param>
internal sealed class TemplateData(
    Query query,
    DnsName zone,
    string name,
    RecordClass recordClass,
    RecordType type,
    IReadOnlyList<string> match,
    IReadOnlyList<string> groupNames)
{
    private Dictionary<string, string>? _groups;

    public string Zone => zone.ToString();

    public string Name => name;

    public string Class => Mnemonic.Of(recordClass);

    public string Type => Mnemonic.Of(type);

    public IReadOnlyList<string> Match => match;

    /// <summary>Groups by number and, where they have one, by name.</summary>
    public IReadOnlyDictionary<string, string> Group => _groups ??= CollectGroups();

    /// <summary>The client's address.</summary>
    public string Remote
    {
        get
        {
            var address = query.Client.ToIPAddress().ToString();
            return address.IndexOf('%') is var scope and >= 0 ? address[..scope] : address;
        }
    }

    public long QuestionType => (long)query.Type;

    public long QuestionClass => (long)query.Class;

    /// <summary>The name as it was spelt.</summary>
    public string QuestionName => WireName.ToText(query.NameAsSent);

    public long MessageId => query.Id;

    public bool HasFlag(ushort flag) => (query.Flags & flag) != 0;

    /// <summary>Empty where nobody knows the label.</summary>
    public string Meta(string label) => query.MetadataOf(label) ?? "";

    private Dictionary<string, string> CollectGroups()
    {
        var groups = new Dictionary<string, string>();
        foreach (var (index, text) in match.Index())
        {
            groups[index.ToString(CultureInfo.InvariantCulture)] = text;
        }

        foreach (var (index, text) in match.Index())
        {
            if (groupNames[index].Length > 0)
            {
                groups[groupNames[index]] = text;
            }
        }

        return groups;
    }
}
