package dev.trapgate.bench.typed;

import dev.trapgate.Linux;
import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import dev.trapgate.event.EpollEvents;
import dev.trapgate.event.EpollFlags;
import dev.trapgate.event.EpollList;
import dev.trapgate.event.EventfdFlags;
import dev.trapgate.fs.AtFlags;
import dev.trapgate.fs.OpenFlags;
import dev.trapgate.fs.Statx;
import dev.trapgate.fs.StatxMask;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Timespec;
import dev.trapgate.time.Clock;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The same call through the same gate, typed and raw: the difference is what types, checks and error handling cost. Prompt
 * calls go by critical linkage where typed, so they are compared with raw ones by both linkages.
 *
 * <p>{@code java -jar target/benchmarks.jar TypedAndRaw -prof gc}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class TypedAndRaw {

    private static final Linux LINUX = Linux.host();
    private static final SyscallEntry ENTRY = LINUX.kernel().entry();
    private static final SyscallEntry CRITICAL = ENTRY.critical();

    private static final int GETPPID = Syscall.GETPPID.number(Abi.X86_64);
    private static final int READ = Syscall.READ.number(Abi.X86_64);
    private static final int STATX = Syscall.STATX.number(Abi.X86_64);
    private static final int EPOLL_WAIT = Syscall.EPOLL_WAIT.number(Abi.X86_64);
    private static final int CLOCK_GETTIME = Syscall.CLOCK_GETTIME.number(Abi.X86_64);
    private static final int AT_FDCWD = -100;

    private static final UserMemory.Scope SCOPE = LINUX.memory().open();
    private static final Timespec TIME = Timespec.in(SCOPE);
    private static final Statx STATUS = Statx.in(SCOPE);
    private static final EpollList EVENTS = EpollList.in(SCOPE, 4);
    private static final String PATH = "/dev/null";
    private static final UserBuffer NAME = SCOPE.allocate(16, 1);
    private static final MemorySegment ONE = Arena.global().allocate(1);
    private static final FileDescriptor ZERO = LINUX.fs().open("/dev/zero", OpenFlags.O_RDONLY.or(OpenFlags.O_CLOEXEC));
    private static final int ZERO_NUMBER = ZERO.number();
    private static final FileDescriptor EPOLL = LINUX.event().epollCreate(EpollFlags.EPOLL_CLOEXEC);
    private static final int EPOLL_NUMBER = EPOLL.number();

    static {
        NAME.segment().setString(0, PATH);
        FileDescriptor ready = LINUX.event().eventfd(1, EventfdFlags.EFD_CLOEXEC);
        LINUX.event().epollAdd(EPOLL, ready, EpollEvents.EPOLLIN, 7);
    }

    private static final long NAME_ADDRESS = NAME.address();
    private static final long STATX_ADDRESS = STATUS.buffer().address();
    private static final long EVENTS_ADDRESS = EVENTS.buffer().address();
    private static final long TIME_ADDRESS = TIME.buffer().address();
    private static final long ONE_ADDRESS = ONE.address();

    @Benchmark
    public long getppidTyped() {
        return LINUX.process().getppid().value();
    }

    @Benchmark
    public long getppidRaw() {
        return ENTRY.enter(GETPPID, 0, 0, 0, 0, 0, 0);
    }

    @Benchmark
    public long getppidRawCritical() {
        return CRITICAL.enter(GETPPID, 0, 0, 0, 0, 0, 0);
    }

    @Benchmark
    public long readTyped() {
        return LINUX.io().read(ZERO, ONE);
    }

    @Benchmark
    public long readRaw() {
        return ENTRY.enter(READ, ZERO_NUMBER, ONE_ADDRESS, 1, 0, 0, 0);
    }

    @Benchmark
    public long statxTyped() {
        LINUX.fs().statx(PATH, AtFlags.NONE, StatxMask.STATX_BASIC_STATS, STATUS);
        return STATUS.ino();
    }

    @Benchmark
    public long statxRaw() {
        return ENTRY.enter(STATX, AT_FDCWD, NAME_ADDRESS, 0, 0x7ff, STATX_ADDRESS, 0);
    }

    @Benchmark
    public long epollWaitTyped() {
        return LINUX.event().epollWait(EPOLL, EVENTS, 0);
    }

    @Benchmark
    public long epollWaitRaw() {
        return ENTRY.enter(EPOLL_WAIT, EPOLL_NUMBER, EVENTS_ADDRESS, 4, 0, 0, 0);
    }

    @Benchmark
    public long clockGettimeTyped() {
        LINUX.time().clockGettime(Clock.CLOCK_MONOTONIC, TIME);
        return TIME.nanoseconds();
    }

    @Benchmark
    public long clockGettimeNanos() {
        return LINUX.time().nanos(Clock.CLOCK_MONOTONIC);
    }

    @Benchmark
    public long clockGettimeRaw() {
        return ENTRY.enter(CLOCK_GETTIME, 1, TIME_ADDRESS, 0, 0, 0, 0);
    }

    @Benchmark
    public long clockGettimeRawCritical() {
        return CRITICAL.enter(CLOCK_GETTIME, 1, TIME_ADDRESS, 0, 0, 0, 0);
    }
}
