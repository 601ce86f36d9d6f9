package dev.trapgate.differential;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Parameter;
import dev.trapgate.abi.Syscall;
import dev.trapgate.notation.CallTarget;
import dev.trapgate.notation.ParameterCount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a step's arguments become a call's registers. A 32-bit convention passes a 64-bit offset in two registers; a scenario
 * may write it as one argument, as on x86-64.
 */
final class CallShape {

    private final CallTarget target;
    private final List<Parameter> parameters;
    private final List<Integer> widths;

    private CallShape(CallTarget target, List<Parameter> parameters, List<Integer> widths) {
        this.target = target;
        this.parameters = parameters;
        this.widths = widths;
    }

    /**
     * Finds a step's call.
     *
     * @param step the step
     * @param abi by which convention it is made
     * @return its shape
     * @throws dev.trapgate.notation.UsageException if the convention lacks the call, or the arguments are too few or too many
     */
    static CallShape of(Step.Call step, Abi abi) {
        CallTarget target = CallTarget.of(step.target(), abi);
        if (target.call().isEmpty()) {
            return new CallShape(target, List.of(), List.of());
        }
        Syscall call = target.call().get();
        int given = step.arguments().size();
        List<Parameter> own = call.parameters(abi);
        if (abi == Abi.I386 && call.existsOn(Abi.X86_64)) {
            List<Parameter> wide = call.parameters(Abi.X86_64);
            if (given == wide.size() && wide.size() < own.size()) {
                return merged(target, wide, own);
            }
        }
        ParameterCount.check(call, abi, given);
        return new CallShape(target, own, own.stream().map(parameter -> 1).toList());
    }

    private static CallShape merged(CallTarget target, List<Parameter> wide, List<Parameter> own) {
        List<Parameter> parameters = new ArrayList<>();
        List<Integer> widths = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < wide.size(); i++) {
            boolean isSplit = wide.get(i).type().equals("loff_t") && own.size() - at > wide.size() - i;
            parameters.add(isSplit ? wide.get(i) : own.get(at));
            widths.add(isSplit ? 2 : 1);
            at += isSplit ? 2 : 1;
        }
        return new CallShape(target, parameters, widths);
    }

    /** {@return the call} */
    CallTarget target() {
        return target;
    }

    /** {@return what each argument of the step is for} */
    List<Parameter> parameters() {
        return parameters;
    }

    /** {@return the registers for the arguments' values} */
    long[] registers(long... values) {
        long[] registers = new long[Player.REGISTERS];
        int at = 0;
        for (int i = 0; i < values.length && at < registers.length; i++) {
            boolean isSplit = i < widths.size() && widths.get(i) == 2;
            registers[at++] = isSplit ? values[i] & 0xffff_ffffL : values[i];
            if (isSplit && at < registers.length) {
                registers[at++] = values[i] >>> Integer.SIZE;
            }
        }
        return Arrays.copyOf(registers, Player.REGISTERS);
    }
}
