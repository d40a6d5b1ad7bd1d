using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace ClusterDns.Plugins.Top;

/// <summary>Reads what <see cref="TopJson"/> wrote, from a server that may be another version or no such server.</summary>
internal static class TopJsonReader
{
    /// <summary>Lists that are not there are empty; anything of another kind than expected makes it false.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> octets, [NotNullWhen(true)] out TopReport? report)
    {
        report = null;
        try
        {
            using var document = JsonDocument.Parse(octets);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !TryGet(root, "families", JsonValueKind.Object, out var families)
                || !root.TryGetProperty("since", out var since) || !since.TryGetDateTimeOffset(out var began)
                || !TryReadNumber(root, "sample", out var sample) || sample is < 0 or > int.MaxValue
                || !TryReadFraction(root, "windowSeconds", TimeSpan.MaxValue.TotalSeconds / 2, out var window))
            {
                return false;
            }

            var total = new TopList[TopFamilies.Count];
            var recent = new TopList[TopFamilies.Count];
            foreach (var family in Enum.GetValues<TopFamily>())
            {
                if (!TryReadList(families, family, "total", out total[(int)family])
                    || !TryReadList(families, family, "recent", out recent[(int)family]))
                {
                    return false;
                }
            }

            report = new TopReport((int)sample, began, TimeSpan.FromSeconds(window), total, recent);
            return true;
        }
        catch (Exception mistake) when (mistake is JsonException or FormatException or InvalidOperationException)
        {
            // The reader says so: no JSON, no date where one should be, or half of a surrogate pair.
            return false;
        }
    }

    private static bool TryReadList(JsonElement families, TopFamily family, string name, out TopList list)
    {
        list = TopList.Empty;
        if (!families.TryGetProperty(TopFamilies.NameOf(family), out var lists))
        {
            return true;
        }

        if (lists.ValueKind != JsonValueKind.Object
            || !TryGet(lists, name, JsonValueKind.Object, out var element)
            || !TryReadNumber(element, "queries", out var queries)
            || !TryGet(element, "entries", JsonValueKind.Array, out var items)
            || items.GetArrayLength() > TopTalkers.MostEntries)
        {
            return false;
        }

        var entries = new List<TopEntry>();
        foreach (var item in items.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object
                || ReadText(item, "value") is not { } text
                || !TryReadNumber(item, "count", out var count)
                || !TryReadNumber(item, "error", out var error) || error > count
                || !TryReadFraction(item, "share", double.MaxValue, out var share))
            {
                return false;
            }

            entries.Add(new TopEntry(text, ReadText(item, "namespace"), ReadText(item, "pod"), count, error, share));
        }

        list = new TopList(queries, entries);
        return true;
    }

    private static bool TryGet(JsonElement parent, string name, JsonValueKind kind, out JsonElement element) =>
        parent.TryGetProperty(name, out element) && element.ValueKind == kind;

    private static string? ReadText(JsonElement parent, string name) =>
        TryGet(parent, name, JsonValueKind.String, out var element) ? element.GetString() : null;

    private static bool TryReadNumber(JsonElement parent, string name, out long number)
    {
        number = 0;
        return TryGet(parent, name, JsonValueKind.Number, out var element) && element.TryGetInt64(out number) && number >= 0;
    }

    private static bool TryReadFraction(JsonElement parent, string name, double most, out double number)
    {
        number = 0;
        return TryGet(parent, name, JsonValueKind.Number, out var element)
            && element.TryGetDouble(out number) && number >= 0 && number <= most;
    }
}
