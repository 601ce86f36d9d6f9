package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.AddressSpace;
import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.Fault;
import dev.trapgate.emulator.cpu.RaisedFault;
import dev.trapgate.emulator.cpu.Vector;
import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.decode.Operand;
import dev.trapgate.emulator.cpu.decode.Segment;
import java.util.Arrays;

/**
 * Executes a program's instructions on a processor: the instruction set of i686 and x86-64-v1 with x87, MMX, SSE and
 * SSE2.
 *
 * <p>What it keeps of the program's code follows the code: a byte that is written, by whatever way and whichever processor,
 * is seen by the next instruction. One thread at a time may use an interpreter.
 */
public final class Interpreter {

    private static final int SLOTS = 4096;
    private static final int FETCHING = -1;

    private final Core core;
    private final BlockBuilder builder;
    private final Block[] recent = new Block[SLOTS];
    private AddressSpace space;
    private long executed;
    private long faultedAt;

    /**
     * Makes an interpreter.
     *
     * @param cpu the processor on which it executes
     */
    public Interpreter(Cpu cpu) {
        this.core = new Core(cpu);
        this.builder = new BlockBuilder(core);
        this.space = cpu.mmu().space();
        Arrays.fill(recent, Block.NONE);
    }

    /** {@return what CPUID tells of the processor in edx of leaf 1, which AT_HWCAP repeats} */
    public static int features() {
        return Identification.FEATURES_EDX;
    }

    /** {@return how many instructions were executed so far} */
    public long executed() {
        return executed;
    }

    /**
     * Executes the instruction at the instruction pointer; a repeated one may need more than one turn.
     *
     * @return its fault, or {@link Fault#NONE}
     */
    public int step() {
        begin(0);
        long address = core.next;
        while (true) {
            try {
                Block block = find(address);
                core.next = block.address(1);
                block.steps[0].execute(core);
                core.end(core.next);
                executed++;
                return Fault.NONE;
            } catch (RaisedFault raised) {
                return fault(raised, address);
            } catch (Block.ChangedException changed) {
                core.next = address;
            }
        }
    }

    /**
     * Executes instructions until there is a reason not to: a fault, a way into the kernel, a change of segments or of the flags
     * that concern the processor, or the end of the budget.
     *
     * @param budget about how many instructions may be executed, at least 1
     * @return the fault of the instruction at the instruction pointer, or {@link Fault#NONE}
     */
    public int run(long budget) {
        begin(budget);
        Block block = Block.NONE;
        int done = FETCHING;
        while (true) {
            try {
                do {
                    done = FETCHING;
                    Block successor = block.successor(core.next);
                    block = successor == Block.NONE ? next(block) : successor;
                    done = 0;
                    Step[] steps = block.steps;
                    core.next = block.end;
                    core.budget -= steps.length;
                    for (; done < steps.length; done++) {
                        steps[done].execute(core);
                    }
                } while (core.budget > 0);
                executed += budget - core.budget();
                core.end(core.next);
                return Fault.NONE;
            } catch (RaisedFault raised) {
                if (done == FETCHING) {
                    executed += budget - core.budget();
                    return fault(raised, core.next);
                }
                executed += budget - core.budget() - block.steps.length + done;
                return fault(raised, block.address(done));
            } catch (Block.ChangedException changed) {
                core.budget += block.steps.length - done;
                core.next = block.address(done);
                block = Block.NONE;
            }
        }
    }

    private void begin(long budget) {
        core.begin();
        core.budget = budget;
        if (space != core.cpu.mmu().space()) {
            space = core.cpu.mmu().space();
            Arrays.fill(recent, Block.NONE);
        }
    }

    private Block next(Block from) {
        Block found = find(core.next);
        if (from != Block.NONE) {
            from.leadsTo(found);
        }
        return found;
    }

    private Block find(long address) {
        int slot = (int) (address ^ address >>> 12) & SLOTS - 1;
        Block block = recent[slot];
        if (block.start != address || block.kind != core.kind() || block.isChanged()) {
            block = builder.block(address);
            recent[slot] = block;
        }
        return block;
    }

    /** {@return whether an interrupt may come now: not right after SS was loaded (SDM vol. 3, 7.8.3)} */
    public boolean isInterruptible() {
        return !core.shadow;
    }

    /** {@return where the last instruction that faulted is} */
    public long faultedAt() {
        return faultedAt;
    }

    /**
     * {@return the bytes that were looked at to find that there is no instruction at an address, or those of the instruction; none
     * if they cannot be fetched}
     */
    public byte[] instructionBytes(long address) {
        core.begin();
        return builder.bytes(address);
    }

    private int fault(RaisedFault raised, long address) {
        faultedAt = address;
        int fault = raised.fault();
        core.end(address);
        boolean general = fault == Fault.of(Vector.GP) && core.kind() == CodeKind.BITS_64;
        return general && isByStack(address) ? Fault.of(Vector.SS) : fault;
    }

    /** An address that is not canonical is #SS(0), not #GP(0), where the operand's segment is SS. */
    private boolean isByStack(long address) {
        try {
            DecodedInstruction decoded = builder.decode(address);
            if (decoded == null) {
                return false;
            }
            return decoded.operands().stream()
                    .anyMatch(operand -> operand instanceof Operand.Memory memory
                            && memory.segment() == Segment.SS
                            && (isFar(decoded) || !isCanonical(memory)));
        } catch (RaisedFault gone) {
            return false;
        }
    }

    /** {@return whether an instruction may reach further than its operand: by the number of a bit} */
    private static boolean isFar(DecodedInstruction decoded) {
        return switch (decoded.operation()) {
            case BT, BTS, BTR, BTC -> true;
            default -> false;
        };
    }

    private boolean isCanonical(Operand.Memory memory) {
        long offset = Address.of(memory, core.kind()).offset(core);
        return offset << 16 >> 16 == offset;
    }
}
