using System.Globalization;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>Numbers as the reference reads them, with its words for what is none.</summary>
internal static class GoNumber
{
    public static bool TryParseInteger(string text, out int number, out string mistake)
    {
        var isNumber = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var wide);
        number = isNumber && wide is >= int.MinValue and <= int.MaxValue ? (int)wide : 0;
        mistake = number == wide && isNumber ? "" : Describe("Atoi", text, isNumber || IsLong(text));
        return mistake.Length == 0;
    }

    public static bool TryParseFloat(string text, out double number, out string mistake)
    {
        var isNumber = double.TryParse(text, NumberStyles.Float & ~NumberStyles.AllowLeadingWhite & ~NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out number);
        mistake = isNumber && double.IsFinite(number) ? "" : Describe("ParseFloat", text, isNumber);
        return mistake.Length == 0;
    }

    private static bool IsLong(string text) => text.Length > 0 && !text.AsSpan().TrimStart("+-").ContainsAnyExceptInRange('0', '9');

    private static string Describe(string function, string text, bool isOutOfRange) =>
        $"strconv.{function}: parsing \"{text}\": {(isOutOfRange ? "value out of range" : "invalid syntax")}";
}
