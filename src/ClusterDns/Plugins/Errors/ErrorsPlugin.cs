using ClusterDns.Serving;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Errors;

/// <summary>Logs why a query failed: one line for each error, or one for many alike.</summary>
internal sealed class ErrorsPlugin : ReplyPlugin
{
    private readonly ILogger _logger;
    private readonly ConsolidatedErrors[] _consolidated;
    private readonly bool _hasExtendedErrors;

    public ErrorsPlugin(ErrorsOptions options, ILogger logger, TimeProvider time)
    {
        _logger = logger;
        _hasExtendedErrors = options.HasExtendedErrors;
        _consolidated = [.. options.Consolidations.Select(c => new ConsolidatedErrors(c, logger, time))];
    }

    public override string Name => "errors";

    /// <summary>Logs what is counted and not told yet; later errors are logged one by one.</summary>
    public void Stop()
    {
        foreach (var errors in _consolidated)
        {
            errors.Stop();
        }
    }

    protected override ServeResult After(Query query, ServeResult result)
    {
        if (query.Error is { } error)
        {
            Report(query, result, error);
        }

        if (!_hasExtendedErrors)
        {
            query.Reason = FailureReason.None;
        }

        return result;
    }

    private void Report(Query query, ServeResult result, string error)
    {
        var level = LogLevel.Error;
        foreach (var errors in _consolidated)
        {
            if (!errors.Matches(error))
            {
                continue;
            }

            if (errors.TryCount(out var isShown) && !isShown)
            {
                return;
            }

            level = isShown ? errors.Level : level;
            break;
        }

        var code = (int)result.CodeFor(query);
        ErrorsLog.Failed(_logger, level, code, WireName.ToText(query.Name.Wire), Mnemonic.Of(query.Type), error);
    }
}
