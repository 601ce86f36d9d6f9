package dev.trapgate.emulator.linux.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.kernel.SyscallDefinitions;

/** The calls of {@code fs/} that name files. */
public final class FsSyscalls {

    private FsSyscalls() {}

    /** Adds them to a convention's calls. */
    public static void define(SyscallDefinitions definitions) {
        common(definitions);
        if (definitions.abi() == Abi.I386) {
            i386(definitions);
        } else {
            x8664(definitions);
        }
    }

    private static void common(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.OPEN, OpenCalls::open)
                .add(Syscall.OPENAT, OpenCalls::openat)
                .add(Syscall.OPENAT2, OpenCalls::openat2)
                .add(Syscall.CREAT, OpenCalls::creat)
                .add(Syscall.READLINK, StatCalls::readlink)
                .add(Syscall.READLINKAT, StatCalls::readlinkat);
    }

    private static void x8664(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.STAT, StatCalls.stat(StatLayout.STAT_X86_64))
                .add(Syscall.LSTAT, StatCalls.lstat(StatLayout.STAT_X86_64))
                .add(Syscall.FSTAT, StatCalls.fstat(StatLayout.STAT_X86_64))
                .add(Syscall.NEWFSTATAT, StatCalls.fstatat(StatLayout.STAT_X86_64));
    }

    private static void i386(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.OLDSTAT, StatCalls.stat(StatLayout.OLD_STAT))
                .add(Syscall.OLDLSTAT, StatCalls.lstat(StatLayout.OLD_STAT))
                .add(Syscall.OLDFSTAT, StatCalls.fstat(StatLayout.OLD_STAT))
                .add(Syscall.STAT, StatCalls.stat(StatLayout.STAT_I386))
                .add(Syscall.LSTAT, StatCalls.lstat(StatLayout.STAT_I386))
                .add(Syscall.FSTAT, StatCalls.fstat(StatLayout.STAT_I386))
                .add(Syscall.STAT64, StatCalls.stat(StatLayout.STAT64_I386))
                .add(Syscall.LSTAT64, StatCalls.lstat(StatLayout.STAT64_I386))
                .add(Syscall.FSTAT64, StatCalls.fstat(StatLayout.STAT64_I386))
                .add(Syscall.FSTATAT64, StatCalls.fstatat(StatLayout.STAT64_I386));
    }
}
