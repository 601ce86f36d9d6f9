package dev.trapgate.emulator.linux.kernel.time;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.kernel.SyscallDefinitions;

/** The calls of {@code kernel/time/}: clocks and sleeping. */
public final class TimeSyscalls {

    private TimeSyscalls() {}

    /** Adds them to a convention's calls. */
    public static void define(SyscallDefinitions definitions) {
        if (definitions.abi() == Abi.I386) {
            i386(definitions);
        } else {
            x8664(definitions);
        }
    }

    private static void x8664(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.TIME, TimeCalls::time)
                .add(Syscall.GETTIMEOFDAY, TimeCalls::gettimeofday)
                .add(Syscall.CLOCK_GETTIME, TimeCalls::clockGettime)
                .add(Syscall.CLOCK_GETRES, TimeCalls::clockGetres)
                .add(Syscall.NANOSLEEP, TimeCalls::nanosleep);
    }

    private static void i386(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.TIME, TimeCalls::time32)
                .add(Syscall.GETTIMEOFDAY, TimeCalls::compatGettimeofday)
                .add(Syscall.CLOCK_GETTIME, TimeCalls::clockGettime32)
                .add(Syscall.CLOCK_GETRES, TimeCalls::clockGetres32)
                .add(Syscall.CLOCK_GETTIME64, TimeCalls::clockGettime)
                .add(Syscall.CLOCK_GETRES_TIME64, TimeCalls::clockGetres)
                .add(Syscall.NANOSLEEP, TimeCalls::nanosleep32);
    }
}
