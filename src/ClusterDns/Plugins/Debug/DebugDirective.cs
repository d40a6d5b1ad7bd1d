using ClusterDns.Corefile;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Debug;

/// <summary><c>debug</c>: lines of the debug level are logged, for the whole process, while this configuration runs.</summary>
internal static class DebugDirective
{
    public static PluginDescriptor Descriptor { get; } = new("debug", SetUp);

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        foreach (var directive in directives)
        {
            directive.ExpectArguments(0, 0);
            directive.ExpectNoBlock();
        }

        var debug = block.Services.Debug;
        var isHeld = false;
        block.LogStackTraces = true;
        block.Configuration.OnStart(_ =>
        {
            debug.Hold();
            isHeld = true;
            return Task.CompletedTask;
        });
        block.Configuration.OnStop(_ =>
        {
            // A configuration that failed to start is stopped too.
            if (isHeld)
            {
                debug.Release();
                isHeld = false;
            }

            return Task.CompletedTask;
        });
    }
}
