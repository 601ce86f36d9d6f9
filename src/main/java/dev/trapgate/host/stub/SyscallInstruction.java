package dev.trapgate.host.stub;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.Linkage;
import dev.trapgate.entry.SyscallBatch;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.host.DynamicClock;
import dev.trapgate.host.NativeEntry;
import dev.trapgate.host.memory.ArenaMemory;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The {@code SYSCALL} gate: the bare instruction. The kernel's answer in rax is the function's result, so there is no
 * errno to save.
 *
 * <p>One stub of seven longs serves every call. The number comes last: the first six arguments then stand, but for one,
 * in the registers in which the kernel wants them.
 */
public final class SyscallInstruction extends NativeEntry {

    private static final MachineCode CODE = MachineCode.of(
            "48 8b 44 24 08", // mov rax, [rsp + 8]   seventh argument: the number
            "49 89 ca", //       mov r10, rcx         fourth argument: SYSCALL overwrites rcx
            "0f 05"); //         syscall

    private static final ReturnEndingChoice CHOICE = ReturnEndingChoice.make(CODE);
    private static final MethodHandle STUB = SevenLongs.link(CHOICE.stub());

    /** The gate by ordinary linkage. It holds nothing, so one is enough. */
    public static final SyscallInstruction ENTRY = new SyscallInstruction();

    private SyscallInstruction() {
        super(Gate.SYSCALL, Linkage.ORDINARY, ArenaMemory.INSTANCE);
    }

    /** {@return how the stub goes back to its caller on this host} */
    public static ReturnEnding ending() {
        return CHOICE.ending();
    }

    /** {@return what decided the ending, for a person} */
    public static String whyThatEnding() {
        return CHOICE.why();
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
    public int enterAll(MemorySegment calls, int count, SyscallBatch.OnError onError) {
        return SyscallLoop.enterAll(calls, count, onError);
    }

    @Override
    public SyscallEntry critical() {
        return Critical.ENTRY;
    }

    /** The gate by critical linkage. */
    private static final class Critical extends NativeEntry {

        private static final MethodHandle STUB = SevenLongs.link(CHOICE.stub(), Linker.Option.critical(false));
        private static final Critical ENTRY = new Critical();

        Critical() {
            super(Gate.SYSCALL, Linkage.CRITICAL, ArenaMemory.INSTANCE);
        }

        @Override
        public long enter(int number, long a1, long a2, long a3, long a4, long a5, long a6) {
            if (!Syscall.isPrompt(Abi.X86_64, number)) {
                throw refused(number);
            }
            if (DynamicClock.isReadBy(Abi.X86_64, number, a1)) {
                return SyscallInstruction.ENTRY.enter(number, a1, a2, a3, a4, a5, a6);
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
