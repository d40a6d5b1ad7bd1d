using System.Runtime.InteropServices;

namespace ClusterDns.Transport.Native;

/// <summary>sock_filter of linux/filter.h: one instruction of a <see cref="SocketFilter"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct FilterInstruction(ushort code, byte ifTrue, byte ifFalse, uint operand)
{
    public readonly ushort Code = code;

    /// <summary>Instructions that a jump passes over.</summary>
    public readonly byte IfTrue = ifTrue;
    public readonly byte IfFalse = ifFalse;
    public readonly uint Operand = operand;
}
