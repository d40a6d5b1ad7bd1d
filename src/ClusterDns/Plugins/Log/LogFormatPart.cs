namespace ClusterDns.Plugins.Log;

/// <summary>A piece of a format.</summary>
/// <param name="Field">What to put here.</param>
/// <param name="Text">UTF-8 of a literal.</param>
/// <param name="Label">Which of the metadata.</param>
internal sealed record LogFormatPart(LogField Field, byte[] Text, string Label = "");
