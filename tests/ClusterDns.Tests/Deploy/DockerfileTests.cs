using System.Text.RegularExpressions;
using ClusterDns.Testing;
using NUnit.Framework;

namespace ClusterDns.Tests.Deploy;

/// <summary>What can be seen of the Dockerfile without an engine that builds it.</summary>
[TestFixture]
internal sealed partial class DockerfileTests
{
    /// <summary>Each instruction on one line, its continuations joined, without comments.</summary>
    private static readonly string[] Instructions = Read();

    private static readonly int FinalStage = Array.FindLastIndex(Instructions, line => line.StartsWith("FROM ", StringComparison.Ordinal));

    [Test]
    public void Stages_Read_AreTheSdkOfTheBuilderAndTheBaseOfTheTarget()
    {
        Assert.That(
            Instructions.Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)),
            Is.EqualTo([
                "FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:${DOTNET_VERSION}-noble AS build",
                "FROM mcr.microsoft.com/dotnet/runtime-deps:${DOTNET_VERSION}-noble-chiseled",
            ]));
        Assert.That(RepositoryFiles.Read("Directory.Build.props"), Does.Contain($"<TargetFramework>net{DotnetVersion()}</TargetFramework>"));
    }

    [Test]
    public void Binary_Copied_IsTheEntryPointThatThePodStarts()
    {
        Assert.That(Instructions[(FinalStage + 1)..], Is.EqualTo([
            "COPY --from=build /out/ClusterDns /coredns",
            "ENV DOTNET_EnableDiagnostics=0",
            "USER 65532:65532",
            "WORKDIR /",
            "EXPOSE 53 53/udp",
            "ENTRYPOINT [\"/coredns\"]",
        ]));
    }

    [Test]
    public void User_Compared_IsThePods()
    {
        var pod = DeployFolder.Object("base/deployment.yaml", "Deployment");
        var user = $"{pod.Text("spec.template.spec.securityContext.runAsUser")}:{pod.Text("spec.template.spec.securityContext.runAsGroup")}";

        Assert.That(Instructions, Does.Contain($"USER {user}"));
    }

    [Test]
    public void Capability_Compared_IsTheOneThatThePodAdds()
    {
        var added = DeployFolder.Object("base/deployment.yaml", "Deployment")
            .Texts("spec.template.spec.containers[0].securityContext.capabilities.add").Single();

        Assert.That(Instructions, Has.One.EndsWith($"setcap cap_{added.ToLowerInvariant()}=+ep /out/ClusterDns"));
    }

    [Test]
    public void Sources_Copied_AreInTheRepositoryAndNotIgnored()
    {
        var ignore = RepositoryFiles.Read(".dockerignore").Split('\n');
        var sources = Instructions.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from"))
            .SelectMany(line => line.Split(' ')[1..^1]).ToArray();

        Assert.That(sources, Is.Not.Empty);
        foreach (var source in sources)
        {
            Assert.That(Path.Exists(RepositoryFiles.PathOf(source)), source);
            Assert.That(ignore, Does.Contain($"!{source}"));
        }

        Assert.That(ignore, Does.Contain("*").And.Contain("**/bin/").And.Contain("**/obj/"));
    }

    [Test]
    public void Architectures_Offered_HaveARuntimeIdentifierAndACompiler()
    {
        var offered = Platforms().Match(RepositoryFiles.Read("Dockerfile")).Groups[1].Value.Split(',')
            .Select(platform => platform.Replace("linux/", "", StringComparison.Ordinal)).ToArray();
        var publish = Instructions.Single(line => line.Contains("dotnet publish", StringComparison.Ordinal));
        var install = Instructions.Single(line => line.Contains("apt-get install", StringComparison.Ordinal));

        Assert.That(offered, Is.EqualTo(["amd64", "arm64"]));
        Assert.That(
            RuntimeIdentifiers().Matches(publish).Select(match => $"{match.Groups[1]} {match.Groups[2]}"),
            Is.EqualTo(["amd64 linux-x64", "arm64 linux-arm64"]));
        foreach (var architecture in offered)
        {
            Assert.That(install, Does.Contain($"{architecture}) cross=").And.Contain($"libc6-dev-{architecture}-cross"));
        }
    }

    /// <summary>BuildKit sets these; a default in the Dockerfile would hide what it sets.</summary>
    [TestCase("BUILDARCH")]
    [TestCase("TARGETARCH")]
    public void PlatformArgument_Declared_HasNoDefault(string argument)
    {
        Assert.That(Instructions, Has.One.EqualTo($"ARG {argument}"));
    }

    private static string DotnetVersion() => Instructions[0]["ARG DOTNET_VERSION=".Length..];

    private static string[] Read()
    {
        var lines = RepositoryFiles.Read("Dockerfile").Split('\n').Where(line => !line.TrimStart().StartsWith('#'));
        var joined = string.Join('\n', lines).Replace("\\\n", " ", StringComparison.Ordinal);
        return [.. joined.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Blanks().Replace(line, " "))];
    }

    [GeneratedRegex(@" +")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"--platform (\S+) -t")]
    private static partial Regex Platforms();

    [GeneratedRegex(@"(\w+)\) rid=(\S+) ;;")]
    private static partial Regex RuntimeIdentifiers();
}
