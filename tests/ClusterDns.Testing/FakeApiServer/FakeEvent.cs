using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Testing;

/// <summary>One change of the fake API server's store: an object before and after, either of them absent.</summary>
internal sealed record FakeEvent(ResourceKind Kind, long Version, FakeObject? Before, FakeObject? After)
{
    /// <summary>What a watch with this selector says of it; null if it does not concern the watch.</summary>
    public string? Line(FakeSelector selector)
    {
        var was = Before is not null && selector.Matches(Before);
        var isNow = After is not null && selector.Matches(After);
        return (was, isNow) switch
        {
            (false, true) => Line("ADDED", After!.Text),
            (true, true) => Line("MODIFIED", After!.Text),
            (true, false) => Line("DELETED", DeletedText()),
            _ => null,
        };
    }

    public static string Line(string type, string text) => $"{{\"type\":\"{type}\",\"object\":{text}}}\n";

    // A deletion carries the object's last state under the version of the deletion.
    private string DeletedText()
    {
        var json = Before!.Json.DeepClone().AsObject();
        json["metadata"]!["resourceVersion"] = Version.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return json.ToJsonString();
    }
}
