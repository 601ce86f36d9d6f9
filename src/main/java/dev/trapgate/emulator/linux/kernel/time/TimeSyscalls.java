package dev.trapgate.emulator.linux.kernel.time;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.kernel.SyscallDefinitions;

/** The calls of {@code kernel/time/}: clocks and sleeping. */
public final class TimeSyscalls {

    private static final String NOT_SLEWED = "frequency, tick and offset are kept and told, but do not move the clock";

    private TimeSyscalls() {}

    /** Adds them to a convention's calls. */
    public static void define(SyscallDefinitions definitions) {
        definitions.add(Syscall.TIMES, CpuTimeCalls::times).add(Syscall.GETRUSAGE, CpuTimeCalls::getrusage);
        timers(definitions);
        if (definitions.abi() == Abi.I386) {
            time32(definitions);
            time64(definitions);
        } else {
            x8664(definitions);
        }
    }

    private static void timers(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.GETITIMER, ItimerCalls::getitimer)
                .add(Syscall.SETITIMER, ItimerCalls::setitimer)
                .add(Syscall.ALARM, ItimerCalls::alarm)
                .add(Syscall.TIMER_CREATE, TimerCalls::create)
                .add(Syscall.TIMER_DELETE, TimerCalls::delete)
                .add(Syscall.TIMER_GETOVERRUN, TimerCalls::getoverrun);
    }

    private static void x8664(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.TIME, TimeCalls::time)
                .add(Syscall.GETTIMEOFDAY, TimeCalls::gettimeofday)
                .add(Syscall.SETTIMEOFDAY, TimeCalls::settimeofday)
                .add(Syscall.CLOCK_GETTIME, ClockCalls::gettime)
                .add(Syscall.CLOCK_GETRES, ClockCalls::getres)
                .add(Syscall.CLOCK_SETTIME, ClockCalls::settime)
                .partly(Syscall.CLOCK_ADJTIME, ClockCalls::adjtime, NOT_SLEWED)
                .partly(Syscall.ADJTIMEX, ClockCalls::adjtimex, NOT_SLEWED)
                .add(Syscall.TIMER_SETTIME, TimerCalls::settime)
                .add(Syscall.TIMER_GETTIME, TimerCalls::gettime)
                .add(Syscall.NANOSLEEP, SleepCalls::nanosleep)
                .add(Syscall.CLOCK_NANOSLEEP, SleepCalls::clockNanosleep);
    }

    private static void time32(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.TIME, TimeCalls::time32)
                .add(Syscall.STIME, TimeCalls::stime32)
                .add(Syscall.GETTIMEOFDAY, TimeCalls::compatGettimeofday)
                .add(Syscall.SETTIMEOFDAY, TimeCalls::compatSettimeofday)
                .add(Syscall.CLOCK_GETTIME, ClockCalls::gettime32)
                .add(Syscall.CLOCK_GETRES, ClockCalls::getres32)
                .add(Syscall.CLOCK_SETTIME, ClockCalls::settime32)
                .partly(Syscall.CLOCK_ADJTIME, ClockCalls::adjtime32, NOT_SLEWED)
                .partly(Syscall.ADJTIMEX, ClockCalls::adjtimex32, NOT_SLEWED)
                .add(Syscall.TIMER_SETTIME, TimerCalls::settime32)
                .add(Syscall.TIMER_GETTIME, TimerCalls::gettime32)
                .add(Syscall.NANOSLEEP, SleepCalls::nanosleep32)
                .add(Syscall.CLOCK_NANOSLEEP, SleepCalls::clockNanosleep32);
    }

    private static void time64(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.CLOCK_GETTIME64, ClockCalls::gettime)
                .add(Syscall.CLOCK_GETRES_TIME64, ClockCalls::getres)
                .add(Syscall.CLOCK_SETTIME64, ClockCalls::settime)
                .partly(Syscall.CLOCK_ADJTIME64, ClockCalls::adjtime, NOT_SLEWED)
                .add(Syscall.TIMER_SETTIME64, TimerCalls::settime)
                .add(Syscall.TIMER_GETTIME64, TimerCalls::gettime)
                .add(Syscall.CLOCK_NANOSLEEP_TIME64, SleepCalls::clockNanosleep);
    }
}
