namespace ClusterDns.Plugins.Top.Sketches;

/// <summary>A key's counter as it was copied. The key occurred <c>Count - Error</c> to <c>Count</c> times.</summary>
internal readonly record struct SketchCounter(byte[] Key, long Count, long Error);
