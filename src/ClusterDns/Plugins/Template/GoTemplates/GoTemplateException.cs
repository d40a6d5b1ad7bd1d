namespace ClusterDns.Plugins.Template.GoTemplates;

/// <summary>A mistake in a template, found while it is parsed; caught where the directive is read.</summary>
internal sealed class GoTemplateException(string message) : Exception(message);
