package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.X87Registers;
import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import org.jspecify.annotations.Nullable;

/** The x87's control instructions (SDM vol. 2, FLDCW, FNSTCW, FNSTSW, FNCLEX, FNINIT, FNSTENV, FLDENV, FNSAVE, FRSTOR, FFREE, FINCSTP, FWAIT). */
final class X87Control {

    private static final int EXCEPTIONS = 0x3f;
    private static final int FLAGS =
            EXCEPTIONS | X87Registers.STACK_FAULT | X87Registers.ERROR_SUMMARY | X87Registers.BUSY;

    private X87Control() {}

    /** {@return the step of an instruction, if it is one of these} */
    static @Nullable Step of(DecodedInstruction decoded, CodeKind kind) {
        return switch (decoded.operation()) {
            case FNOP, FWAIT -> core -> core.stack.await(core);
            case FLDCW -> {
                Source source = Places.source(decoded.operand(0), kind);
                yield core -> {
                    core.stack.await(core);
                    core.x87.setControl((int) source.get(core));
                };
            }
            case FNSTCW -> {
                Place to = Places.place(decoded.operand(0), kind);
                yield core -> to.set(core, core.x87.control());
            }
            case FNSTSW -> {
                Place to = Places.place(decoded.operand(0), kind);
                yield core -> to.set(core, core.x87.status());
            }
            case FNCLEX -> core -> core.x87.setStatus(core.x87.status() & ~FLAGS);
            case FNINIT -> core -> core.x87.initialize();
            case FDECSTP -> moveTop(-1);
            case FINCSTP -> moveTop(1);
            case FFREE, FFREEP -> free(decoded);
            case FNSTENV -> X87Environment.store(decoded, kind, X87Environment.Extent.ENVIRONMENT);
            case FNSAVE -> X87Environment.store(decoded, kind, X87Environment.Extent.ALL);
            case FLDENV -> X87Environment.load(decoded, kind, X87Environment.Extent.ENVIRONMENT);
            case FRSTOR -> X87Environment.load(decoded, kind, X87Environment.Extent.ALL);
            default -> null;
        };
    }

    private static Step moveTop(int by) {
        return core -> {
            core.stack.begin(core);
            core.x87.setTop(core.x87.top() + by);
        };
    }

    private static Step free(DecodedInstruction decoded) {
        int distance = X87Operand.distance(decoded.operand(0));
        int pops = X87Operand.pops(decoded);
        return core -> {
            core.stack.begin(core);
            core.x87.free(core.x87.register(distance));
            core.stack.pop(pops);
        };
    }
}
