package dev.trapgate.bench.call;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.bench.peer.Glibc;
import dev.trapgate.bench.peer.Jna;
import dev.trapgate.bench.peer.JnaDirect;
import dev.trapgate.bench.peer.JniCalls;
import dev.trapgate.bench.peer.JnrFfi;
import dev.trapgate.bindings.memory_h;
import dev.trapgate.cli.CostMeasurement.Effort;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.mm.MapFlags;
import dev.trapgate.mm.Protection;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;

/** Maps a page and takes it away again, untouched: two calls count as one operation. */
public class MmapMunmap extends ByEveryGate {
    private static final int MMAP = Syscall.MMAP.number(Abi.X86_64);
    private static final int MUNMAP = Syscall.MUNMAP.number(Abi.X86_64);
    private static final int MMAP_I386 = Syscall.MMAP2.number(Abi.I386);
    private static final int MUNMAP_I386 = Syscall.MUNMAP.number(Abi.I386);
    private static final long PAGE = 4096;
    private static final int PROTECTION = 3; // PROT_READ|PROT_WRITE
    private static final int MAPPING = 0x22; // MAP_PRIVATE|MAP_ANONYMOUS
    private static final int NO_FILE = -1;
    private static final LoopsInC LOOPS = LoopsInC.of("mmap", 0);

    @Override
    protected long call(SyscallEntry gate, GateMemory memory) {
        long page = gate.enter(MMAP, 0, PAGE, PROTECTION, MAPPING, NO_FILE, 0);
        return gate.enter(MUNMAP, page, PAGE, 0, 0, 0, 0);
    }

    @Override
    protected long callI386(SyscallEntry gate, GateMemory memory) {
        long page = gate.enter(MMAP_I386, 0, PAGE, PROTECTION, MAPPING, NO_FILE, 0);
        return gate.enter(MUNMAP_I386, page, PAGE, 0, 0, 0, 0);
    }

    @Override
    protected LoopsInC loops() {
        return LOOPS;
    }

    @Benchmark
    @Measured(caller = Caller.JAVA, gate = Gate.EMULATED_SYSCALL, from = Effort.FULL)
    public long emulatedSyscall() {
        return call(OpenGates.EmulatedSyscall.ENTRY, OpenGates.EmulatedSyscall.MEMORY);
    }

    @Benchmark
    @Measured(caller = Caller.TYPED, gate = Gate.SYSCALL)
    public long typed() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment page = OpenGates.Typed.LINUX
                    .mm()
                    .mmap(arena, PAGE, Protection.PROT_READ.or(Protection.PROT_WRITE), MapFlags.MAP_PRIVATE);
            return page.byteSize() - PAGE;
        }
    }

    @Benchmark
    @Measured(caller = Caller.FFM, gate = Gate.GLIBC)
    public long ffm() {
        return Glibc.munmap(Glibc.mmap(MemorySegment.NULL, PAGE, PROTECTION, MAPPING, NO_FILE, 0), PAGE);
    }

    @Benchmark
    @Measured(caller = Caller.JEXTRACT, gate = Gate.GLIBC)
    public long jextract() {
        return memory_h.munmap(memory_h.mmap(MemorySegment.NULL, PAGE, PROTECTION, MAPPING, NO_FILE, 0), PAGE);
    }

    @Benchmark
    @Measured(caller = Caller.JNI, gate = Gate.GLIBC)
    public long jni() {
        return JniCalls.munmap(JniCalls.mmap(0, PAGE, PROTECTION, MAPPING, NO_FILE, 0), PAGE);
    }

    @Benchmark
    @Measured(caller = Caller.JNA_DIRECT, gate = Gate.GLIBC)
    public long jnaDirect() {
        return JnaDirect.munmap(JnaDirect.mmap(null, PAGE, PROTECTION, MAPPING, NO_FILE, 0), PAGE);
    }

    @Benchmark
    @Measured(caller = Caller.JNA, gate = Gate.GLIBC, from = Effort.FULL)
    public long jna() {
        return Jna.C.munmap(Jna.C.mmap(null, PAGE, PROTECTION, MAPPING, NO_FILE, 0), PAGE);
    }

    @Benchmark
    @Measured(caller = Caller.JNR_FFI, gate = Gate.GLIBC, from = Effort.FULL)
    public long jnrFfi() {
        return JnrFfi.C.munmap(JnrFfi.C.mmap(null, PAGE, PROTECTION, MAPPING, NO_FILE, 0), PAGE);
    }
}
