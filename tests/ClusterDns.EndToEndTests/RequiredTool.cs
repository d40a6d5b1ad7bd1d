using NUnit.Framework;

namespace ClusterDns.EndToEndTests;

/// <summary>Programs that only some machines have. A test without its tool is skipped and says why; CI has every tool.</summary>
internal static class RequiredTool
{
    public static void Check(string program)
    {
        if (!IsHere(program))
        {
            Assert.Ignore($"this machine has no {program}");
        }
    }

    public static bool IsHere(string program)
    {
        var folders = Environment.GetEnvironmentVariable("PATH")?.Split(':') ?? [];
        return folders.Any(folder => File.Exists(Path.Combine(folder, program)));
    }
}
