package dev.trapgate.host.vdso;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateUnavailableException;
import dev.trapgate.entry.Linkage;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.host.NativeEntry;
import dev.trapgate.host.memory.RegionMemory;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The {@code VDSO} gate: {@code clock_gettime}, {@code gettimeofday}, {@code time}, {@code getcpu}, {@code clock_getres}
 * and {@code getrandom} by the functions of the vDSO, which return the kernel's own form of result and leave errno
 * alone.
 *
 * <p>The kernel is entered all the same
 *
 * <ul>
 *   <li>by the vDSO itself, for what it cannot answer: clocks that it does not know; any but the coarse ones
 *       where the kernel's clocksource is not one that user code can read (tsc, kvm-clock and Hyper-V's are); random bytes
 *       once after each reseeding of the kernel's generator, and always before it is ready;
 *   <li>by this class, through the entry it was opened with: for every other call, of which {@link #through} says so;
 *       for clocks that no vDSO reads, those of processes and threads, of devices and of alarms: the vDSO's own way into the
 *       kernel may cost more than the gate does; for a function that this kernel's vDSO lacks, which {@link #findings} tells;
 *       for an answer that the function has no reason to give; for getrandom while too many calls are in progress at once;
 *   <li>and for an address that does not come from {@link #memory()}. The vDSO is user code, it writes through pointers
 *       unchecked, and a bad one would be this JVM's end; the kernel answers {@code −EFAULT}. Memory from
 *       {@link #memory()} is never unmapped, so one comparison tells that a write will succeed. Asking the kernel first
 *       and then writing would leave time for another thread to unmap the memory.
 * </ul>
 *
 * <p>Its answers are the vDSO's, also where that differs from the kernel: Linux 6.18's tells the resolution of an
 * auxiliary clock (16 to 23) that is switched off, for which {@code clock_getres(2)} answers {@code −EINVAL}.
 */
public final class VdsoEntry extends NativeEntry {

    // Numbers of arch/x86/entry/syscalls/syscall_64.tbl.
    private static final int GETTIMEOFDAY = 96;
    private static final int TIME = 201;
    private static final int CLOCK_GETTIME = 228;
    private static final int CLOCK_GETRES = 229;
    private static final int GETCPU = 309;
    private static final int GETRANDOM = 318;

    // Clocks of include/uapi/linux/time.h.
    private static final int CLOCK_PROCESS_CPUTIME_ID = 2;
    private static final int CLOCK_THREAD_CPUTIME_ID = 3;
    private static final int CLOCK_REALTIME_ALARM = 8;
    private static final int CLOCK_BOOTTIME_ALARM = 9;

    // Sizes in bytes of what the calls write.
    private static final long TIMESPEC = 16;
    private static final long TIMEVAL = 16;
    private static final long TIMEZONE = 8;
    private static final long TIME_T = 8;
    private static final long UNSIGNED = 4;

    private static final int EINTR = -4;
    private static final int EAGAIN = -11;
    private static final int EINVAL = -22;

    /** Constants, so that the check of a pointer costs next to nothing. */
    private static final RegionMemory MEMORY = RegionMemory.anywhere();

    private static final long BASE = MEMORY.base();
    private static final long SIZE = MEMORY.byteSize();

    private final Linkage linkage;
    private final SyscallEntry fallback;
    private final SyscallEntry critical;

    private VdsoEntry(Linkage linkage, SyscallEntry fallback) {
        super(Gate.VDSO, linkage, MEMORY);
        this.linkage = linkage;
        this.fallback = fallback;
        this.critical = linkage == Linkage.CRITICAL ? this : new VdsoEntry(Linkage.CRITICAL, fallback);
    }

    /**
     * Opens the gate.
     *
     * @param fallback makes the calls that the vDSO does not answer; it speaks x86-64 and refuses none of them
     * @return the entry, by ordinary linkage
     * @throws GateUnavailableException if this process has no vDSO
     */
    public static VdsoEntry open(SyscallEntry fallback) {
        if (fallback.abi() != Gate.VDSO.abi() || fallback.linkage() != Linkage.ORDINARY) {
            throw new IllegalArgumentException(
                    fallback.gate() + " by " + fallback.linkage() + " linkage cannot stand in for the vDSO");
        }
        Vdso.ofThisProcess();
        return new VdsoEntry(Linkage.ORDINARY, fallback);
    }

    /**
     * Says what was found out about the vDSO.
     *
     * @return names and values, for a person
     * @throws GateUnavailableException if this process has no vDSO
     */
    public static SortedMap<String, String> findings() {
        Vdso vdso = Vdso.ofThisProcess();
        SortedMap<String, String> findings = new TreeMap<>();
        findings.put("vDSO", vdso.image().byteSize() + " bytes at " + ElfMemory.hex(vdso.loadAddress()));
        findings.put("vDSO functions", names(vdso, Presence.EXPORTED));
        findings.put("vDSO lacks", names(vdso, Presence.MISSING));
        findings.put("getrandom states", GetrandomStates.OF_THIS_PROCESS.description());
        findings.put("clocksource", Clocksource.current());
        return findings;
    }

    private enum Presence {
        EXPORTED,
        MISSING
    }

    private static String names(Vdso vdso, Presence presence) {
        String names = Arrays.stream(VdsoFunction.values())
                .filter(function -> vdso.address(function).isPresent() == (presence == Presence.EXPORTED))
                .map(function -> function.call().callName())
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }

    @Override
    public Gate through(int number) {
        return VdsoFunction.of(number).isPresent() ? gate() : fallback.gate();
    }

    @Override
    public SyscallEntry critical() {
        return critical;
    }

    @Override
    public long enter(int number, long a1, long a2, long a3, long a4, long a5, long a6) {
        return switch (number) {
            case CLOCK_GETTIME -> clockGettime((int) a1, a2);
            case CLOCK_GETRES -> clockGetres((int) a1, a2);
            case GETTIMEOFDAY -> gettimeofday(a1, a2);
            case TIME -> time(a1);
            case GETCPU -> getcpu(a1, a2, a3);
            case GETRANDOM -> getrandom(a1, a2, (int) a3);
            default -> handOn(number, a1, a2, a3, a4, a5, a6);
        };
    }

    private long handOn(int number, long a1, long a2, long a3, long a4, long a5, long a6) {
        if (linkage() == Linkage.CRITICAL && !Syscall.isPrompt(Abi.X86_64, number)) {
            throw refused(number);
        }
        return fallback.enter(number, a1, a2, a3, a4, a5, a6);
    }

    private long clockGettime(int clock, long time) {
        if (isMapped(time, TIMESPEC) && vdsoReads(clock)) {
            int result = VdsoCalls.clockGettime(linkage, clock, time);
            if (result == 0 || result == EINVAL) {
                return result;
            }
        }
        return kernel(CLOCK_GETTIME, clock, time, 0);
    }

    private long clockGetres(int clock, long resolution) {
        if (isMappedOrNull(resolution, TIMESPEC) && vdsoReads(clock)) {
            int result = VdsoCalls.clockGetres(linkage, clock, resolution);
            if (result == 0 || result == EINVAL) {
                return result;
            }
        }
        return kernel(CLOCK_GETRES, clock, resolution, 0);
    }

    /**
     * {@return whether some vDSO reads a clock} {@code VDSO_HRES}, {@code VDSO_COARSE}, {@code VDSO_RAW} and {@code VDSO_AUX} of
     * include/vdso/datapage.h leave out these and what is negative.
     */
    private static boolean vdsoReads(int clock) {
        return switch (clock) {
            case CLOCK_PROCESS_CPUTIME_ID, CLOCK_THREAD_CPUTIME_ID, CLOCK_REALTIME_ALARM, CLOCK_BOOTTIME_ALARM -> false;
            default -> clock >= 0;
        };
    }

    private long gettimeofday(long time, long zone) {
        if (isMappedOrNull(time, TIMEVAL) && isMappedOrNull(zone, TIMEZONE)) {
            int result = VdsoCalls.gettimeofday(linkage, time, zone);
            if (result == 0) {
                return result;
            }
        }
        return kernel(GETTIMEOFDAY, time, zone, 0);
    }

    private long time(long time) {
        if (isMappedOrNull(time, TIME_T)) {
            long result = VdsoCalls.time(linkage, time);
            if (result >= 0) {
                return result;
            }
        }
        return kernel(TIME, time, 0, 0);
    }

    private long getcpu(long cpu, long node, long unused) {
        if (isMappedOrNull(cpu, UNSIGNED) && isMappedOrNull(node, UNSIGNED)) {
            long result = VdsoCalls.getcpu(linkage, cpu, node, unused);
            if (result == 0) {
                return result;
            }
        }
        return kernel(GETCPU, cpu, node, unused);
    }

    private long getrandom(long buffer, long length, int flags) {
        if (linkage == Linkage.CRITICAL) {
            throw refused(GETRANDOM);
        }
        if (isMapped(buffer, 0) && Long.compareUnsigned(length, SIZE - (buffer - BASE)) <= 0) {
            long result = GetrandomStates.OF_THIS_PROCESS.getrandom(buffer, length, flags);
            if (result >= 0 || result == EINVAL || result == EAGAIN || result == EINTR) {
                return result;
            }
        }
        return kernel(GETRANDOM, buffer, length, flags);
    }

    /** {@return whether so many bytes, 1 MiB at most, are inside the region} */
    private static boolean isMapped(long address, long byteSize) {
        return Long.compareUnsigned(address - BASE, SIZE - byteSize) <= 0;
    }

    private static boolean isMappedOrNull(long address, long byteSize) {
        return address == 0 || isMapped(address, byteSize);
    }

    private long kernel(int number, long a1, long a2, long a3) {
        return fallback.enter(number, a1, a2, a3, 0, 0, 0);
    }
}
