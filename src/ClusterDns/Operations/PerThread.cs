namespace ClusterDns.Operations;

/// <summary>
/// One object for each thread, found by the thread's managed id. The runtime gives an id to a new thread only after the
/// old one has ended and was collected, so an object has one user at a time and needs no interlocked instructions, and
/// objects are used again instead of growing in number. What a thread counted stays when the thread is gone.
/// </summary>
/// <remarks>
/// <see cref="ThreadLocal{T}"/> that tracks its values keeps one for every thread that ever ran, and the pool ends and
/// starts threads for as long as the process lives.
/// </remarks>
internal sealed class PerThread<T>(Func<T> create)
    where T : class
{
    private readonly Lock _growing = new();
    private T?[] _objects = new T?[64];

    /// <summary>The calling thread's object. Not to be kept over an await.</summary>
    public T Value
    {
        get
        {
            var objects = Volatile.Read(ref _objects);
            var id = Environment.CurrentManagedThreadId;
            return (uint)id < (uint)objects.Length && objects[id] is { } mine ? mine : Create(id);
        }
    }

    /// <summary>Everybody's objects, for reading; their owners go on writing meanwhile.</summary>
    public IEnumerable<T> All => Volatile.Read(ref _objects).OfType<T>();

    private T Create(int id)
    {
        var created = create();
        lock (_growing)
        {
            var objects = _objects;
            if (id >= objects.Length)
            {
                Array.Resize(ref objects, Math.Max(id + 1, objects.Length * 2));
            }

            Volatile.Write(ref objects[id], created);
            Volatile.Write(ref _objects, objects);
        }

        return created;
    }
}
