package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.CodePage;
import dev.trapgate.emulator.cpu.PageFrames;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Instructions that are executed one after the other, of which only the last may go elsewhere: a basic block. It may be
 * executed by several processors at once.
 *
 * <p>A block whose bytes have changed has {@link #CHANGED} in place of all its steps: whoever is executing it notices at the
 * next one.
 */
final class Block implements CodePage.Code {

    /** Thrown by the steps of a block whose bytes have changed. */
    static final class ChangedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        ChangedException() {
            super("the code has changed", null, false, false);
        }
    }

    private static final Step CHANGED = core -> {
        throw core.changed;
    };

    /** No block: it counts as changed, should its address ever be asked for. */
    static final Block NONE = new Block(CodeKind.BITS_64, new Step[] {CHANGED}, new long[] {1L << 63 | 1});

    final CodeKind kind;
    final long start;

    /** Where it goes on if its last instruction does not say otherwise. */
    final long end;

    final Step[] steps;

    /** Where each instruction is, and the one after the last. */
    private final long[] addresses;

    /** The blocks to which this one has led; which is which does not matter. */
    private Block first;

    private Block second;

    /**
     * Makes a block.
     *
     * @param kind what code it is
     * @param steps its instructions
     * @param addresses where they are, and where the one after the last is
     */
    Block(CodeKind kind, Step[] steps, long[] addresses) {
        this.kind = kind;
        this.steps = steps;
        this.addresses = addresses;
        this.start = addresses[0];
        this.end = addresses[addresses.length - 1];
        this.first = this;
        this.second = this;
    }

    /** {@return where an instruction is} */
    long address(int number) {
        return addresses[number];
    }

    /** {@return the block at an address if this one has led there before, else {@link #NONE}} */
    Block successor(long address) {
        Block likely = first;
        if (likely.start == address) {
            return likely;
        }
        Block other = second;
        return other.start == address ? other : NONE;
    }

    /** Remembers where it has led; blocks of the same kind alone. The first two are kept. */
    void leadsTo(Block next) {
        if (next.kind != kind) {
            return;
        }
        if (first == this || isChanged(first)) {
            first = next;
        } else if (second == this || isChanged(second)) {
            second = next;
        }
    }

    boolean isChanged() {
        return isChanged(this);
    }

    private static boolean isChanged(Block block) {
        return block.steps[0] == CHANGED;
    }

    /** Steps know no processor, so that they can be shared; what it has led to is another space's. */
    @Override
    public CodePage.@Nullable Code copy() {
        boolean inOnePage = (end - 1) >>> PageFrames.PAGE_SHIFT == start >>> PageFrames.PAGE_SHIFT;
        Step[] copied = steps.clone();
        return inOnePage && copied[0] != CHANGED ? new Block(kind, copied, addresses) : null;
    }

    @Override
    public void invalidate() {
        Arrays.fill(steps, CHANGED);
    }
}
