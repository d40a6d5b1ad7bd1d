using System.Diagnostics;
using ClusterDns.Testing;

namespace ClusterDns.EndToEndTests.Resolvers;

/// <summary>The programs of <c>Programs/</c> in a folder of their own, those in need of a compiler compiled.</summary>
internal sealed class ResolverPrograms : IDisposable
{
    private static readonly IReadOnlyList<(string Tool, string[] Command)> Compilers =
    [
        ("musl-gcc", ["musl-gcc", "-static", "-D_GNU_SOURCE", "-O1", "-Wall", "-Wextra", "-Werror", "-o", "lookup-musl", "lookup.c"]),
        ("go", ["env", "CGO_ENABLED=0", "GO111MODULE=off", "go", "build", "-o", "lookup-go", "lookup.go"]),

        // Debian's Java without javac has the compiler's module all the same.
        ("java", ["java", "-XX:+UseSerialGC", "-m", "jdk.compiler/com.sun.tools.javac.Main", "-d", ".", "Lookup.java"]),
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("clusterdns-resolvers");

    public ResolverPrograms()
    {
        foreach (var source in Directory.EnumerateFiles(RepositoryFiles.PathOf("tests/ClusterDns.EndToEndTests/Resolvers/Programs")))
        {
            File.Copy(source, Path.Combine(Folder, Path.GetFileName(source)));
        }

        foreach (var (_, command) in Compilers.Where(compiler => RequiredTool.IsHere(compiler.Tool)))
        {
            Run(command);
        }
    }

    public string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    private void Run(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { WorkingDirectory = Folder, RedirectStandardError = true };

        // Go keeps what it has compiled, and does not start without a place for it.
        start.Environment.TryAdd("GOCACHE", Path.Combine(Folder, "go"));
        using var compiler = Process.Start(start)!;
        var errors = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        if (compiler.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)}: {errors}");
        }
    }
}
