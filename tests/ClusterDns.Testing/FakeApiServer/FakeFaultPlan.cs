using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Testing;

/// <summary>Faults that wait for their request.</summary>
internal sealed class FakeFaultPlan
{
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];

    public void Add(FakeFault fault, ResourceKind? kind, FakeCall call, int times)
    {
        lock (_lock)
        {
            _entries.Add(new Entry(fault, kind, call) { Left = times });
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _entries.Clear();
        }
    }

    /// <summary>True once no fault waits.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count == 0;
            }
        }
    }

    /// <summary>The first fault that meets this request, which uses it up once; null if there is none.</summary>
    public FakeFault? Take(FakeRequest request)
    {
        lock (_lock)
        {
            var entry = _entries.Find(candidate => candidate.Meets(request));
            if (entry is not null && --entry.Left == 0)
            {
                _entries.Remove(entry);
            }

            return entry?.Fault;
        }
    }

    private sealed record Entry(FakeFault Fault, ResourceKind? Kind, FakeCall Call)
    {
        public int Left { get; set; }

        public bool Meets(FakeRequest request) =>
            (Kind is null || Kind == request.Kind)
            && Call switch
            {
                FakeCall.List => !request.IsWatch,
                FakeCall.NextPage => !request.IsWatch && !request.IsFirstPage,
                FakeCall.ResumedWatch => request.IsWatch && !request.IsStreamedList,
                FakeCall.Watch => request.IsWatch,
                FakeCall.StreamedList => request.IsStreamedList,
                _ => true,
            };
    }
}
