package dev.trapgate.host.stub;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.Linkage;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.host.DynamicClock;
import dev.trapgate.host.NativeEntry;
import dev.trapgate.host.memory.RegionMemory;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The {@code INT80} gate: the 32-bit table from a 64-bit process. The kernel sees the low half of every argument.
 *
 * <p>Kernels before 4.17 zero r8 to r11, so the stub treats them as spent, which the calling convention allows it.
 *
 * @see <a href="https://github.com/torvalds/linux/blob/v6.12/arch/x86/entry/entry_64_compat.S">entry_64_compat.S</a>
 */
public final class Int80Instruction extends NativeEntry {

    private static final MachineCode CODE = MachineCode.of(
            "53", //             push rbx
            "55", //             push rbp
            "8b 44 24 18", //    mov eax, [rsp + 24]  seventh argument: the number
            "89 fb", //          mov ebx, edi         first
            "41 89 cb", //       mov r11d, ecx        fourth, out of the second's way
            "89 f1", //          mov ecx, esi         second; the third stands in edx already
            "44 89 de", //       mov esi, r11d        fourth
            "44 89 c7", //       mov edi, r8d         fifth
            "44 89 cd", //       mov ebp, r9d         sixth
            "cd 80", //          int 0x80
            "48 98", //          cdqe                 the kernel's answer is 32 bits wide
            "5d", //             pop rbp
            "5b", //             pop rbx
            "c3"); //            ret

    private static final MemorySegment CODE_ADDRESS = ExecutableMemory.map(CODE);
    private static final MethodHandle STUB = SevenLongs.link(CODE_ADDRESS);

    /** The gate by ordinary linkage. It holds nothing, so one is enough. */
    public static final Int80Instruction ENTRY = new Int80Instruction();

    private Int80Instruction() {
        super(Gate.INT80, Linkage.ORDINARY, RegionMemory.below4GiB());
    }

    @Override
    public long enter(int number, long a1, long a2, long a3, long a4, long a5, long a6) {
        try {
            return (long) STUB.invokeExact(a1, a2, a3, a4, a5, a6, (long) number);
        } catch (Throwable impossible) {
            throw new AssertionError("a downcall throws nothing", impossible);
        }
    }

    @Override
    public SyscallEntry critical() {
        return Critical.ENTRY;
    }

    /** The gate by critical linkage. */
    private static final class Critical extends NativeEntry {

        private static final MethodHandle STUB = SevenLongs.link(CODE_ADDRESS, Linker.Option.critical(false));
        private static final Critical ENTRY = new Critical();

        Critical() {
            super(Gate.INT80, Linkage.CRITICAL, Int80Instruction.ENTRY.memory());
        }

        @Override
        public long enter(int number, long a1, long a2, long a3, long a4, long a5, long a6) {
            if (!Syscall.isPrompt(Abi.I386, number)) {
                throw refused(number);
            }
            if (DynamicClock.isReadBy(Abi.I386, number, a1)) {
                return Int80Instruction.ENTRY.enter(number, a1, a2, a3, a4, a5, a6);
            }
            try {
                return (long) STUB.invokeExact(a1, a2, a3, a4, a5, a6, (long) number);
            } catch (Throwable impossible) {
                throw new AssertionError("a downcall throws nothing", impossible);
            }
        }

        @Override
        public SyscallEntry critical() {
            return this;
        }
    }
}
