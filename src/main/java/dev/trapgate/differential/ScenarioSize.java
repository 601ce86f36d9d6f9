package dev.trapgate.differential;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Parameter;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.notation.ArgumentSpace;
import dev.trapgate.notation.CallArgument;
import dev.trapgate.notation.PlacedArguments;
import dev.trapgate.notation.UsageException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Measures the memory that a scenario needs, by placing all of it nowhere; finds the scenario's mistakes on the way. */
final class ScenarioSize implements ArgumentSpace {

    /** The most memory that a scenario has, in bytes. */
    static final long LIMIT = 8 << 20;

    private long bytes;
    private long edges;

    private ScenarioSize() {}

    /**
     * Measures a scenario.
     *
     * @param scenario the scenario
     * @param abi by which convention it will be played
     * @return the bytes that do not lie at edges, with their alignment
     * @throws UsageException if the convention lacks something that the scenario asks for, or the scenario is too large
     */
    static long of(Scenario scenario, Abi abi) {
        ScenarioSize size = new ScenarioSize();
        for (Step step : scenario.steps()) {
            try {
                size.add(step, abi);
            } catch (UsageException mistake) {
                throw new UsageException(scenario.name() + ", line " + step.line() + ": " + mistake.getMessage());
            }
        }
        return size.bytes;
    }

    private void add(Step step, Abi abi) {
        switch (step) {
            case Step.Memory memory -> place(List.of(memory.argument()), List.of(parameter(memory)), abi);
            case Step.Call call ->
                place(call.arguments(), CallShape.of(call, abi).parameters(), abi);
            case Step.Handler handler -> HandlerCode.require(abi);
            case Step.Await await -> {}
            case Step.Join join -> {}
        }
    }

    private void place(List<CallArgument> arguments, List<Parameter> parameters, Abi abi) {
        new PlacedArguments(arguments, parameters, abi, this).values();
    }

    /** {@return what stands for a parameter where memory is named} */
    static Parameter parameter(Step.Memory memory) {
        return new Parameter("", memory.name());
    }

    @Override
    public UserBuffer allocate(long byteSize, long byteAlignment) {
        bytes = aligned(bytes, byteAlignment) + byteSize;
        return measured(byteSize);
    }

    @Override
    public UserBuffer allocateEdge(long byteSize) {
        edges += byteSize;
        return measured(byteSize);
    }

    private UserBuffer measured(long byteSize) {
        if (byteSize > LIMIT || bytes + edges > LIMIT) {
            throw new UsageException("the memory of a scenario is at most " + LIMIT + " bytes (8 MiB)");
        }
        return new UserBuffer(0, MemorySegment.ofArray(new byte[(int) byteSize]));
    }

    /** {@return an offset moved up to a multiple of an alignment} */
    static long aligned(long offset, long byteAlignment) {
        return -(-offset & -byteAlignment);
    }

    @Override
    public long value(CallArgument.Term.Reference reference) {
        return 0;
    }
}
