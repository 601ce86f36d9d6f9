package dev.trapgate.entry;

import dev.trapgate.abi.Abi;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * One open gate into a kernel.
 *
 * <p>All gates answer in the kernel's own form, so any two can be compared as one {@code long}. An entry may be used by
 * any number of threads at once, platform or virtual.
 *
 * <p>Addresses are taken on trust, as the kernel takes them: a call that is told to write to memory which the JVM
 * itself uses will do so. An address that is not mapped answers {@code −EFAULT}.
 */
public interface SyscallEntry extends AutoCloseable {

    /** {@return which way in this is} */
    Gate gate();

    /** {@return whose numbers, registers and structure layouts {@link #enter} speaks} */
    default Abi abi() {
        return gate().abi();
    }

    /** {@return how the JVM lets the calling thread out} */
    Linkage linkage();

    /**
     * Says why this entry cannot make a call.
     *
     * <p>An entry that can make every call answers empty to every number, those that no kernel knows included: there
     * the kernel itself answers {@code −ENOSYS}.
     *
     * @param number the call's number in {@link #abi()}
     * @return the reason, as a sentence for a person; empty if {@link #enter} makes the call
     */
    Optional<String> refusal(int number);

    /**
     * Tells which gate a call really goes through, so that it is known before the call and after.
     *
     * @param number the call's number in {@link #abi()}
     * @return {@link #gate()}, or the gate to which this entry hands the call because it has no way of its own for it
     */
    default Gate through(int number) {
        return gate();
    }

    /**
     * Makes a system call.
     *
     * <p>Unused arguments are ignored. A 32-bit argument may be given sign- or zero-extended. Nothing is allocated, and
     * no call is ever retried.
     *
     * @param number the call's number in {@link #abi()}
     * @param a1 first argument
     * @param a2 second argument
     * @param a3 third argument
     * @param a4 fourth argument
     * @param a5 fifth argument
     * @param a6 sixth argument
     * @return what the kernel left in rax, or in eax sign-extended: −4095 to −1 is an error number negated, anything
     *     else the call's value; a negative value below −4095 is not an error
     * @throws UnsupportedOperationException if {@link #refusal} has a reason not to make the call
     * @throws ThreadEndedException by an emulated gate, if the emulated thread ended in the call
     * @see <a href="https://man7.org/linux/man-pages/man2/syscall.2.html">syscall(2)</a>
     */
    long enter(int number, long a1, long a2, long a3, long a4, long a5, long a6);

    /**
     * Makes calls that lie in memory as {@link SyscallBatch} lays them out, one after the other; {@link SyscallBatch#enter}
     * is the convenient form.
     *
     * <p>The {@code SYSCALL} gate makes them in one crossing, by a loop of machine code; an emulated gate's calls never
     * leave Java. Every other entry, critical ones too, crosses once for each call.
     *
     * @param calls native memory of at least {@code count} times {@value SyscallBatch#CALL_SIZE} bytes, aligned to 8; the
     *     results are written into it
     * @param count how many calls, 1 or more
     * @param onError what to do when a call answers an error
     * @return how many calls were made, the failed one that stopped the rest included
     * @throws UnsupportedOperationException if {@link #refusal} has a reason not to make one of the calls; those before it
     *     have been made
     * @throws IndexOutOfBoundsException if the memory is too small
     */
    default int enterAll(MemorySegment calls, int count, SyscallBatch.OnError onError) {
        return SyscallBatch.enterEach(this, calls, count, onError);
    }

    /**
     * The same gate by {@linkplain Linkage#CRITICAL critical} linkage, which makes prompt calls only: those that the
     * table marks as never sleeping. It refuses every other call. Reading a clock whose id is negative, which may be a
     * device's and sleep, goes by ordinary linkage.
     *
     * @return an entry whose {@link #linkage()} is {@code CRITICAL}
     * @throws UnsupportedOperationException if this gate has no such linkage
     */
    SyscallEntry critical();

    /** {@return where memory that this gate's kernel can address comes from} */
    UserMemory memory();

    /** {@return the entry that makes the calls where this one only watches them, this one elsewhere} */
    default SyscallEntry unwrapped() {
        return this;
    }

    /** Gives back what only this entry holds; gates that hold nothing, as most, do nothing. */
    @Override
    void close();
}
