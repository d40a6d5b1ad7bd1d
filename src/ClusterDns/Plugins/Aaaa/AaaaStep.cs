using ClusterDns.Serving.Tracing;

namespace ClusterDns.Plugins.Aaaa;

/// <summary>Nobody was asked for an IPv6 address.</summary>
/// <param name="Mode">What the directive says: <see cref="AaaaMode.Never"/>, or <see cref="AaaaMode.Auto"/> without IPv6.</param>
internal sealed record AaaaStep(AaaaMode Mode) : TraceStep;
