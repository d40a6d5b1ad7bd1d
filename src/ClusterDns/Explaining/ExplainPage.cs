using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ClusterDns.Wire;
using Microsoft.AspNetCore.Http;

namespace ClusterDns.Explaining;

/// <summary>
/// <c>/explain?name=NAME&amp;type=TYPE&amp;from=CLIENT</c>: the explanation as JSON, with <c>format=text</c> as text. A client
/// outside the cluster brings its list with <c>search=ZONE,ZONE</c> and <c>ndots=N</c>.
/// </summary>
internal sealed class ExplainPage(Explainer explainer)
{
    public const string Path = "/explain";

    /// <summary>Says <c>true</c> where the name was resolved.</summary>
    public const string ResolvedHeader = "Explain-Resolved";

    private const int MostDots = 15;

    public async Task WriteAsync(HttpContext context)
    {
        if (!TryRead(context.Request.Query, out var request, out var error))
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, "text/plain", error + "\n").ConfigureAwait(false);
            return;
        }

        var result = await explainer.ExplainAsync(request, context.RequestAborted).ConfigureAwait(false);
        if (result.Explanation is not { } explanation)
        {
            await WriteAsync(context, StatusCodes.Status422UnprocessableEntity, "text/plain", result.Error + "\n").ConfigureAwait(false);
            return;
        }

        context.Response.Headers[ResolvedHeader] = explanation.IsResolved ? "true" : "false";
        await (context.Request.Query["format"] == "text"
            ? WriteAsync(context, StatusCodes.Status200OK, "text/plain", ExplanationText.Write(explanation))
            : WriteAsync(context, StatusCodes.Status200OK, "application/json", ExplanationJson.Write(explanation)))
            .ConfigureAwait(false);
    }

    private static bool TryRead(
        IQueryCollection query, [NotNullWhen(true)] out ExplainRequest? request, [NotNullWhen(false)] out string? error)
    {
        request = null;
        error = null;
        string name = query["name"].ToString(), type = query["type"].ToString(), from = query["from"].ToString();
        var wanted = RecordType.A;
        if (name.Length is 0 or > ExplainLimits.MostTyped || from.Length > ExplainLimits.MostTyped)
        {
            error = "which name? /explain?name=NAME&type=TYPE&from=NAMESPACE";
        }
        else if (type.Length > 0 && !Mnemonic.TryParse(type, out wanted))
        {
            error = "that is no record type";
        }
        else
        {
            request = new ExplainRequest(name, wanted, from.Length == 0 ? null : from) { Search = ReadSearch(query) };
        }

        return error is null;
    }

    private static ClientSearch ReadSearch(IQueryCollection query)
    {
        var elements = query["search"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Take(ExplainLimits.MostSearched)
            .Select(text => DnsName.TryParse(text, out var element) ? element : null)
            .OfType<DnsName>();
        var dots = int.TryParse(query["ndots"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Math.Min(number, MostDots)
            : ClientSearch.None.Dots;
        return new ClientSearch([.. elements], dots);
    }

    private static Task WriteAsync(HttpContext context, int status, string type, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = $"{type}; charset=utf-8";
        context.Response.Headers["Cache-Control"] = "no-store";
        return context.Response.WriteAsync(text);
    }
}
