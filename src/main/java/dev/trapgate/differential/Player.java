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
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Plays a scenario once through one entry, and writes down all that can be seen.
 *
 * <p>One thread plays; another may ask for what has been written down so far.
 */
final class Player {

    /** The arguments that a call can have. */
    static final int REGISTERS = 6;

    private static final SortedMap<String, Long> NOBODY = Collections.emptySortedMap();
    private static final List<Long> NO_ARGUMENTS = List.of(0L, 0L, 0L, 0L, 0L, 0L);

    private final Scenario scenario;
    private final SyscallEntry entry;
    private final Blocks pages;
    private final CallGuard guard;
    private final String directory;
    private final Supplier<ConfinedThread> starter;
    private final Map<String, Begun> begun = new HashMap<>();
    private volatile boolean leftAsleep;
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
     * @param starter starts another thread that makes calls as the first does
     */
    Player(
            Scenario scenario,
            SyscallEntry entry,
            Blocks pages,
            CallGuard guard,
            String directory,
            Supplier<ConfinedThread> starter) {
        this.scenario = scenario;
        this.entry = entry;
        this.pages = pages;
        this.guard = guard;
        this.directory = directory;
        this.starter = starter;
    }

    /** A call that blocks. */
    private record Begun(Step.Call step, CallTarget target, long[] registers) {}

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
        try (Crew crew = new Crew(scenario.threads(), starter)) {
            Transcript transcript = play(crew);
            leftAsleep = crew.sleeper().isPresent();
            return transcript;
        }
    }

    /** {@return whether a thread of the play is still in a call} */
    boolean leavesSleepers() {
        return leftAsleep;
    }

    private Transcript play(Crew crew) {
        scenario.threads().forEach(guard::turn);
        try {
            Abi abi = entry.abi();
            ScenarioSpace space = new ScenarioSpace(pages, ScenarioSize.of(scenario, abi));
            blocks = space.blocks();
            MemoryLog log = new MemoryLog(space.blocks());
            for (Step step : scenario.steps()) {
                play(step, crew, space, log);
            }
            return transcript(Transcript.Ending.COMPLETE, "", state());
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

    private Map<String, String> state() {
        List<Long> results = results();
        Function<SyscallEntry, Map<String, String>> reading =
                its -> new StateReader(its, pages, directory).read(results);
        return entry instanceof ConfinedThread thread ? thread.inside(reading) : reading.apply(entry);
    }

    private List<Long> results() {
        synchronized (records) {
            return records.stream().map(Transcript.Entry::result).toList();
        }
    }

    private void play(Step step, Crew crew, ScenarioSpace space, MemoryLog log) {
        Transcript.Entry played =
                switch (step) {
                    case Step.Memory memory -> place(memory, space, log);
                    case Step.Call call -> make(call, crew, space, log);
                    case Step.Await await -> await(await, crew, space, log);
                    case Step.Join join -> join(join, crew, space, log);
                };
        synchronized (records) {
            records.add(played);
        }
    }

    private Transcript.Entry place(Step.Memory memory, ScenarioSpace space, MemoryLog log) {
        PlacedArguments arguments = new PlacedArguments(
                List.of(memory.argument()), List.of(ScenarioSize.parameter(memory)), entry.abi(), space);
        space.name(memory.name(), arguments.memory().getFirst());
        return new Transcript.Entry(
                0, NO_ARGUMENTS, placed(arguments, space.blocks()), log.changes(), List.of(), NOBODY);
    }

    private Transcript.Entry make(Step.Call call, Crew crew, ScenarioSpace space, MemoryLog log) {
        CallShape shape = CallShape.of(call, entry.abi());
        CallTarget target = shape.target();
        PlacedArguments arguments = new PlacedArguments(call.arguments(), shape.parameters(), entry.abi(), space);
        long[] registers = shape.registers(arguments.values());
        guard.turn(call.thread());
        Optional<String> refusal = guard.refusal(target.number(), target.call(), registers, space.blocks())
                .or(() -> entry.refusal(target.number()));
        if (refusal.isPresent()) {
            throw new EndOfPlay(Transcript.Ending.UNPLAYED, target.name() + " " + refusal.get());
        }
        List<Transcript.Patch> before = log.changes();
        long result = 0;
        if (call.blocks()) {
            begun.put(call.thread(), new Begun(call, target, registers));
            crew.begin(call.thread(), target.number(), registers);
        } else {
            SyscallEntry caller = call.thread().equals(Step.FIRST) ? entry : crew.thread(call.thread());
            result = enter(caller, target, registers);
            answered(call, target, registers, result, space);
        }
        SortedMap<String, Long> back = settle(crew, space);
        return new Transcript.Entry(
                result,
                Arrays.stream(registers).boxed().toList(),
                placed(arguments, space.blocks()),
                before,
                log.changes(),
                back);
    }

    private void answered(Step.Call call, CallTarget target, long[] registers, long result, ScenarioSpace space) {
        guard.turn(call.thread());
        guard.answered(target.call(), registers, result);
        call.name().ifPresent(name -> space.name(name, result));
    }

    /** Waits until nobody runs, so that what is seen does not depend on who is faster. */
    private SortedMap<String, Long> settle(Crew crew, ScenarioSpace space) {
        try {
            SortedMap<String, Long> back = crew.settle();
            back.forEach((thread, result) -> {
                Begun call = begun.get(thread);
                if (call != null) {
                    answered(call.step(), call.target(), call.registers(), result, space);
                }
            });
            return back;
        } catch (BlockedException running) {
            throw new EndOfPlay(Transcript.Ending.BLOCKED, "a thread neither sleeps in its call nor comes back");
        } catch (EmulatedEndException | IllegalStateException end) {
            throw new EndOfPlay(Transcript.Ending.ENDED, "a blocking call ended its caller: " + end.getMessage());
        } catch (RuntimeException defect) {
            throw new EndOfPlay(
                    Transcript.Ending.ENDED, "a blocking call failed, a defect of the emulator: " + where(defect));
        }
    }

    private Transcript.Entry await(Step.Await step, Crew crew, ScenarioSpace space, MemoryLog log) {
        List<Transcript.Patch> before = log.changes();
        try {
            crew.await(step.thread());
        } catch (BlockedException blocked) {
            throw new EndOfPlay(
                    Transcript.Ending.BLOCKED, "thread " + step.thread() + "'s blocking call did not come back");
        } catch (RuntimeException end) {
            throw new EndOfPlay(Transcript.Ending.ENDED, "a blocking call ended its caller: " + end.getMessage());
        }
        SortedMap<String, Long> back = settle(crew, space);
        return new Transcript.Entry(0, NO_ARGUMENTS, List.of(), before, log.changes(), back);
    }

    private Transcript.Entry join(Step.Join step, Crew crew, ScenarioSpace space, MemoryLog log) {
        List<Transcript.Patch> before = log.changes();
        try {
            crew.join(step.thread());
        } catch (BlockedException blocked) {
            throw new EndOfPlay(Transcript.Ending.BLOCKED, "thread " + step.thread() + " did not end");
        }
        SortedMap<String, Long> back = settle(crew, space);
        return new Transcript.Entry(0, NO_ARGUMENTS, List.of(), before, log.changes(), back);
    }

    private static long enter(SyscallEntry caller, CallTarget target, long... registers) {
        try {
            return caller.enter(
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
