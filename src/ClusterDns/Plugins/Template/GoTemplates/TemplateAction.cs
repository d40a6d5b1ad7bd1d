namespace ClusterDns.Plugins.Template.GoTemplates;

/// <summary>Something that writes or changes the scope.</summary>
internal delegate void TemplateAction(TemplateScope scope);
