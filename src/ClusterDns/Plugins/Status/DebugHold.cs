using ClusterDns.Operations;

namespace ClusterDns.Plugins.Status;

/// <summary>The operator's say in whether debug lines are logged; the Corefile's <c>debug</c> is another, and either is enough.</summary>
internal sealed class DebugHold(DebugSwitch debug)
{
    private int _isHeld;

    public void Set(bool isOn)
    {
        var wasHeld = Interlocked.Exchange(ref _isHeld, isOn ? 1 : 0) != 0;
        if (isOn && !wasHeld)
        {
            debug.Hold();
        }
        else if (!isOn && wasHeld)
        {
            debug.Release();
        }
    }
}
