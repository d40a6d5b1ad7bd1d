using Microsoft.AspNetCore.Http;

namespace ClusterDns.Plugins.Status.Pages;

/// <summary>A file of the page; all of them are part of the program.</summary>
internal static class AssetPage
{
    /// <param name="name">The file, in the folder <c>Web</c>.</param>
    public static RequestDelegate Of(string name)
    {
        var octets = Read(name);
        var type = TypeOf(Path.GetExtension(name));
        return async context =>
        {
            context.Response.ContentType = type;
            context.Response.ContentLength = octets.Length;
            if (!HttpMethods.IsHead(context.Request.Method))
            {
                using var writer = new TimedWriter(context);
                await writer.TryWriteAsync(octets).ConfigureAwait(false);
            }
        };
    }

    private static byte[] Read(string name)
    {
        using var resource = typeof(AssetPage).Assembly.GetManifestResourceStream($"ClusterDns.Plugins.Status.Web.{name}")
            ?? throw new InvalidOperationException($"the program was built without {name}");
        var octets = new byte[resource.Length];
        resource.ReadExactly(octets);
        return octets;
    }

    private static string TypeOf(string extension) => extension switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        _ => "image/svg+xml",
    };
}
