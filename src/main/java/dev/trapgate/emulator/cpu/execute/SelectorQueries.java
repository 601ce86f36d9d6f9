package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.cpu.SelectorQuery;
import dev.trapgate.emulator.cpu.decode.DecodedInstruction;

/** Instructions that ask about a selector and answer in ZF: LAR, LSL, VERR, VERW, ARPL (SDM vol. 2). */
final class SelectorQueries {

    private static final int WORD = 0xffff;
    private static final int RPL = 3;

    private SelectorQueries() {}

    /** Asks for a number. */
    @FunctionalInterface
    private interface Query {
        long of(Cpu cpu, int selector);
    }

    /** Asks yes or no. */
    @FunctionalInterface
    private interface Verification {
        boolean of(Cpu cpu, int selector);
    }

    static Step rights(DecodedInstruction decoded, CodeKind kind) {
        return number(decoded, kind, SelectorQuery::rights);
    }

    static Step limit(DecodedInstruction decoded, CodeKind kind) {
        return number(decoded, kind, SelectorQuery::limit);
    }

    /** Without an answer the destination stays as it is, its upper half too. */
    private static Step number(DecodedInstruction decoded, CodeKind kind, Query query) {
        Place to = Places.place(decoded.operand(0), kind);
        Source selector = Places.source(decoded.operand(1), kind);
        return core -> {
            long answer = query.of(core.cpu, (int) selector.get(core) & WORD);
            answer(core, answer != SelectorQuery.NOTHING);
            if (answer != SelectorQuery.NOTHING) {
                to.set(core, answer);
            }
        };
    }

    static Step isReadable(DecodedInstruction decoded, CodeKind kind) {
        return verification(decoded, kind, SelectorQuery::isReadable);
    }

    static Step isWritable(DecodedInstruction decoded, CodeKind kind) {
        return verification(decoded, kind, SelectorQuery::isWritable);
    }

    private static Step verification(DecodedInstruction decoded, CodeKind kind, Verification verification) {
        Source selector = Places.source(decoded.operand(0), kind);
        return core -> answer(core, verification.of(core.cpu, (int) selector.get(core) & WORD));
    }

    /** ARPL: the destination's privilege level is made no better than the source's. */
    static Step adjustPrivilege(DecodedInstruction decoded, CodeKind kind) {
        Place to = Places.place(decoded.operand(0), kind);
        Source from = Places.source(decoded.operand(1), kind);
        return core -> {
            int selector = (int) to.get(core) & WORD;
            int level = (int) from.get(core) & RPL;
            boolean raised = (selector & RPL) < level;
            if (raised) {
                to.set(core, selector & ~RPL | level);
            }
            answer(core, raised);
        };
    }

    private static void answer(Core core, boolean yes) {
        long others = core.flags.get() & ~Flags.ZF;
        core.flags.set(yes ? others | Flags.ZF : others);
    }
}
