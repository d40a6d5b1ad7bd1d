using System.Diagnostics;
using ClusterDns.Measuring;
using ClusterDns.Overload;

if (args is [FloodCommand.Name, .. var rest])
{
    FloodCommand.Run(rest);
    return 0;
}

if (OverloadOptions.TryParse(args) is not { } options)
{
    Console.Error.WriteLine(OverloadOptions.Usage);
    return 2;
}

// Synchronous throughout: processes die with the thread that started them.
var folder = Directory.CreateTempSubdirectory("clusterdns-overload");
try
{
    var binary = NativeBinary.Find(options.Binary);
    PinSelf();
    var result = new OverloadRun(binary, folder.FullName, options).Run();
    var text = $"""
        # Overload

        {Machine.Describe()}. The Native AOT binary on core 0 with kubeadm's Corefile and an upstream that never answers; on core 1 a client that asks {OrdinaryClient.QueriesPerSecond}
        cluster names a second, and behind it (nice 5) a flood of forwarded names for {options.Seconds} s. Load average at the end: {Machine.Load()}.

        {result.Aims()}
        {result.Details()}
        """;
    Console.WriteLine(text);
    if (options.Out is { } path)
    {
        File.WriteAllText(path, text);
    }

    return 0;
}
catch (Exception failure) when (failure is InvalidOperationException or IOException or HttpRequestException)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}
finally
{
    folder.Delete(recursive: true);
}

// The client is this process: on the core that the server is not on.
static void PinSelf()
{
    const nint SecondCore = 0b10;
    using var self = Process.GetCurrentProcess();
    if (OperatingSystem.IsLinux())
    {
        self.ProcessorAffinity = SecondCore;
    }
}
