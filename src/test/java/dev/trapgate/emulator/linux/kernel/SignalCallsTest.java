package dev.trapgate.emulator.linux.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.CallingWay;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.EmulatedThread;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.mm.Mm;
import dev.trapgate.emulator.linux.mm.UserStructure;
import dev.trapgate.emulator.linux.mm.Vma;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class SignalCallsTest {

    private static final int SIG_BLOCK = 0;
    private static final int SIG_UNBLOCK = 1;
    private static final int SIG_SETMASK = 2;
    private static final int RTMIN = 34;

    private static final long CODE = 0x2000_0000;
    private static final long DATA = 0x3000_0000;
    private static final long SET = DATA;
    private static final long OLD = DATA + 0x100;
    private static final long INFO = DATA + 0x200;
    private static final long TIME = DATA + 0x300;
    private static final long STACK = DATA + 0x400;
    private static final int RESTORER = 0x10;

    private final EmulatedMachine machine = new EmulatedMachine(KernelGeneration.MODERN, Vendor.INTEL);
    private final EmulatedThread thread = machine.newThread();

    SignalCallsTest() {
        // A handler that returns, and the restorer that it returns to.
        byte[] code = new byte[PageFrames.PAGE_SIZE];
        byte[] ret = HexFormat.of().parseHex("c3");
        byte[] restorer = HexFormat.of().parseHex("b80f0000000f05"); // mov eax, 15; syscall
        System.arraycopy(ret, 0, code, 0, ret.length);
        System.arraycopy(restorer, 0, code, RESTORER, restorer.length);
        map(CODE, Mm.PROT_READ | Mm.PROT_EXEC, code);
        map(DATA, Mm.PROT_READ | Mm.PROT_WRITE, new byte[2 * PageFrames.PAGE_SIZE]);
    }

    private void map(long address, int protection, byte[] contents) {
        PageFrames frames = new PageFrames(contents.length / PageFrames.PAGE_SIZE);
        MemorySegment.copy(MemorySegment.ofArray(contents), 0, frames.bytes(), 0, contents.length);
        Vma area = new Vma(address, address + contents.length, protection, "test");
        assertThat(machine.process().mm().map(area, frames)).isTrue();
    }

    @AfterEach
    void switchOff() {
        machine.close();
    }

    private static long error(Errno errno) {
        return -errno.number();
    }

    private long call(CallingWay way, Syscall call, long... arguments) {
        return call(thread, way, call, arguments);
    }

    private static long call(EmulatedThread by, CallingWay way, Syscall call, long... arguments) {
        long[] six = java.util.Arrays.copyOf(arguments, 6);
        return by.call(way, call.number(way.abi()), six[0], six[1], six[2], six[3], six[4], six[5]);
    }

    private UserStructure read(long address, int size) {
        UserStructure copy = UserStructure.from(thread.task().uaccess(), address, size);
        assertThat(copy).isNotNull();
        return copy;
    }

    private void put(long address, long... words) {
        UserStructure copy = new UserStructure(8 * words.length);
        for (int i = 0; i < words.length; i++) {
            copy.set64(8 * i, words[i]);
        }
        assertThat(copy.to(thread.task().uaccess(), address)).isTrue();
    }

    private long block(CallingWay way, int how, long set) {
        put(SET, set);
        return call(way, Syscall.RT_SIGPROCMASK, how, SET, OLD, 8);
    }

    private void handle(int signal, long flags) {
        put(SET, CODE, flags | SignalAction.SA_RESTORER, CODE + RESTORER, 0);
        assertThat(call(CallingWay.SYSCALL, Syscall.RT_SIGACTION, signal, SET, 0, 8))
                .isZero();
    }

    private long kill(int signal) {
        return call(CallingWay.SYSCALL, Syscall.KILL, 1000, signal);
    }

    @ParameterizedTest
    @EnumSource(CallingWay.class)
    void masksAreSetAndTold(CallingWay way) {
        long usr1 = Signal.mask(Signal.SIGUSR1);
        long high = Signal.mask(64);
        assertThat(block(way, SIG_BLOCK, usr1 | high | Signal.mask(Signal.SIGKILL)))
                .isZero();
        assertThat(block(way, SIG_UNBLOCK, high)).isZero();
        assertThat(read(OLD, 8).get64(0)).isEqualTo(usr1 | high);
        assertThat(block(way, SIG_SETMASK, 0)).isZero();
        assertThat(read(OLD, 8).get64(0)).isEqualTo(usr1);
        assertThat(block(way, 3, 0)).isEqualTo(error(Errno.EINVAL));
        assertThat(call(way, Syscall.RT_SIGPROCMASK, 9, 0, 0, 8)).isZero();
        assertThat(call(way, Syscall.RT_SIGPROCMASK, 0, 0, 0, 4)).isEqualTo(error(Errno.EINVAL));
        assertThat(call(way, Syscall.RT_SIGPROCMASK, 0, 16, 0, 8)).isEqualTo(error(Errno.EFAULT));
    }

    @ParameterizedTest
    @EnumSource(CallingWay.class)
    void standardSignalsWaitOnceAndRealTimeOnesInOrder(CallingWay way) {
        block(way, SIG_BLOCK, ~0L);
        for (int value = 1; value <= 3; value++) {
            thread.task().send(Signal.of(SigInfo.queued(Signal.SIGUSR1, 1, 2, value)));
            thread.task().send(Signal.of(SigInfo.queued(RTMIN + 1, 1, 2, 10 + value)));
            thread.task().send(Signal.of(SigInfo.queued(RTMIN, 1, 2, 20 + value)));
        }
        assertThat(call(way, Syscall.RT_SIGPENDING, OLD, 8)).isZero();
        assertThat(read(OLD, 8).get64(0))
                .isEqualTo(Signal.mask(Signal.SIGUSR1) | Signal.mask(RTMIN) | Signal.mask(RTMIN + 1));
        put(SET, ~0L);
        put(TIME, 0, 0);
        int value = way.abi() == Abi.I386 ? 20 : 24;
        long[][] expected = {{10, 1}, {34, 21}, {34, 22}, {34, 23}, {35, 11}, {35, 12}, {35, 13}};
        for (long[] one : expected) {
            assertThat(call(way, Syscall.RT_SIGTIMEDWAIT, SET, INFO, TIME, 8)).isEqualTo(one[0]);
            UserStructure info = read(INFO, SigInfo.SIZE);
            assertThat(info.get32(0)).isEqualTo((int) one[0]);
            assertThat(info.get32(8)).isEqualTo(Signal.SI_QUEUE);
            assertThat(info.get32(value)).isEqualTo((int) one[1]);
        }
        assertThat(call(way, Syscall.RT_SIGTIMEDWAIT, SET, INFO, TIME, 8)).isEqualTo(error(Errno.EAGAIN));
    }

    @Test
    void actionsAreKeptAsTheyAreTold() {
        put(SET, 0x1234, 0xffff_ffffL, 0x5678, ~0L);
        assertThat(call(CallingWay.SYSCALL, Syscall.RT_SIGACTION, 12, SET, 0, 8))
                .isZero();
        assertThat(call(CallingWay.SYSCALL, Syscall.RT_SIGACTION, 12, 0, OLD, 8))
                .isZero();
        UserStructure old = read(OLD, 32);
        assertThat(old.get64(0)).isEqualTo(0x1234);
        assertThat(old.get64(8)).isEqualTo(0xdc00_0807L);
        assertThat(old.get64(24)).isEqualTo(~(Signal.mask(Signal.SIGKILL) | Signal.mask(Signal.SIGSTOP)));
        for (int signal : new int[] {0, -1, 65, Signal.SIGKILL, Signal.SIGSTOP}) {
            assertThat(call(CallingWay.SYSCALL, Syscall.RT_SIGACTION, signal, SET, 0, 8))
                    .isEqualTo(error(Errno.EINVAL));
        }
        assertThat(call(CallingWay.SYSCALL, Syscall.RT_SIGACTION, Signal.SIGKILL, 0, 0, 8))
                .isZero();
        assertThat(call(CallingWay.INT80_64, Syscall.RT_SIGACTION, 12, 0, OLD, 8))
                .isZero();
        assertThat(read(OLD, 20).get32(4)).isEqualTo(0xdc00_0807);
    }

    @Test
    void aHandlerRunsAndTheCallAnswersAsIfNothingHadBeen() {
        handle(Signal.SIGUSR1, 0);

        assertThat(kill(Signal.SIGUSR1)).isZero();
        assertThat(thread.task().signals().blocked()).isZero();
        assertThat(call(CallingWay.SYSCALL, Syscall.GETPID)).isEqualTo(1000);
    }

    @Test
    void aHandlerThatIsForOnceIsGoneAfterwards() {
        handle(Signal.SIGUSR1, SignalAction.SA_RESETHAND);

        assertThat(kill(Signal.SIGUSR1)).isZero();
        kill(Signal.SIGUSR1);
        assertThat(thread.task().end()).hasToString("killed by SIGUSR1");
    }

    @Test
    void ignoredSignalsAreDropped() {
        put(SET, 1, 0, 0, 0);
        block(CallingWay.SYSCALL, SIG_BLOCK, Signal.mask(Signal.SIGUSR1));
        thread.task().send(Signal.of(Signal.SIGUSR1));
        put(SET, 1, 0, 0, 0);
        assertThat(call(CallingWay.SYSCALL, Syscall.RT_SIGACTION, Signal.SIGUSR1, SET, 0, 8))
                .isZero();
        call(CallingWay.SYSCALL, Syscall.RT_SIGPENDING, OLD, 8);
        assertThat(read(OLD, 8).get64(0)).isZero();
        for (int signal : new int[] {Signal.SIGCHLD, Signal.SIGURG, Signal.SIGWINCH, Signal.SIGCONT}) {
            assertThat(kill(signal)).isZero();
        }
    }

    @Test
    void whomSignalsAreSentTo() {
        CallingWay way = CallingWay.SYSCALL;
        assertThat(call(way, Syscall.KILL, 1000, 0)).isZero();
        assertThat(call(way, Syscall.KILL, 0, 0)).isZero();
        assertThat(call(way, Syscall.KILL, -1000, 0)).isZero();
        assertThat(call(way, Syscall.KILL, -1, 0)).isEqualTo(error(Errno.ESRCH));
        assertThat(call(way, Syscall.KILL, 4242, 0)).isEqualTo(error(Errno.ESRCH));
        assertThat(call(way, Syscall.KILL, Integer.MIN_VALUE, 0)).isEqualTo(error(Errno.ESRCH));
        assertThat(call(way, Syscall.KILL, 1, 0)).isEqualTo(error(Errno.EPERM));
        assertThat(call(way, Syscall.KILL, 1000, 65)).isEqualTo(error(Errno.EINVAL));
        assertThat(call(way, Syscall.TKILL, 0, 0)).isEqualTo(error(Errno.EINVAL));
        assertThat(call(way, Syscall.TKILL, 4242, 0)).isEqualTo(error(Errno.ESRCH));
        assertThat(call(way, Syscall.TGKILL, 1000, thread.task().tid(), 0)).isZero();
        assertThat(call(way, Syscall.TGKILL, 999, thread.task().tid(), 0)).isEqualTo(error(Errno.ESRCH));
        assertThat(call(way, Syscall.TGKILL, -1, 1, 0)).isEqualTo(error(Errno.EINVAL));
    }

    @Test
    void queuedInfoComesThroughAndCannotPretend() {
        block(CallingWay.SYSCALL, SIG_BLOCK, ~0L);
        put(INFO, 77, -1L & 0xffff_ffffL, 0x0000_0002_0000_0001L, 0xabcd);
        assertThat(call(CallingWay.SYSCALL, Syscall.RT_SIGQUEUEINFO, 1000, RTMIN, INFO))
                .isZero();
        put(SET, ~0L);
        assertThat(call(CallingWay.INT80_64, Syscall.RT_SIGTIMEDWAIT, SET, INFO + 128, 0, 8))
                .isEqualTo(RTMIN);
        UserStructure told = read(INFO + 128, SigInfo.SIZE);
        assertThat(told.get32(0)).isEqualTo(RTMIN);
        assertThat(told.get32(12)).isEqualTo(1);
        assertThat(told.get32(16)).isEqualTo(2);
        assertThat(told.get32(20)).isEqualTo(0xabcd);
        put(INFO, 77, 0, 0, 0);
        EmulatedThread other = machine.newThread();
        assertThat(call(other, CallingWay.SYSCALL, Syscall.RT_SIGQUEUEINFO, 1000, RTMIN, INFO))
                .isEqualTo(error(Errno.EPERM));
        put(INFO, 77, -100L & 0xffff_ffffL, 0, 0, 0, 0, 1);
        assertThat(call(CallingWay.SYSCALL, Syscall.RT_SIGQUEUEINFO, 1000, RTMIN, INFO))
                .isEqualTo(error(Errno.E2BIG));
    }

    @Test
    void theStackForHandlers() {
        CallingWay way = CallingWay.SYSCALL;
        assertThat(call(way, Syscall.SIGALTSTACK, 0, OLD)).isZero();
        assertThat(read(OLD, 24).get32(8)).isEqualTo(AlternateStack.SS_DISABLE);
        put(SET, STACK, 0, 2047);
        assertThat(call(way, Syscall.SIGALTSTACK, SET, 0)).isEqualTo(error(Errno.ENOMEM));
        put(SET, STACK, 4, 4096);
        assertThat(call(way, Syscall.SIGALTSTACK, SET, 0)).isEqualTo(error(Errno.EINVAL));
        put(SET, STACK, 0, 4096);
        assertThat(call(way, Syscall.SIGALTSTACK, SET, OLD)).isZero();
        assertThat(call(CallingWay.INT80_64, Syscall.SIGALTSTACK, 0, OLD)).isZero();
        assertThat(read(OLD, 12).getUnsigned32(0)).isEqualTo(STACK);
        assertThat(read(OLD, 12).get32(8)).isEqualTo(4096);
        handle(Signal.SIGUSR1, SignalAction.SA_ONSTACK);
        assertThat(kill(Signal.SIGUSR1)).isZero();
        // The frame was there: its first word is where the handler returned to.
        boolean used = false;
        for (long at = STACK; at < STACK + 4096; at += 8) {
            used |= read(at, 8).get64(0) == CODE + RESTORER;
        }
        assertThat(used).isTrue();
    }

    @Test
    void oldCallsOfI386() {
        CallingWay way = CallingWay.INT80_32;
        assertThat(call(way, Syscall.SSETMASK, 0xffff_ffffL)).isZero();
        assertThat(call(way, Syscall.SGETMASK)).isEqualTo(~(0x100 | 0x4_0000));
        call(way, Syscall.SSETMASK, 0x200);
        thread.task().send(Signal.of(Signal.SIGUSR1));
        assertThat(call(way, Syscall.SIGPENDING, OLD)).isZero();
        assertThat(read(OLD, 4).get32(0)).isEqualTo(0x200);
        assertThat(call(way, Syscall.SIGNAL, Signal.SIGUSR1, 1)).isZero();
        assertThat(call(way, Syscall.SIGNAL, Signal.SIGUSR1, 0)).isEqualTo(1);
        assertThat(call(way, Syscall.SIGNAL, Signal.SIGKILL, 0)).isEqualTo(error(Errno.EINVAL));
        UserStructure action = new UserStructure(16);
        action.set32(0, 1);
        action.set32(4, 0x7000);
        action.set32(8, 4);
        action.to(thread.task().uaccess(), SET);
        assertThat(call(way, Syscall.SIGACTION, Signal.SIGUSR2, SET, 0)).isZero();
        assertThat(call(way, Syscall.SIGACTION, Signal.SIGUSR2, 0, OLD)).isZero();
        assertThat(read(OLD, 16).get32(0)).isEqualTo(1);
        assertThat(read(OLD, 16).get32(4)).isEqualTo(0x7000);
        put(SET, 0x400);
        assertThat(call(way, Syscall.SIGPROCMASK, SIG_SETMASK, SET, OLD)).isZero();
        assertThat(read(OLD, 4).get32(0)).isEqualTo(0x200);
        assertThat(call(way, Syscall.SGETMASK)).isEqualTo(0x400);
    }

    @Test
    void waitingEndsWithASignal() throws Exception {
        handle(Signal.SIGUSR1, 0);
        Thread waker = wakeLater(Signal.SIGUSR1);
        assertThat(call(CallingWay.SYSCALL, Syscall.PAUSE)).isEqualTo(error(Errno.EINTR));
        waker.join();
        put(SET, 0);
        waker = wakeLater(Signal.SIGUSR1);
        assertThat(call(CallingWay.INT80_64, Syscall.RT_SIGSUSPEND, SET, 8)).isEqualTo(error(Errno.EINTR));
        waker.join();
        block(CallingWay.SYSCALL, SIG_BLOCK, Signal.mask(Signal.SIGUSR2));
        waker = wakeLater(Signal.SIGUSR2);
        assertThat(call(CallingWay.SYSCALL, Syscall.RT_SIGTIMEDWAIT, SET, 0, 0, 8))
                .isEqualTo(Signal.SIGUSR2);
        waker.join();
        waker = wakeLater(Signal.SIGUSR1);
        assertThat(call(CallingWay.SYSCALL, Syscall.RT_SIGTIMEDWAIT, SET, 0, 0, 8))
                .isEqualTo(error(Errno.EINTR));
        waker.join();
    }

    /** Sends to the process once the thread sleeps. */
    private Thread wakeLater(int signal) {
        return Thread.ofPlatform().start(() -> {
            while (!thread.task().isAsleep()) {
                java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            machine.process().send(Signal.of(signal));
        });
    }

    @Test
    void aSignalForTheProcessEndsIt() {
        machine.process().send(Signal.of(Signal.SIGTERM));

        assertThat(thread.task().end()).hasToString("killed by SIGTERM");
    }
}
