using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Errors;

/// <summary>One <c>consolidate</c> line.</summary>
/// <param name="Period">From the first error to the line that says how many there were.</param>
/// <param name="Pattern">Which errors, by their text.</param>
/// <param name="PatternText">The pattern as written, for the line.</param>
/// <param name="Level">The line's level.</param>
/// <param name="ShowFirst">Log the first error of a period at once.</param>
internal sealed record ConsolidateOptions(
    TimeSpan Period,
    Regex Pattern,
    string PatternText,
    LogLevel Level,
    bool ShowFirst);
