using System.Text.Json;
using ClusterDns.Kubernetes.Objects.Json;

namespace ClusterDns.Kubernetes.Manifests.Documents;

/// <summary>What a document says it is.</summary>
/// <param name="ApiVersion">Empty where it says nothing.</param>
/// <param name="Kind">Empty where it says nothing.</param>
/// <param name="Items">Where its <c>items</c> stand in the JSON; null without such an array.</param>
internal readonly record struct DocumentHeader(string ApiVersion, string Kind, Range? Items)
{
    private const int MaxLength = 253;

    /// <summary>Says nothing: the header around a document that is in no list.</summary>
    public static DocumentHeader None { get; } = new("", "", null);

    /// <summary><c>List</c>, or a list of one kind, such as <c>ServiceList</c>.</summary>
    public bool IsList => Items is not null && Kind.EndsWith("List", StringComparison.Ordinal);

    /// <summary>
    /// The header of an item of this list: in a list of one kind the items don't repeat it, in a <c>List</c> they do.
    /// </summary>
    public DocumentHeader Complete(DocumentHeader item) =>
        item.Kind.Length > 0 || Kind is "" or "List" ? item : item with { ApiVersion = ApiVersion, Kind = Kind[..^"List".Length] };

    public static DocumentHeader Read(ReadOnlySpan<byte> document)
    {
        var unusable = new ObjectProblems();
        var (apiVersion, kind) = ("", "");
        Range? items = null;
        Span<char> text = stackalloc char[MaxLength];
        var json = new Utf8JsonReader(document);
        json.Read();
        while (json.NextField())
        {
            if (json.IsField("apiVersion"u8))
            {
                apiVersion = json.TryCopyText(text, "apiVersion", unusable, out var length) ? text[..length].ToString() : "";
            }
            else if (json.IsField("kind"u8))
            {
                kind = json.TryCopyText(text, "kind", unusable, out var length) ? text[..length].ToString() : "";
            }
            else if (json.IsField("items"u8))
            {
                var start = (int)json.TokenStartIndex;
                var isArray = json.TokenType == JsonTokenType.StartArray;
                json.Skip();
                items = isArray ? start..(int)json.BytesConsumed : null;
            }
            else
            {
                json.SkipField();
            }
        }

        return new DocumentHeader(apiVersion, kind, items);
    }
}
