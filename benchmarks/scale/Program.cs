using ClusterDns.Measuring;
using ClusterDns.Scale;

if (args is [ApiServerCommand.Name, .. var rest])
{
    ApiServerCommand.RunAsync(rest).GetAwaiter().GetResult();
    return 0;
}

if (ScaleOptions.TryParse(args) is not { } options)
{
    Console.Error.WriteLine(ScaleOptions.Usage);
    return 2;
}

// Synchronous throughout: processes die with the thread that started them.
var folder = Directory.CreateTempSubdirectory("clusterdns-scale");
try
{
    var binary = NativeBinary.Find(options.Binary);
    var head = $"""
        {Machine.Describe()}. The Native AOT binary on core 0; on core 1, each in its own process, the API server that it reads the cluster from,
        the client, and dnsperf while changes are measured. Load average at the start: {Machine.Load()}.
        """;
    var results = ClusterSize.All.Where(size => size.HasChanges || !options.IsQuick)
        .Select(size => new ScaleRun(size, binary, folder.FullName, options.IsQuick).Run())
        .ToList();
    var report = new ScaleReport(results, head);
    var target = options.Out ?? Path.Combine(NativeBinary.Repository(), options.IsQuick ? "artifacts/scale" : "benchmarks/results");
    report.Write(target);
    Console.WriteLine($"{report.Aims()}\nwritten to {target}");
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
