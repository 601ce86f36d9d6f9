package dev.trapgate.differential;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.EmulatedEndException;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.notation.CallTarget;
import dev.trapgate.notation.PlacedArguments;
import dev.trapgate.notation.PlacedBuffer;
import dev.trapgate.notation.UsageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plays a scenario once through one entry, and writes down all that can be seen.
 *
 * <p>One thread plays; another may ask for what has been written down so far.
 */
final class Player {

    /** The arguments that a call can have. */
    static final int REGISTERS = 6;

    private static final List<Long> NO_ARGUMENTS = List.of(0L, 0L, 0L, 0L, 0L, 0L);

    private final Scenario scenario;
    private final SyscallEntry entry;
    private final Blocks pages;
    private final CallGuard guard;
    private final String directory;
    private final List<Transcript.Entry> records = new ArrayList<>();
    private List<UserBuffer> blocks = List.of();
    private final long startMillis = System.currentTimeMillis();

    /**
     * Prepares a play.
     *
     * @param scenario what to play
     * @param entry through which gate
     * @param pages where its memory comes from
     * @param guard which calls may be made
     * @param directory the absolute path of the directory that it is played in, which is the caller's working directory
     */
    Player(Scenario scenario, SyscallEntry entry, Blocks pages, CallGuard guard, String directory) {
        this.scenario = scenario;
        this.entry = entry;
        this.pages = pages;
        this.guard = guard;
        this.directory = directory;
    }

    /** Thrown where a play ends before its time. */
    private static final class EndOfPlay extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final Transcript.Ending ending;

        EndOfPlay(Transcript.Ending ending, String why) {
            super(why, null, false, false);
            this.ending = ending;
        }
    }

    /** {@return what was seen} */
    Transcript play() {
        try {
            Abi abi = entry.abi();
            ScenarioSpace space = new ScenarioSpace(pages, ScenarioSize.of(scenario, abi));
            blocks = space.blocks();
            MemoryLog log = new MemoryLog(space.blocks());
            for (Step step : scenario.steps()) {
                play(step, space, log);
            }
            Map<String, String> state = new StateReader(entry, pages, directory).read(results());
            return transcript(Transcript.Ending.COMPLETE, "", state);
        } catch (EndOfPlay end) {
            return transcript(end.ending, String.valueOf(end.getMessage()), Map.of());
        } catch (BlockedException blocked) {
            return transcript(Transcript.Ending.BLOCKED, String.valueOf(blocked.getMessage()), Map.of());
        } catch (EmulatedEndException | IllegalStateException end) {
            return transcript(Transcript.Ending.ENDED, "afterwards: " + end.getMessage(), Map.of());
        } catch (UsageException mistake) {
            return transcript(Transcript.Ending.MISTAKEN, String.valueOf(mistake.getMessage()), Map.of());
        }
    }

    /** {@return what has been seen so far of a play that does not end} */
    Transcript soFar(Transcript.Ending ending, String why) {
        return transcript(ending, why, Map.of());
    }

    private Transcript transcript(Transcript.Ending ending, String why, Map<String, String> state) {
        synchronized (records) {
            List<Transcript.Block> places = blocks.stream()
                    .map(block -> new Transcript.Block(
                            block.address(), (int) block.segment().byteSize()))
                    .toList();
            return new Transcript(
                    List.copyOf(records), ending, why, state, places, startMillis, System.currentTimeMillis());
        }
    }

    private List<Long> results() {
        synchronized (records) {
            return records.stream().map(Transcript.Entry::result).toList();
        }
    }

    private void play(Step step, ScenarioSpace space, MemoryLog log) {
        Transcript.Entry played =
                switch (step) {
                    case Step.Memory memory -> place(memory, space, log);
                    case Step.Call call -> make(call, space, log);
                };
        synchronized (records) {
            records.add(played);
        }
    }

    private Transcript.Entry place(Step.Memory memory, ScenarioSpace space, MemoryLog log) {
        PlacedArguments arguments = new PlacedArguments(
                List.of(memory.argument()), List.of(ScenarioSize.parameter(memory)), entry.abi(), space);
        space.name(memory.name(), arguments.memory().getFirst());
        return new Transcript.Entry(0, NO_ARGUMENTS, placed(arguments, space.blocks()), log.changes(), List.of());
    }

    private Transcript.Entry make(Step.Call call, ScenarioSpace space, MemoryLog log) {
        CallShape shape = CallShape.of(call, entry.abi());
        CallTarget target = shape.target();
        PlacedArguments arguments = new PlacedArguments(call.arguments(), shape.parameters(), entry.abi(), space);
        long[] registers = shape.registers(arguments.values());
        Optional<String> refusal = guard.refusal(target.number(), target.call(), registers, space.blocks())
                .or(() -> entry.refusal(target.number()));
        if (refusal.isPresent()) {
            throw new EndOfPlay(Transcript.Ending.UNPLAYED, target.name() + " " + refusal.get());
        }
        List<Transcript.Patch> before = log.changes();
        long result = enter(target, registers);
        guard.answered(target.call(), registers, result);
        call.name().ifPresent(name -> space.name(name, result));
        return new Transcript.Entry(
                result,
                Arrays.stream(registers).boxed().toList(),
                placed(arguments, space.blocks()),
                before,
                log.changes());
    }

    private long enter(CallTarget target, long... registers) {
        try {
            return entry.enter(
                    target.number(),
                    registers[0],
                    registers[1],
                    registers[2],
                    registers[3],
                    registers[4],
                    registers[5]);
        } catch (BlockedException blocked) {
            throw new EndOfPlay(Transcript.Ending.BLOCKED, target.name() + " did not come back");
        } catch (EmulatedEndException end) {
            throw new EndOfPlay(Transcript.Ending.ENDED, target.name() + " ended its caller: " + end.getMessage());
        } catch (RuntimeException | AssertionError | StackOverflowError defect) {
            throw new EndOfPlay(
                    Transcript.Ending.ENDED, target.name() + " failed, a defect of the emulator: " + where(defect));
        }
    }

    private static String where(Throwable defect) {
        StackTraceElement[] trace = defect.getStackTrace();
        return defect + (trace.length == 0 ? "" : " at " + trace[0]);
    }

    private static List<Transcript.Placed> placed(PlacedArguments arguments, List<UserBuffer> blocks) {
        List<Transcript.Placed> placed = new ArrayList<>();
        for (PlacedBuffer buffer : arguments.memory()) {
            placed.add(placed(buffer, blocks));
        }
        return placed;
    }

    private static Transcript.Placed placed(PlacedBuffer buffer, List<UserBuffer> blocks) {
        long address = buffer.memory().address();
        int size = (int) buffer.memory().segment().byteSize();
        for (int block = 0; block < blocks.size(); block++) {
            UserBuffer candidate = blocks.get(block);
            long offset = address - candidate.address();
            if (offset >= 0 && offset <= candidate.segment().byteSize()) {
                String structure = buffer.structure().map(known -> known.name()).orElse("");
                return new Transcript.Placed(buffer.label(), block, (int) offset, size, structure);
            }
        }
        throw new IllegalStateException("memory of no block at " + Long.toHexString(address));
    }
}
