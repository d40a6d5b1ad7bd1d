namespace ClusterDns.Plugins.Template;

/// <summary>What became of one record's template.</summary>
internal enum RenderOutcome
{
    /// <summary>A record, or nothing on purpose.</summary>
    Good,

    /// <summary>The template itself failed.</summary>
    TemplateFailed,

    /// <summary>It wrote something that is no record.</summary>
    NoRecord,
}
