using System.Text.Json;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Objects.Json;

namespace ClusterDns.Kubernetes.Manifests.Selection;

/// <summary>Values that both readers of this folder read.</summary>
internal static class TraitsWalk
{
    /// <summary>A text; empty where there is none, or none that makes sense.</summary>
    public static string ReadText(ref this Utf8JsonReader json, string field, ObjectProblems problems)
    {
        Span<char> text = stackalloc char[NameRules.MaxLabelLength];
        return json.TryCopyText(text, field, problems, out var length) ? text[..length].ToString() : "";
    }

    /// <summary>A port's number; <see cref="PortRecord.None"/> where there is none, or none that makes sense.</summary>
    public static int ReadPortNumber(ref this Utf8JsonReader json, string field, ObjectProblems problems)
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            return PortRecord.None;
        }

        if (json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var number) && number is >= 1 and <= ushort.MaxValue)
        {
            return number;
        }

        problems.AddValue(field, "a number from 1 to 65535", in json);
        json.TrySkip();
        return PortRecord.None;
    }
}
