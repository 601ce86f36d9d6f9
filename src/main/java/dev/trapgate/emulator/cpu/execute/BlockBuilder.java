package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.CodePage;
import dev.trapgate.emulator.cpu.Fault;
import dev.trapgate.emulator.cpu.Mmu;
import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.cpu.Paging;
import dev.trapgate.emulator.cpu.RaisedFault;
import dev.trapgate.emulator.cpu.Vector;
import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.decode.Decoder;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers instructions into blocks, and keeps those with the pages from which they were decoded. */
final class BlockBuilder {

    private static final int MOST_INSTRUCTIONS = 64;
    private static final int LONGEST_INSTRUCTION = 15;
    private static final int PAGE_SHIFT = PageFrames.PAGE_SHIFT;

    private final Core core;
    private final Mmu mmu;
    private final Decoder decoder = new Decoder(this::fetch);

    BlockBuilder(Core core) {
        this.core = core;
        this.mmu = core.cpu.mmu();
    }

    /**
     * Finds the block at an address, or builds it.
     *
     * @param address an offset in the code segment
     * @return the block
     * @throws RaisedFault if its first instruction cannot be fetched
     */
    Block block(long address) {
        long linear = linear(address);
        CodePage page = page(linear);
        long key = address ^ core.kind().key();
        if (page.find(key) instanceof Block known) {
            return known;
        }
        Block built = build(address);
        page.keep(key, built);
        long last = linear(built.end) - 1;
        if (last >>> PAGE_SHIFT != linear >>> PAGE_SHIFT) {
            page(last).keepEnd(built);
        }
        return built;
    }

    /** {@return the instruction at an address; null if there is none} */
    @Nullable
    DecodedInstruction decode(long address) {
        return decoder.decode(address, core.kind().mode());
    }

    /** {@return the bytes that are looked at to decode an instruction; none if they cannot be fetched} */
    byte[] bytes(long address) {
        try {
            decode(address);
            byte[] bytes = new byte[decoder.fetched()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) fetch(address, i);
            }
            return bytes;
        } catch (RaisedFault unreadable) {
            return new byte[0];
        }
    }

    private CodePage page(long linear) {
        CodePage page = mmu.codePage(linear);
        if (page == null) {
            throw core.memory.fault(mmu.takeFault());
        }
        return page;
    }

    private Block build(long start) {
        List<Step> steps = new ArrayList<>();
        List<Long> addresses = new ArrayList<>();
        long address = start;
        boolean goesOn = true;
        while (goesOn) {
            DecodedInstruction decoded;
            try {
                decoded = decode(address);
            } catch (RaisedFault fault) {
                if (steps.isEmpty()) {
                    throw fault;
                }
                break;
            }
            addresses.add(address);
            if (decoded == null) {
                steps.add(InstructionSet.UNDEFINED);
                address += decoder.fetched();
                break;
            }
            steps.add(InstructionSet.step(decoded, core.kind()));
            address = decoded.next();
            goesOn = !InstructionSet.endsBlock(decoded)
                    && steps.size() < MOST_INSTRUCTIONS
                    && address >>> PAGE_SHIFT == start >>> PAGE_SHIFT;
        }
        addresses.add(address);
        return new Block(
                core.kind(),
                steps.toArray(Step[]::new),
                addresses.stream().mapToLong(Long::longValue).toArray());
    }

    private long linear(long address) {
        return core.kind() == CodeKind.BITS_64
                ? address
                : address + core.cpu.segments().cs().base() & 0xffff_ffffL;
    }

    private int fetch(long start, int count) {
        if (count == LONGEST_INSTRUCTION) {
            throw core.raise(Vector.GP);
        }
        long address = start + count;
        if (core.kind() != CodeKind.BITS_64
                && (address & 0xffff_ffffL) > core.cpu.segments().cs().limit()) {
            throw core.raise(Vector.GP);
        }
        MemorySegment bytes = mmu.pageRest(linear(address), core.cpu.access() | Paging.EXECUTE);
        if (bytes == null) {
            int fault = mmu.takeFault();
            throw core.memory.fault(fault == Fault.NONE ? Fault.of(Vector.GP) : fault);
        }
        return bytes.get(ValueLayout.JAVA_BYTE, 0) & 0xff;
    }
}
