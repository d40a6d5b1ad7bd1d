namespace ClusterDns.Operations;

/// <summary>
/// Whether debug lines are logged, for the whole process: on while any running configuration has the <c>debug</c>
/// directive. Configurations overlap during a reload, so holders are counted.
/// </summary>
internal sealed class DebugSwitch
{
    private int _holders;

    public bool IsOn => Volatile.Read(ref _holders) > 0;

    public void Hold() => Interlocked.Increment(ref _holders);

    public void Release() => Interlocked.Decrement(ref _holders);
}
