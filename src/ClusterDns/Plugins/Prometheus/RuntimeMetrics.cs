using System.Globalization;
using Prometheus;

namespace ClusterDns.Plugins.Prometheus;

/// <summary>What <c>runtime_metrics</c> adds: memory, collections and threads of the .NET runtime, read at each scrape.</summary>
internal sealed class RuntimeMetrics
{
    private readonly Gauge _heap;
    private readonly Counter _allocated;
    private readonly Counter _pauses;
    private readonly Gauge _threads;
    private readonly Gauge _queue;
    private readonly Counter.Child[] _collections;

    public RuntimeMetrics(CollectorRegistry registry)
    {
        var factory = Metrics.WithCustomRegistry(registry);
        _heap = factory.CreateGauge("dotnet_gc_heap_bytes", "Octets that the collector's heap takes, as of now.");
        _allocated = factory.CreateCounter("dotnet_gc_allocated_bytes_total", "Octets allocated since the start.");
        _pauses = factory.CreateCounter("dotnet_gc_pause_seconds_total", "Time that collections held all threads.");
        _threads = factory.CreateGauge("dotnet_threadpool_threads", "Threads of the pool.");
        _queue = factory.CreateGauge("dotnet_threadpool_queue_length", "Work items that wait for a thread of the pool.");
        var collections = factory.CreateCounter("dotnet_gc_collections_total", "Collections.", ["generation"]);
        _collections =
        [
            .. Enumerable.Range(0, GC.MaxGeneration + 1)
                .Select(generation => collections.WithLabels(generation.ToString(CultureInfo.InvariantCulture))),
        ];
        registry.AddBeforeCollectCallback(Read);
    }

    private void Read()
    {
        _heap.Set(GC.GetTotalMemory(forceFullCollection: false));
        _allocated.IncTo(GC.GetTotalAllocatedBytes());
        _pauses.IncTo(GC.GetTotalPauseDuration().TotalSeconds);
        _threads.Set(ThreadPool.ThreadCount);
        _queue.Set(ThreadPool.PendingWorkItemCount);
        for (var generation = 0; generation < _collections.Length; generation++)
        {
            _collections[generation].IncTo(GC.CollectionCount(generation));
        }
    }
}
