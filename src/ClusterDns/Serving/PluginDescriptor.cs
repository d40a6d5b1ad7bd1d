using ClusterDns.Corefile;

namespace ClusterDns.Serving;

/// <summary>How a directive becomes plugins: one line of <c>PluginOrder</c>.</summary>
/// <param name="Name">The directive's name.</param>
/// <param name="SetUp">
/// Reads every line of this name in one server block, in the order of the file, and adds what it makes of them to the
/// block. Throws <see cref="CorefileException"/> for a mistake.
/// </param>
/// <param name="OncePerBlock">A second line of this name in a block is a mistake.</param>
internal sealed record PluginDescriptor(
    string Name,
    Action<IReadOnlyList<Directive>, BlockSetup> SetUp,
    bool OncePerBlock = false)
{
    /// <summary>Sets up all lines of a block.</summary>
    /// <exception cref="CorefileException">The first mistake, with the plugin's name in front.</exception>
    public void SetUpLines(IReadOnlyList<Directive> lines, BlockSetup block)
    {
        try
        {
            if (lines.Count > 1 && OncePerBlock)
            {
                throw lines[1].Error("this plugin can only be used once per Server Block");
            }

            SetUp(lines, block);
        }
        catch (CorefileException mistake)
        {
            throw mistake.InPlugin(Name);
        }
    }
}
