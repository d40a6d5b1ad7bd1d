using ClusterDns.Faults;
using ClusterDns.Measuring;

if (FaultOptions.TryParse(args) is not { } options)
{
    Console.Error.WriteLine(FaultOptions.Usage);
    return 2;
}

var folder = Directory.CreateTempSubdirectory("clusterdns-faults-");
try
{
    using var proxy = options.Kubeconfig is { } kubeconfig ? new KubectlProxy(kubeconfig) : null;
    Console.WriteLine($"{Machine.Describe()}; load average {Machine.Load()}");
    var session = new FaultSession(options, NativeBinary.Find(options.Binary), folder.FullName);
    var report = session.RunAsync(proxy?.Url ?? options.ApiServer).GetAwaiter().GetResult();
    Console.WriteLine($"load average {Machine.Load()}\n\n{report}");
    return report.Holds ? 0 : 1;
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
