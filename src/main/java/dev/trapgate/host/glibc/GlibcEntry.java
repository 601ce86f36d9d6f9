package dev.trapgate.host.glibc;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.Linkage;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.host.NativeEntry;
import dev.trapgate.host.libc.CapturedErrno;
import dev.trapgate.host.memory.RegionMemory;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The {@code GLIBC} gate: glibc's wrapper functions, −1 and errno turned into the kernel's −errno.
 *
 * <p>A wrapper may do more than its call, or answer something else: {@code getcwd} answers the buffer's address,
 * {@code brk} answers 0, {@code setuid} and its family act on every thread of the process. Calls without a wrapper are
 * refused. Six wrappers, {@code clock_gettime}, {@code clock_getres}, {@code gettimeofday},
 * {@code time}, {@code getcpu} and, since glibc 2.41, {@code getrandom}, go to the vDSO, which writes through pointers
 * unchecked, and {@code times} touches its buffer to tell an error from a value: with an address that does not come from
 * {@link #memory()} these make the system call by {@code syscall(2)} instead, so that a bad address answers
 * {@code −EFAULT} and does not end the JVM.
 *
 * <p>Compiled code allocates nothing where the entry and the number are constants. Where the JIT compiler does not know which
 * function is called, the linker's own check of the segment that receives errno may cost 40 bytes a call (JDK 25).
 */
public final class GlibcEntry extends NativeEntry {

    // Numbers of arch/x86/entry/syscalls/syscall_64.tbl.
    private static final int GETTIMEOFDAY = 96;
    private static final int TIMES = 100;
    private static final int TIME = 201;
    private static final int CLOCK_GETTIME = 228;
    private static final int CLOCK_GETRES = 229;
    private static final int GETCPU = 309;
    private static final int GETRANDOM = 318;

    /** The most that one of those but getrandom writes through one pointer: struct tms, in bytes. */
    private static final long LARGEST_WRITTEN = 32;

    /** The most random bytes that are left to the wrapper, 1 MiB: what {@link RegionMemory#contains} can tell. */
    private static final long MOST_RANDOM = 1 << 20;

    /**
     * One handle a number, each linking its function when it is first called. The list is immutable, so that the JIT
     * compilers see a constant handle wherever the number is one.
     */
    private static final List<MethodHandle> WRAPPERS = WrapperCallSite.all();

    private static final RegionMemory MEMORY = RegionMemory.anywhere();

    /** The gate by ordinary linkage. It holds nothing, so one is enough. */
    public static final GlibcEntry ENTRY = new GlibcEntry();

    private GlibcEntry() {
        super(Gate.GLIBC, Linkage.ORDINARY, MEMORY);
    }

    @Override
    public Optional<String> refusal(int number) {
        Optional<Syscall> call = Syscall.numbered(Abi.X86_64, number);
        if (call.isEmpty()) {
            return Optional.of("glibc has no function for call number " + number);
        }
        return call.filter(known -> GlibcWrappers.find(known).isEmpty()).map(GlibcWrappers::whyNone);
    }

    @Override
    public long enter(int number, long a1, long a2, long a3, long a4, long a5, long a6) {
        if (number < 0 || number >= WRAPPERS.size()) {
            throw refused(number);
        }
        if (writesUnchecked(number, a1, a2)) {
            return LibcSyscall.ENTRY.enter(number, a1, a2, a3, a4, a5, a6);
        }
        try {
            return (long) WRAPPERS.get(number).invokeExact(CapturedErrno.state(), a1, a2, a3, a4, a5, a6);
        } catch (UnsupportedOperationException refused) {
            throw refused;
        } catch (Throwable impossible) {
            throw new AssertionError("a downcall throws nothing", impossible);
        }
    }

    private static boolean writesUnchecked(int number, long a1, long a2) {
        return switch (number) {
            case CLOCK_GETTIME -> !MEMORY.contains(a2, LARGEST_WRITTEN);
            case CLOCK_GETRES -> isForeign(a2);
            case TIME, TIMES -> isForeign(a1);
            case GETTIMEOFDAY, GETCPU -> isForeign(a1) || isForeign(a2);
            case GETRANDOM -> Long.compareUnsigned(a2, MOST_RANDOM) > 0 || !MEMORY.contains(a1, a2);
            default -> false;
        };
    }

    private static boolean isForeign(long address) {
        return address != 0 && !MEMORY.contains(address, LARGEST_WRITTEN);
    }

    /** {@return how many system calls have a wrapper here} */
    public static long wrapperCount() {
        return Arrays.stream(Syscall.values())
                .filter(call ->
                        call.existsOn(Abi.X86_64) && GlibcWrappers.find(call).isPresent())
                .count();
    }

    @Override
    public SyscallEntry critical() {
        throw new UnsupportedOperationException(
                "GLIBC has no critical linkage: its wrappers may sleep where their calls do not; use SYSCALL or VDSO");
    }

    /**
     * Refuses a call, for a call site to throw.
     *
     * @param call a call
     * @return an exception that says why it has no wrapper
     */
    static UnsupportedOperationException refused(Syscall call) {
        return new UnsupportedOperationException("GLIBC: " + GlibcWrappers.whyNone(call));
    }
}
