package dev.trapgate.kernel;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.Linkage;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import java.lang.foreign.MemorySegment;

/**
 * The kernel behind a gate, as typed calls use it: turns error answers into exceptions, and lends memory for arguments.
 *
 * <p>For those who write typed calls of their own; programs begin at {@code dev.trapgate.Linux}. Keep it in a
 * {@code static final} field, directly or inside other records: the JIT compiler then sees through to the gate.
 *
 * @param entry the gate, by ordinary linkage
 * @param prompt the same gate by critical linkage, for calls that never sleep; {@code entry} again where it has none
 * @param abi whose numbers and layouts it speaks
 * @param reach which of Java's memory the kernel can use where it is; other memory is copied
 * @param scratches memory for arguments
 * @param stackTraces whether exceptions record where they were thrown
 */
public record Kernel(
        SyscallEntry entry, SyscallEntry prompt, Abi abi, Reach reach, Scratches scratches, StackTraces stackTraces) {

    private static final long LOW_HALF = 0xffff_ffffL;

    /**
     * The kernel behind a gate.
     *
     * @param entry the gate, by ordinary linkage, which must stay open
     * @return the kernel, whose exceptions have stack traces
     * @throws IllegalArgumentException if the entry is by critical linkage, which cannot make calls that may sleep
     */
    public static Kernel behind(SyscallEntry entry) {
        if (entry.linkage() == Linkage.CRITICAL) {
            throw new IllegalArgumentException(entry.gate()
                    + " by critical linkage refuses calls that may sleep; give the entry by ordinary linkage");
        }
        return new Kernel(
                entry,
                promptOf(entry),
                entry.abi(),
                Reach.of(entry.gate()),
                new Scratches(entry.memory()),
                StackTraces.RECORDED);
    }

    private static SyscallEntry promptOf(SyscallEntry entry) {
        try {
            return entry.critical();
        } catch (UnsupportedOperationException one) {
            return entry;
        }
    }

    /** {@return the same kernel, whose exceptions do so with stack traces} */
    public Kernel with(StackTraces choice) {
        return new Kernel(entry, prompt, abi, reach, scratches, choice);
    }

    /** {@return the gate's way in} */
    public Gate gate() {
        return entry.gate();
    }

    /** {@return where memory that this kernel can address comes from} */
    public UserMemory memory() {
        return entry.memory();
    }

    /** {@return the thread's scratch memory, to be closed after the call} */
    public Scratch scratch() {
        return scratches.borrow();
    }

    /**
     * Makes a call, by critical linkage if it is prompt.
     *
     * @param call the call
     * @param a1 first argument
     * @param a2 second argument
     * @param a3 third argument
     * @param a4 fourth argument
     * @param a5 fifth argument
     * @param a6 sixth argument
     * @return the kernel's raw answer, −errno for an error
     */
    public long enter(Call call, long a1, long a2, long a3, long a4, long a5, long a6) {
        return (call.isPrompt() ? prompt : entry).enter(call.number(abi), a1, a2, a3, a4, a5, a6);
    }

    /**
     * Makes a call.
     *
     * @param call the call
     * @param a1 first argument
     * @param a2 second argument
     * @param a3 third argument
     * @param a4 fourth argument
     * @param a5 fifth argument
     * @param a6 sixth argument
     * @return its value
     * @throws SyscallException if the kernel answers an error
     */
    public long call(Call call, long a1, long a2, long a3, long a4, long a5, long a6) {
        long answer = enter(call, a1, a2, a3, a4, a5, a6);
        if (Errno.isError(answer)) {
            throw failure(call, answer, a1, a2, a3, a4, a5, a6);
        }
        return answer;
    }

    /** {@return the value of a call without arguments; errors are thrown} */
    public long call(Call call) {
        return call(call, 0, 0, 0, 0, 0, 0);
    }

    /** {@return the value of a call with one argument; errors are thrown} */
    public long call(Call call, long a1) {
        return call(call, a1, 0, 0, 0, 0, 0);
    }

    /** {@return the value of a call with two arguments; errors are thrown} */
    public long call(Call call, long a1, long a2) {
        return call(call, a1, a2, 0, 0, 0, 0);
    }

    /** {@return the value of a call with three arguments; errors are thrown} */
    public long call(Call call, long a1, long a2, long a3) {
        return call(call, a1, a2, a3, 0, 0, 0);
    }

    /** {@return the value of a call with four arguments; errors are thrown} */
    public long call(Call call, long a1, long a2, long a3, long a4) {
        return call(call, a1, a2, a3, a4, 0, 0);
    }

    /** {@return the value of a call with five arguments; errors are thrown} */
    public long call(Call call, long a1, long a2, long a3, long a4, long a5) {
        return call(call, a1, a2, a3, a4, a5, 0);
    }

    /**
     * Makes a call whose first argument is a descriptor, which cannot be closed meanwhile.
     *
     * @param call the call
     * @param descriptor its first argument
     * @param a2 second argument
     * @param a3 third argument
     * @param a4 fourth argument
     * @return its value
     * @throws SyscallException if the kernel answers an error
     * @throws IllegalStateException if the descriptor is closed
     */
    public long callOn(Call call, FileDescriptor descriptor, long a2, long a3, long a4) {
        int number = descriptor.hold(this);
        try {
            return call(call, number, a2, a3, a4, 0, 0);
        } finally {
            descriptor.letGo();
        }
    }

    /** {@return the descriptor that a call answers, owned; errors are thrown} */
    public FileDescriptor open(Call call, long a1, long a2, long a3) {
        return FileDescriptor.own(this, (int) call(call, a1, a2, a3));
    }

    /**
     * {@return the exception for an error answer} Strings among the arguments are read while the scratch memory that holds
     * them is still lent.
     *
     * @param call the call
     * @param answer −errno
     * @param arguments its arguments
     */
    public SyscallException failure(Call call, long answer, long... arguments) {
        return failure(call.in(abi), answer, arguments);
    }

    /**
     * {@return the exception for an error answer}
     *
     * @param call the call in this kernel's ABI
     * @param answer −errno
     * @param arguments its six arguments
     */
    public SyscallException failure(Syscall call, long answer, long... arguments) {
        return SyscallException.of(this, call, (int) -answer, arguments);
    }

    /**
     * {@return whether the kernel can use memory where it is, without a copy}
     *
     * @param segment the memory
     * @throws IllegalStateException if its arena is closed
     * @throws WrongThreadException if it is confined to another thread
     */
    public boolean reaches(MemorySegment segment) {
        requireUsable(segment);
        return reach.includes(segment);
    }

    private static void requireUsable(MemorySegment segment) {
        if (!segment.scope().isAlive()) {
            throw new IllegalStateException("the arena of this memory is closed: " + segment);
        }
        if (!segment.isAccessibleBy(Thread.currentThread())) {
            throw new WrongThreadException("this memory is confined to the thread that opened its arena: " + segment);
        }
    }

    /**
     * {@return the address of memory that came from {@link #memory()}}
     *
     * @param buffer the memory
     * @param byteSize how much of it the call may use
     * @throws IllegalStateException if its scope is closed
     * @throws IllegalArgumentException if it is smaller, or is a copy on the heap, which no kernel can address
     */
    public long address(UserBuffer buffer, long byteSize) {
        MemorySegment segment = buffer.segment();
        requireUsable(segment);
        if (buffer.address() == 0 || segment.byteSize() < byteSize) {
            throw new IllegalArgumentException(buffer + " cannot be filled by the kernel: it takes " + byteSize
                    + " bytes allocated from this Linux's memory()");
        }
        return buffer.address();
    }

    /** {@return the first part of a 64-bit offset: the low half where the ABI passes halves, all of it elsewhere} */
    public long low(long offset) {
        return abi == Abi.I386 ? offset & LOW_HALF : offset;
    }

    /** {@return the high half of a 64-bit offset where the ABI passes halves, 0 elsewhere} */
    public long high(long offset) {
        return abi == Abi.I386 ? offset >>> Integer.SIZE : 0;
    }
}
