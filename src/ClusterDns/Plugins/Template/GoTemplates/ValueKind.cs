namespace ClusterDns.Plugins.Template.GoTemplates;

internal enum ValueKind
{
    None,
    String,
    Number,
    Truth,
    List,
    Map,
}
