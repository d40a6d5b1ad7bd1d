using ClusterDns.Measuring;
using ClusterDns.Soak;
using ClusterDns.Testing.Soak;

const int MostLogLines = 100;

if (SoakOptions.TryParse(args) is not { } options)
{
    Console.Error.WriteLine(SoakOptions.Usage);
    return 2;
}

var folder = Directory.CreateTempSubdirectory("clusterdns-soak-");
try
{
    Console.WriteLine($"{Machine.Describe()}; load average {Machine.Load()}");
    using var server = new SoakedBinary(NativeBinary.Find(options.Binary), folder.FullName);
    SoakRun? run = null;
    var samples = new SoakSamples(server, sample => Console.WriteLine($"{sample}; {run!.Tally.Asked} asked, {run.Tally.Wrong} wrong, load average {Machine.Load()}"));
    TimeSpan? stop = null;
    run = new SoakRun(server, new SoakPace { Time = options.Time })
    {
        Beside = samples.RunAsync,
        AtEnd = async () => stop = await server.StopAsync(),
    };
    await run.RunAsync();
    var report = new SoakReport(run, samples, stop);
    Console.WriteLine($"load average {Machine.Load()}; {samples.All.Count} samples, {samples.Missed} missed\n\n{report}");
    foreach (var complaint in run.Tally.Complaints)
    {
        Console.WriteLine($"  {complaint}");
    }

    if (!report.Holds)
    {
        var troubles = server.Log.Split('\n').Where(line => !line.StartsWith("[INFO]", StringComparison.Ordinal));
        Console.WriteLine(string.Join('\n', troubles.TakeLast(MostLogLines)));
    }

    return report.Holds ? 0 : 1;
}
catch (Exception failure) when (failure is InvalidOperationException or IOException or TimeoutException)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}
finally
{
    folder.Delete(recursive: true);
}
