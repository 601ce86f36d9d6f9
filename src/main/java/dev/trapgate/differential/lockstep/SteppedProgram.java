package dev.trapgate.differential.lockstep;

import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.EmulatedThread;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.AddressSpace;
import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.CpuListener;
import dev.trapgate.emulator.cpu.Descriptor.Width;
import dev.trapgate.emulator.cpu.Fault;
import dev.trapgate.emulator.cpu.ModelSpecificRegisters;
import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.cpu.Paging;
import dev.trapgate.emulator.cpu.SegmentRegister;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.decode.Decoder;
import dev.trapgate.emulator.cpu.decode.Mode;
import dev.trapgate.emulator.linux.arch.x86.FloatingPoint;
import dev.trapgate.emulator.linux.arch.x86.Tls;
import dev.trapgate.emulator.linux.mm.Vma;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The interpreter's side: a processor in the state of the real process, with a copy of its memory, and no kernel. A fault is
 * told, not taken.
 */
final class SteppedProgram implements AutoCloseable {

    private static final int FIRST_THREAD_AREA = 12;
    private static final int THREAD_AREAS = 3;
    private static final int PAGE = PageFrames.PAGE_SIZE;
    private static final long MOST_MEMORY = 1L << 30;

    /** What the last instruction has written: addresses and sizes. */
    record Write(long address, int size) {}

    private final EmulatedMachine machine;
    private final EmulatedThread thread;
    private final Cpu cpu;
    private final MemorySegment floatingPoint = MemorySegment.ofArray(new long[FloatingPoint.FXSAVE_SIZE / Long.BYTES]);
    private final List<Write> writes = new ArrayList<>();
    private final Map<Mapping, PageFrames> memory = new HashMap<>();
    private List<Mapping> mappings = List.of();
    private Width width = Width.BITS_16;

    SteppedProgram(Vendor vendor) {
        this.machine = new EmulatedMachine(KernelGeneration.MODERN, vendor);
        this.thread = machine.newThread();
        this.cpu = thread.cpu();
        AddressSpace space = cpu.mmu().space();
        for (Vma area : machine.process().mm().areas()) {
            space.unmap(area.start(), area.pages());
        }
        cpu.listen(new CpuListener() {
            @Override
            public void memoryWritten(long linear, int size, long value) {
                writes.add(new Write(linear, size));
            }
        });
    }

    /** Takes all of a process's state over, but not the memory that it cannot have changed. */
    void adopt(TracedProcess process) throws IOException, LockstepException {
        Registers registers = process.registers();
        Width running = registers.is64Bit() ? Width.BITS_64 : Width.BITS_32;
        if (running != width) {
            thread.begin(running);
            width = running;
        }
        adoptMemory(process);
        if (running == Width.BITS_32) {
            adoptThreadAreas(process);
        }
        adoptRegisters(registers);
        if (!thread.task().floatingPoint().load(process.floatingPoint())) {
            throw new LockstepException("its floating-point registers are none that the interpreter can have");
        }
        writes.clear();
    }

    private void adoptRegisters(Registers from) {
        for (int place = 0; place < Registers.COUNT; place++) {
            int number = Registers.encoding(place);
            if (number >= 0) {
                cpu.registers().set(number, from.get(place));
            }
        }
        cpu.setRip(from.get(Registers.RIP));
        cpu.setRflags(from.get(Registers.EFLAGS));
        load(cpu.segments().ds(), from.get(Registers.DS));
        load(cpu.segments().es(), from.get(Registers.ES));
        load(cpu.segments().fs(), from.get(Registers.FS));
        load(cpu.segments().gs(), from.get(Registers.GS));
        if (width == Width.BITS_64) {
            cpu.msrs().write(ModelSpecificRegisters.FS_BASE, from.get(Registers.FS_BASE));
            cpu.msrs().write(ModelSpecificRegisters.GS_BASE, from.get(Registers.GS_BASE));
        }
    }

    private void load(SegmentRegister register, long selector) {
        if (selector == 0) {
            register.load(0, 0);
        } else {
            cpu.loadSegment(register, (int) selector);
        }
    }

    private void adoptThreadAreas(TracedProcess process) throws LockstepException {
        for (int entry = FIRST_THREAD_AREA; entry < FIRST_THREAD_AREA + THREAD_AREAS; entry++) {
            int[] area = process.threadArea(entry);
            Tls.describe(cpu, entry, area[0], area[1], area[2]);
        }
    }

    /** Maps what the process has mapped. {@return whether that has changed} */
    boolean adoptMappings(TracedProcess process) throws IOException, LockstepException {
        List<Mapping> now = process.mappings();
        if (now.equals(mappings)) {
            return false;
        }
        AddressSpace space = cpu.mmu().space();
        for (Mapping gone : mappings) {
            space.unmap(gone.start(), gone.size() / PAGE);
        }
        memory.clear();
        mappings = now;
        if (now.stream().mapToLong(Mapping::size).sum() > MOST_MEMORY) {
            throw new LockstepException("it has more than a gibibyte of memory");
        }
        for (Mapping mapping : now) {
            map(process, mapping);
        }
        return true;
    }

    private void map(TracedProcess process, Mapping mapping) throws IOException {
        int pages = (int) (mapping.size() / PAGE);
        PageFrames frames = new PageFrames(pages);
        frames.bytes().copyFrom(MemorySegment.ofBuffer(read(process, mapping)));
        int rights = (mapping.readable() ? Paging.USER : 0)
                | (mapping.writable() ? Paging.WRITE | Paging.USER : 0)
                | (mapping.executable() ? Paging.EXECUTE | Paging.USER : 0);
        cpu.mmu().space().map(mapping.start(), frames, 0, pages, rights);
        memory.put(mapping, frames);
    }

    private void adoptMemory(TracedProcess process) throws IOException, LockstepException {
        if (adoptMappings(process)) {
            return;
        }
        for (Mapping mapping : mappings) {
            if (mapping.writable()) {
                adoptPages(mapping, MemorySegment.ofBuffer(read(process, mapping)));
            }
        }
    }

    /** Only what differs is written, by way of the processor: code that was decoded from it is then decoded anew. */
    private void adoptPages(Mapping mapping, MemorySegment now) {
        MemorySegment own = frames(mapping).bytes();
        long at = own.mismatch(now);
        while (at >= 0 && at < now.byteSize()) {
            long page = at & -PAGE;
            cpu.mmu().copyTo(mapping.start() + page, Paging.READ, now, page, PAGE);
            long rest = own.asSlice(page + PAGE).mismatch(now.asSlice(page + PAGE));
            at = rest < 0 ? -1 : page + PAGE + rest;
        }
    }

    /** {@return the first address at which memory that may be written differs from the process's; -1 if none does} */
    long differentMemory(TracedProcess process) throws IOException {
        for (Mapping mapping : mappings) {
            if (mapping.writable()) {
                ByteBuffer now = read(process, mapping);
                long at = frames(mapping).bytes().asSlice(0, now.limit()).mismatch(MemorySegment.ofBuffer(now));
                if (at >= 0) {
                    return mapping.start() + at;
                }
            }
        }
        return -1;
    }

    private PageFrames frames(Mapping mapping) {
        PageFrames frames = memory.get(mapping);
        if (frames == null) {
            throw new IllegalStateException(mapping + " has not been mapped");
        }
        return frames;
    }

    /** {@return a mapping's bytes, as many as there are: behind a file's end there are none} */
    private static ByteBuffer read(TracedProcess process, Mapping mapping) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(mapping.size()));
        process.read(mapping.start(), bytes);
        return bytes.flip();
    }

    /** {@return what the next instruction is; null if it is none, or cannot be fetched} */
    @Nullable
    DecodedInstruction next() {
        byte[] bytes = instructionBytes(cpu.rip());
        if (bytes.length == 0) {
            return null;
        }
        Decoder decoder = new Decoder((start, count) -> bytes[count] & 0xff);
        return decoder.decode(cpu.rip(), width == Width.BITS_64 ? Mode.BITS_64 : Mode.BITS_32);
    }

    /** {@return the bytes of the instruction at an address, or those that show that it is none; none if they cannot be fetched} */
    byte[] instructionBytes(long address) {
        return thread.interpreter().instructionBytes(address);
    }

    /** Executes one instruction, and of a repeated one some repetitions. {@return its fault, or {@link Fault#NONE}} */
    int step() {
        return thread.interpreter().step();
    }

    /** {@return whether the last instruction keeps interrupts and traps off for the next one} */
    boolean isShadowed() {
        return !thread.interpreter().isInterruptible();
    }

    long rip() {
        return cpu.rip();
    }

    /** Sets the flags to what the process has where the manuals do not say what they are. */
    void setFlags(long flags) {
        cpu.setRflags(flags);
    }

    /** {@return what was written since this was last asked} */
    List<Write> writes() {
        List<Write> written = List.copyOf(writes);
        writes.clear();
        return written;
    }

    /** {@return the lowest address that was written since {@link #writes} was last asked; -1 if none was} */
    long lowestWrite() {
        return writes.stream().mapToLong(Write::address).min().orElse(-1);
    }

    /** Reads what has been written. */
    byte[] bytes(Write write) {
        byte[] bytes = new byte[write.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) cpu.mmu().read8(write.address() + i, Paging.READ);
        }
        return bytes;
    }

    /** {@return the registers, orig_rax being 0} */
    Registers registers() {
        long[] values = new long[Registers.COUNT];
        for (int place = 0; place < values.length; place++) {
            int number = Registers.encoding(place);
            if (number >= 0) {
                values[place] = cpu.registers().get(number);
            }
        }
        values[Registers.RIP] = cpu.rip();
        values[Registers.EFLAGS] = cpu.rflags();
        values[Registers.CS] = cpu.segments().cs().selector();
        values[Registers.SS] = cpu.segments().ss().selector();
        values[Registers.DS] = cpu.segments().ds().selector();
        values[Registers.ES] = cpu.segments().es().selector();
        values[Registers.FS] = cpu.segments().fs().selector();
        values[Registers.GS] = cpu.segments().gs().selector();
        values[Registers.FS_BASE] = cpu.segments().fs().base();
        values[Registers.GS_BASE] = cpu.segments().gs().base();
        return Registers.of(values);
    }

    /** {@return what FXSAVE64 would write; good until the next call} */
    MemorySegment floatingPoint() {
        thread.task().floatingPoint().save(floatingPoint);
        return floatingPoint;
    }

    @Override
    public void close() {
        machine.close();
    }
}
