namespace ClusterDns.Plugins.Template.GoTemplates;

/// <summary>Something with a value. It fails by telling the scope.</summary>
internal delegate TemplateValue TemplateExpression(TemplateScope scope);
