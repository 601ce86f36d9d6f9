package dev.trapgate.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import dev.trapgate.host.glibc.LibcSyscall;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What callers of raw system calls have mistaken for an error, for a value, or for glibc's answer. */
@Timeout(60)
class ResultTrapsTest {

    private static final long PAGE = 4096;
    private static final long READ_WRITE = 3;
    private static final long PRIVATE_ANONYMOUS = 0x22;
    private static final long MAP_FIXED_NOREPLACE = 0x10_0000;
    private static final long SEEK_SET = 0;
    private static final long SEEK_CUR = 1;
    private static final long O_NONBLOCK = 0x800;
    private static final long O_RDONLY = 0;
    private static final long PRIO_PROCESS = 0;
    private static final long F_SETOWN = 8;
    private static final long F_GETOWN = 9;
    private static final long F_GETOWN_EX = 16;
    private static final int F_OWNER_PGRP = 2;
    private static final long AT_FDCWD = -100;
    private static final long UNCHANGED = -1;
    private static final long ASK_PERSONALITY = 0xffff_ffffL;
    private static final long TOP_BIT = 0x8000_0000L;

    private static long error(Errno errno) {
        return -errno.number();
    }

    private static UserBuffer text(UserMemory.Scope scope, String text) {
        UserBuffer buffer = scope.allocate(text.length() + 1L, 1);
        buffer.segment().setString(0, text);
        return buffer;
    }

    @ParameterizedTest
    @EnumSource(names = {"GLIBC", "LIBC_SYSCALL", "SYSCALL", "JNR"})
    void anAddressAboveFourGiBIsNotNarrowed(Gate gate) {
        SyscallEntry entry = OpenGate.orSkip(gate);
        long address = RawCall.enter(entry, Syscall.MMAP, 1L << 40, PAGE, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0);

        assertThat(address).isGreaterThan(4L << 30);
        assertThat(RawCall.enter(entry, Syscall.MUNMAP, address, PAGE)).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"GLIBC", "LIBC_SYSCALL", "SYSCALL", "JNR"})
    void anOffsetBeyondFourGiBIsNotNarrowed(Gate gate) {
        SyscallEntry entry = OpenGate.orSkip(gate);
        try (UserMemory.Scope scope = entry.memory().open()) {
            long file = RawCall.enter(
                    entry, Syscall.MEMFD_CREATE, text(scope, "sparse").address());
            assertThat(RawCall.enter(entry, Syscall.FTRUNCATE, file, 7L << 30)).isZero();
            assertThat(RawCall.enter(entry, Syscall.LSEEK, file, 5L << 30, SEEK_SET))
                    .isEqualTo(5L << 30);
            assertThat(RawCall.enter(entry, Syscall.CLOSE, file)).isZero();
        }
    }

    /** /proc/self/mem has an address for an offset, and the upper half of all addresses is negative. */
    @ParameterizedTest
    @EnumSource(names = {"GLIBC", "LIBC_SYSCALL", "SYSCALL", "JNR"})
    void aNegativeOffsetBelowMinus4095IsAValue(Gate gate) {
        SyscallEntry entry = OpenGate.orSkip(gate);
        try (UserMemory.Scope scope = entry.memory().open()) {
            long memory = RawCall.enter(
                    entry, Syscall.OPEN, text(scope, "/proc/self/mem").address(), O_RDONLY);
            assumeTrue(memory >= 0, "/proc/self/mem cannot be opened");
            long answer = RawCall.enter(entry, Syscall.LSEEK, memory, -4096, SEEK_SET);

            assertThat(answer).isEqualTo(-4096);
            assertThat(Errno.isError(answer)).isFalse();
            assertThat(RawCall.enter(entry, Syscall.LSEEK, memory, 0, SEEK_CUR)).isEqualTo(-4096);
            assertThat(RawCall.enter(entry, Syscall.CLOSE, memory)).isZero();
        }
    }

    @Test
    void anAddressAboveTwoGiBByInt80IsNegativeAndAValue() {
        SyscallEntry entry = OpenGate.orSkip(Gate.INT80);
        long flags = PRIVATE_ANONYMOUS | MAP_FIXED_NOREPLACE;
        long address = LongStream.iterate(0x9000_0000L, hint -> hint < 0xf000_0000L, hint -> hint + (16 << 20))
                .map(hint -> RawCall.enter(entry, Syscall.MMAP2, hint, PAGE, READ_WRITE, flags, -1, 0))
                .filter(answer -> !Errno.isError(answer))
                .findFirst()
                .orElse(0);
        assumeTrue(address != 0, "this JVM has left no page free between 2 and 4 GiB");

        assertThat(address).isNegative();
        assertThat(address & 0xffff_ffffL).isBetween(0x9000_0000L, 0xf000_0000L);
        assertThat(RawCall.enter(entry, Syscall.MUNMAP, address, PAGE)).isZero();
    }

    /** Each thread has a personality of its own; this bit means nothing yet. */
    @ParameterizedTest
    @EnumSource(names = {"GLIBC", "LIBC_SYSCALL", "SYSCALL", "INT80", "JNR"})
    void aPersonalityWithItsTopBitSetIsAValue(Gate gate) throws Exception {
        SyscallEntry entry = OpenGate.orSkip(gate);
        long answer = RawCall.onThreadOfItsOwn(() -> {
            RawCall.enter(entry, Syscall.PERSONALITY, TOP_BIT);
            return RawCall.enter(entry, Syscall.PERSONALITY, ASK_PERSONALITY);
        });

        assertThat(Errno.isError(answer)).isFalse();
        assertThat(answer).isEqualTo(gate == Gate.INT80 ? (int) TOP_BIT : TOP_BIT);
    }

    @ParameterizedTest
    @EnumSource(names = {"LIBC_SYSCALL", "SYSCALL", "INT80", "JNR"})
    void rawGetpriorityAnswersTwentyLessTheNiceValue(Gate gate) throws Exception {
        SyscallEntry entry = OpenGate.orSkip(gate);

        assertThat(RawCall.onThreadOfItsOwn(() -> {
                    assertThat(RawCall.enter(entry, Syscall.SETPRIORITY, PRIO_PROCESS, 0, 19))
                            .isZero();
                    return RawCall.enter(entry, Syscall.GETPRIORITY, PRIO_PROCESS, 0);
                }))
                .isEqualTo(20 - 19);
    }

    @ParameterizedTest
    @EnumSource(names = {"LIBC_SYSCALL", "SYSCALL", "INT80", "JNR"})
    void rawSchedGetaffinityAnswersItsSizeAndLeavesTheTailAlone(Gate gate) {
        SyscallEntry entry = OpenGate.orSkip(gate);
        try (UserMemory.Scope scope = entry.memory().open()) {
            UserBuffer mask = scope.allocate(4096, 8);
            mask.segment().fill((byte) 0x5a);
            long size = RawCall.enter(entry, Syscall.SCHED_GETAFFINITY, 0, 4096, mask.address());

            assertThat(size).isBetween(4L, 4095L);
            assertThat(mask.segment().asSlice(size).toArray(ValueLayout.JAVA_BYTE))
                    .containsOnly(0x5a);
        }
    }

    /** Only the real user id is changed: that is a thread's own, and takes no privilege away. */
    @ParameterizedTest
    @EnumSource(names = {"LIBC_SYSCALL", "SYSCALL", "JNR"})
    void rawSetresuidActsOnOneThread(Gate gate) throws Exception {
        SyscallEntry entry = OpenGate.orSkip(gate);
        long before = RawCall.enter(entry, Syscall.GETUID);
        assumeTrue(RawCall.enter(entry, Syscall.GETEUID) == 0, "only root may change its user id");

        assertThat(RawCall.onThreadOfItsOwn(() -> {
                    assertThat(RawCall.enter(entry, Syscall.SETRESUID, 65_534, UNCHANGED, UNCHANGED))
                            .isZero();
                    return RawCall.enter(entry, Syscall.GETUID);
                }))
                .isEqualTo(65_534);
        assertThat(RawCall.enter(entry, Syscall.GETUID)).isEqualTo(before);
    }

    /** The largest user id but one is −2 to a careless reader of 32 bits, which is ENOENT. */
    @Test
    void aUserIdWithItsTopBitSetIsAValue() throws Exception {
        SyscallEntry bare = OpenGate.orSkip(Gate.SYSCALL);
        SyscallEntry glibc = OpenGate.orSkip(Gate.GLIBC);
        assumeTrue(RawCall.enter(bare, Syscall.GETEUID) == 0, "only root may change its user id");
        long nearlyLargest = 0xffff_fffeL;

        assertThat(RawCall.onThreadOfItsOwn(() -> {
                    long done = RawCall.enter(bare, Syscall.SETRESUID, nearlyLargest, UNCHANGED, UNCHANGED);
                    assertThat(done).isZero();
                    return new long[] {RawCall.enter(bare, Syscall.GETUID), RawCall.enter(glibc, Syscall.GETUID)};
                }))
                .containsOnly(nearlyLargest);
    }

    @ParameterizedTest
    @EnumSource(names = {"LIBC_SYSCALL", "SYSCALL", "JNR"})
    void whatACallDoesToAVirtualThreadItDoesToItsCarrier(Gate gate) throws Exception {
        SyscallEntry entry = OpenGate.orSkip(gate);
        String[] name = new String[1];
        Thread.startVirtualThread(() -> {
                    long thread = RawCall.enter(entry, Syscall.GETTID);
                    name[0] = lineOf(Path.of("/proc/self/task/" + thread + "/comm"));
                })
                .join();

        assertThat(name[0]).startsWith("ForkJoinPool");
    }

    private static String lineOf(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (java.io.IOException absent) {
            return absent.toString();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIBC_SYSCALL", "SYSCALL", "INT80", "JNR"})
    void rawBrkAnswersTheBreakEvenWhereItRefuses(Gate gate) {
        SyscallEntry entry = OpenGate.orSkip(gate);

        assertThat(Errno.isError(RawCall.enter(entry, Syscall.BRK, 1))).isFalse();
        assertThat(RawCall.enter(LibcSyscall.ENTRY, Syscall.BRK, 1)).isGreaterThan(PAGE);
    }

    @Test
    void brkOfGlibcAnswersZeroOrEnomem() {
        SyscallEntry entry = OpenGate.orSkip(Gate.GLIBC);

        assertThat(RawCall.enter(entry, Syscall.BRK, -PAGE)).isEqualTo(error(Errno.ENOMEM));
    }

    @ParameterizedTest
    @EnumSource(names = {"GLIBC", "LIBC_SYSCALL", "SYSCALL", "INT80", "JNR"})
    void anEmptyPipeAnswersEagainWhichIsEwouldblock(Gate gate) {
        SyscallEntry entry = OpenGate.orSkip(gate);
        try (UserMemory.Scope scope = entry.memory().open()) {
            UserBuffer ends = scope.allocate(8, 4);
            assertThat(RawCall.enter(entry, Syscall.PIPE2, ends.address(), O_NONBLOCK))
                    .isZero();
            long reading = ends.segment().get(ValueLayout.JAVA_INT, 0);

            assertThat(RawCall.enter(entry, Syscall.READ, reading, ends.address(), 1))
                    .isEqualTo(-Errno.named("EWOULDBLOCK").orElseThrow().number())
                    .isEqualTo(error(Errno.EAGAIN));
            closeBoth(entry, ends);
        }
    }

    private static void closeBoth(SyscallEntry entry, UserBuffer ends) {
        assertThat(RawCall.enter(entry, Syscall.CLOSE, ends.segment().get(ValueLayout.JAVA_INT, 0)))
                .isZero();
        assertThat(RawCall.enter(entry, Syscall.CLOSE, ends.segment().get(ValueLayout.JAVA_INT, 4)))
                .isZero();
    }

    /** A process group is a negative owner, and a small one looks like an error: F_GETOWN_EX does not. */
    @ParameterizedTest
    @EnumSource(names = {"LIBC_SYSCALL", "SYSCALL", "INT80", "JNR"})
    void fGetownAnswersANegativeProcessGroup(Gate gate) {
        SyscallEntry entry = OpenGate.orSkip(gate);
        long group = RawCall.enter(entry, Syscall.GETPGRP);
        assumeTrue(group > 0, "the process group is another namespace's");
        try (UserMemory.Scope scope = entry.memory().open()) {
            UserBuffer ends = scope.allocate(8, 4);
            UserBuffer owner = scope.allocate(8, 4);
            assertThat(RawCall.enter(entry, Syscall.PIPE2, ends.address(), 0)).isZero();
            long reading = ends.segment().get(ValueLayout.JAVA_INT, 0);
            assertThat(RawCall.enter(entry, Syscall.FCNTL, reading, F_SETOWN, -group))
                    .isZero();

            assertThat(RawCall.enter(entry, Syscall.FCNTL, reading, F_GETOWN)).isEqualTo(-group);
            assertThat(RawCall.enter(entry, Syscall.FCNTL, reading, F_GETOWN_EX, owner.address()))
                    .isZero();
            assertThat(owner.segment().get(ValueLayout.JAVA_INT, 0)).isEqualTo(F_OWNER_PGRP);
            assertThat(owner.segment().get(ValueLayout.JAVA_INT, 4)).isEqualTo((int) group);
            closeBoth(entry, ends);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GLIBC", "LIBC_SYSCALL", "SYSCALL", "JNR"})
    void aNegativeDirectoryMayBeGivenSignExtendedOrZeroExtended(Gate gate) {
        SyscallEntry entry = OpenGate.orSkip(gate);
        try (UserMemory.Scope scope = entry.memory().open()) {
            long path = text(scope, "no such file").address();

            assertThat(RawCall.enter(entry, Syscall.OPENAT, AT_FDCWD, path, 0)).isEqualTo(error(Errno.ENOENT));
            assertThat(RawCall.enter(entry, Syscall.OPENAT, AT_FDCWD & 0xffff_ffffL, path, 0))
                    .isEqualTo(error(Errno.ENOENT));
        }
    }

    /** Twelve bytes an event, so that the second one's data lies on no boundary of eight. */
    @ParameterizedTest
    @EnumSource(names = {"GLIBC", "LIBC_SYSCALL", "SYSCALL", "INT80", "JNR"})
    void anEpollEventIsTwelveBytesOnX86(Gate gate) {
        SyscallEntry entry = OpenGate.orSkip(gate);
        try (UserMemory.Scope scope = entry.memory().open()) {
            UserBuffer ends = scope.allocate(8, 4);
            UserBuffer events = scope.allocate(36, 8);
            assertThat(RawCall.enter(entry, Syscall.PIPE2, ends.address(), 0)).isZero();
            long poll = RawCall.enter(entry, Syscall.EPOLL_CREATE1, 0);
            watch(entry, poll, ends.segment().get(ValueLayout.JAVA_INT, 0), EPOLLIN, events);
            watch(entry, poll, ends.segment().get(ValueLayout.JAVA_INT, 4), EPOLLOUT, events);
            assertThat(RawCall.enter(
                            entry, Syscall.WRITE, ends.segment().get(ValueLayout.JAVA_INT, 4), events.address(), 1))
                    .isEqualTo(1);
            events.segment().fill((byte) 0);

            assertThat(RawCall.enter(entry, Syscall.EPOLL_WAIT, poll, events.address(), 3, 1000))
                    .isEqualTo(2);
            assertThat(LongStream.of(0, 12)
                            .map(offset -> events.segment().get(ValueLayout.JAVA_LONG_UNALIGNED, offset + 4)))
                    .containsExactlyInAnyOrder(DATA + EPOLLIN, DATA + EPOLLOUT);
            assertThat(events.segment().asSlice(24).toArray(ValueLayout.JAVA_BYTE))
                    .containsOnly(0);
            RawCall.enter(entry, Syscall.CLOSE, poll);
            closeBoth(entry, ends);
        }
    }

    private static final int EPOLLIN = 1;
    private static final int EPOLLOUT = 4;
    private static final long EPOLL_CTL_ADD = 1;
    private static final long DATA = 0x0123_4567_89ab_cde0L;

    private static void watch(SyscallEntry entry, long poll, int descriptor, int events, UserBuffer event) {
        event.segment().set(ValueLayout.JAVA_INT, 0, events);
        event.segment().set(ValueLayout.JAVA_LONG_UNALIGNED, 4, DATA + events);
        assertThat(RawCall.enter(entry, Syscall.EPOLL_CTL, poll, EPOLL_CTL_ADD, descriptor, event.address()))
                .isZero();
    }
}
