package dev.trapgate.host.glibc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.SyscallEntryContract;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import dev.trapgate.host.OpenGate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GlibcEntryTest extends SyscallEntryContract {

    private static final long BAD_DESCRIPTOR = -1;
    private static final long BAD_POINTER = 1;
    private static final long AT_FDCWD = -100;

    @Override
    protected SyscallEntry entry() {
        return OpenGate.orSkip(Gate.GLIBC);
    }

    /** As a program keeps an entry that is not to allocate. */
    private static final class Kept {
        private static final SyscallEntry ENTRY = OpenGate.orSkip(Gate.GLIBC);
        private static final int GETPPID = Syscall.GETPPID.number(Abi.X86_64);
    }

    /**
     * By a constant entry and number: only then is the function's handle a constant, through which the JIT compiler sees. Else
     * it may not, and then the linker's look at the segment for errno is 40 bytes a call (a slice, in JDK 25).
     */
    @Override
    protected void enterOften(SyscallEntry entry, int number, long calls) {
        assertThat(number).isEqualTo(Kept.GETPPID);
        for (long i = 0; i < calls; i++) {
            Kept.ENTRY.enter(Kept.GETPPID, -1, 0, 0, 0, 0, 0);
        }
    }

    private long call(Syscall call, long... arguments) {
        return call(entry(), call, arguments);
    }

    private static long call(SyscallEntry entry, Syscall call, long... arguments) {
        long[] six = Arrays.copyOf(arguments, 6);
        return entry.enter(call.number(Abi.X86_64), six[0], six[1], six[2], six[3], six[4], six[5]);
    }

    @Test
    void hasAtLeast120Wrappers() {
        entry();

        assertThat(GlibcEntry.wrapperCount()).isGreaterThanOrEqualTo(120);
    }

    @Test
    void everyRefusalSaysWhyAndNamesTheCallOrItsReason() {
        SyscallEntry entry = entry();
        for (Syscall call : Syscall.values()) {
            if (call.existsOn(Abi.X86_64)) {
                entry.refusal(call.number(Abi.X86_64))
                        .ifPresent(reason -> assertThat(reason).contains("glibc"));
            }
        }
    }

    @Test
    void refusesACallWithoutAWrapper() {
        assertThatThrownBy(() -> call(Syscall.IO_URING_SETUP))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("GLIBC: glibc has no function for io_uring_setup");
        assertThatThrownBy(() -> call(Syscall.FORK)).hasMessageContaining("would fork or replace this JVM");
        assertThatThrownBy(() -> entry().enter(-1, 0, 0, 0, 0, 0, 0)).hasMessageContaining("-1");
    }

    /** Each of these differs from the plain case in how its arguments or its answer are carried. */
    @Test
    void answersLikeTheBareCallWhereTheWrapperIsOnlyTheCall() {
        SyscallEntry bare = OpenGate.orSkip(Gate.LIBC_SYSCALL);
        List<Syscall> unsigned = List.of(Syscall.GETUID, Syscall.GETEUID, Syscall.GETGID, Syscall.GETEGID);
        for (Syscall call : unsigned) {
            assertThat(call(call)).as(call.callName()).isEqualTo(call(bare, call));
        }
        assertThat(call(Syscall.FACCESSAT, AT_FDCWD, BAD_POINTER, 0)).isEqualTo(-Errno.EFAULT.number());
        assertThat(call(Syscall.FADVISE64, BAD_DESCRIPTOR, 0, 0, 0)).isEqualTo(-Errno.EBADF.number());
        assertThat(call(Syscall.CLOCK_NANOSLEEP, 0, 0, BAD_POINTER, 0)).isEqualTo(-Errno.EFAULT.number());
        assertThat(call(Syscall.MMAP, 0, 0, 0, 0, BAD_DESCRIPTOR, 0))
                .isEqualTo(call(bare, Syscall.MMAP, 0, 0, 0, 0, -1, 0));
        assertThat(call(Syscall.SIGNALFD4, BAD_DESCRIPTOR, BAD_POINTER, 8, 0)).isEqualTo(-Errno.EFAULT.number());
        assertThat(call(Syscall.PREADV2, BAD_DESCRIPTOR, 0, 0, 0, 0, 0)).isEqualTo(-Errno.EBADF.number());
        assertThat(call(Syscall.REBOOT, 0, 0, 0x1234_5678))
                .isIn(-(long) Errno.EINVAL.number(), -(long) Errno.EPERM.number());
        assertThat(call(Syscall.LSEEK, BAD_DESCRIPTOR, -1, 0)).isEqualTo(-Errno.EBADF.number());
    }

    @Test
    void umaskAnswersTheOldMaskAndNeverAnError() {
        long old = call(Syscall.UMASK, 0777);
        assertThat(call(Syscall.UMASK, old)).isEqualTo(0777);
    }

    @Test
    void getcwdAnswersTheBuffersAddressWhereTheCallAnswersALength() {
        try (UserMemory.Scope scope = entry().memory().open()) {
            UserBuffer buffer = scope.allocate(4096, 1);

            assertThat(call(Syscall.GETCWD, buffer.address(), 4096)).isEqualTo(buffer.address());
            assertThat(buffer.segment().getString(0)).startsWith("/");
            assertThat(call(Syscall.GETCWD, buffer.address(), 1)).isEqualTo(-Errno.ERANGE.number());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOCK_GETTIME", "CLOCK_GETRES", "GETTIMEOFDAY", "TIME", "GETCPU", "TIMES"})
    void aBadPointerIsTheKernelsAnswerEvenWhereGlibcWouldUseIt(Syscall call) {
        long second = call == Syscall.CLOCK_GETTIME || call == Syscall.CLOCK_GETRES ? BAD_POINTER : 0;
        long first = second == 0 ? BAD_POINTER : 0;

        assertThat(call(call, first, second)).isEqualTo(-Errno.EFAULT.number());
    }

    /** glibc's getrandom goes to the vDSO since 2.41. */
    @Test
    void randomBytesForABadPointerAreTheKernelsAnswer() {
        assertThat(call(Syscall.GETRANDOM, BAD_POINTER, 8, 0)).isEqualTo(-Errno.EFAULT.number());
        assertThat(call(Syscall.GETRANDOM, BAD_POINTER, -1, 0)).isEqualTo(-Errno.EFAULT.number());
        try (UserMemory.Scope scope = entry().memory().open()) {
            UserBuffer buffer = scope.allocate(64, 1);

            assertThat(call(Syscall.GETRANDOM, buffer.address(), 64, 0)).isEqualTo(64);
        }
    }

    /** glibc's personality answers an int that may be negative, and cannot fail. */
    @Test
    void aPersonalityWithItsTopBitSetIsAValueAsItIsToTheKernel() throws Exception {
        SyscallEntry entry = entry();
        long unknownButKept = 0x8000_0000L;
        java.util.concurrent.FutureTask<Long> answer = new java.util.concurrent.FutureTask<>(() -> {
            call(entry, Syscall.PERSONALITY, unknownButKept);
            return call(entry, Syscall.PERSONALITY, 0xffff_ffffL);
        });
        new Thread(answer, "a personality of its own").start();

        assertThat(answer.get()).isEqualTo(unknownButKept);
    }
}
