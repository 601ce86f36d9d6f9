package dev.trapgate.differential.grammar;

import dev.trapgate.abi.Abi;
import dev.trapgate.differential.Step;
import dev.trapgate.differential.grammar.Production.Result;
import dev.trapgate.notation.ArgumentParser;
import dev.trapgate.notation.CallArgument;
import dev.trapgate.notation.CallArgument.Flags;
import dev.trapgate.notation.CallArgument.Input;
import dev.trapgate.notation.CallArgument.Output;
import dev.trapgate.notation.CallArgument.Scalar;
import dev.trapgate.notation.CallArgument.Term;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A scenario that is being generated: its steps so far, what they named, and random choices among that. Everything is a
 * function of the random numbers, so a seed makes the same scenario again.
 */
public final class Situation {

    private static final List<String> PATHS = List.of(
            "a", "b", "c", "d", "d/e", "d/f", "d/g", "s", "t", "a", "b", "d", "d/e", "./a", "d/../b", "d/", "a/", "s/e",
            "d//f", "a/x", "none/x", ".", "d/.", "..", "", "d/..", "t/e", "x y");

    private static final int NAME_MAX = 255;
    private static final int MOST_SLEEPERS = 3;
    private static final int WORDS = 3;
    private static final long FUTEX_WAKE = 1;
    private static final long FUTEX_PRIVATE = 128;
    private static final CallArgument NONE = new Scalar(0);
    private static final long MANY = 99;
    private static final int SMALL = 64;
    private static final int LARGE = 5000;

    private final RandomGenerator random;
    private final Abi abi;
    private final List<Step> steps = new ArrayList<>();
    private final Map<Result, List<String>> results = new EnumMap<>(Result.class);
    private final List<String> pairs = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private final List<String> sleepers = new ArrayList<>();
    private final List<String> buffers = new ArrayList<>();
    private int names;

    /**
     * Begins without a step.
     *
     * @param random whose numbers decide
     * @param abi by which convention the scenario will be played
     */
    public Situation(RandomGenerator random, Abi abi) {
        this.random = random;
        this.abi = abi;
    }

    /** {@return the convention} */
    public Abi abi() {
        return abi;
    }

    /** {@return the steps so far} */
    public List<Step> steps() {
        return List.copyOf(steps);
    }

    /** Adds a call of a production; but none that may sleep where enough threads do. */
    public void add(Production production) {
        boolean sleeps = production.awaited() != Step.Return.AT_ONCE;
        if (sleeps && sleepers.size() >= MOST_SLEEPERS) {
            return;
        }
        List<CallArgument> arguments = production.arguments().apply(this);
        Optional<String> name = production.result() == Result.UNUSED
                ? Optional.empty()
                : Optional.of(name(production.result().prefix(), known(production.result())));
        String thread = sleeps ? name("t", sleepers) : Step.FIRST;
        steps.add(new Step.Call(name, production.call(), arguments, thread, production.awaited(), steps.size() + 1));
    }

    /** Wakes whoever may sleep, and waits for them. */
    public void end() {
        if (sleepers.isEmpty()) {
            return;
        }
        for (String block : words) {
            for (int at = 0; at < WORDS; at++) {
                for (long operation : List.of(FUTEX_WAKE, FUTEX_WAKE | FUTEX_PRIVATE)) {
                    CallArgument word = reference(block, "", (long) at * Integer.BYTES);
                    make("futex", word, number(operation), number(MANY), NONE, NONE, NONE);
                }
            }
        }
        sleepers.forEach(thread -> steps.add(new Step.Await(thread, steps.size() + 1)));
    }

    /** Makes a call whose result nobody needs. */
    public void make(String call, CallArgument... arguments) {
        steps.add(new Step.Call(Optional.empty(), call, List.of(arguments), steps.size() + 1));
    }

    /** {@return the result of a call that is made here} */
    public CallArgument make(Result kind, String call, CallArgument... arguments) {
        String name = name(kind.prefix(), known(kind));
        steps.add(new Step.Call(Optional.of(name), call, List.of(arguments), steps.size() + 1));
        return reference(name, "", 0);
    }

    private List<String> known(Result result) {
        return results.computeIfAbsent(result, none -> new ArrayList<>());
    }

    /** {@return whether one of these calls has been made} */
    public boolean has(String... calls) {
        return steps.stream()
                .anyMatch(step ->
                        step instanceof Step.Call call && Arrays.asList(calls).contains(call.target()));
    }

    private String name(String prefix, List<String> known) {
        String name = prefix + names++;
        known.add(name);
        return name;
    }

    private String memory(String prefix, CallArgument argument) {
        String name = prefix + names++;
        steps.add(new Step.Memory(name, argument, Step.Content.EQUAL, steps.size() + 1));
        return name;
    }

    // ---- choices

    /** {@return true once in so many times} */
    public boolean once(int in) {
        return random.nextInt(in) == 0;
    }

    /** {@return a number from 0 to {@code bound} − 1} */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** {@return one of these} */
    @SafeVarargs
    public final <T> T one(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** {@return one of these numbers} */
    public CallArgument number(long... choices) {
        return new Scalar(choices[random.nextInt(choices.length)]);
    }

    /** {@return one of these constants} */
    public CallArgument constant(String... names) {
        return new Flags(List.of(new Term.Constant(one(names))));
    }

    /** {@return the first constant, and some of the others} */
    public CallArgument some(String first, String... others) {
        List<Term> terms = new ArrayList<>(List.of(new Term.Constant(first)));
        Arrays.stream(others).filter(other -> once(3)).forEach(other -> terms.add(new Term.Constant(other)));
        return new Flags(terms);
    }

    /** {@return these constants together} */
    public static CallArgument flags(String... names) {
        return new Flags(Arrays.stream(names).<Term>map(Term.Constant::new).toList());
    }

    /** {@return some of these constants, or 0; once in a while a number that is none} */
    public CallArgument anyFlags(String... names) {
        List<Term> terms = new ArrayList<>();
        Arrays.stream(names).filter(name -> once(3)).forEach(name -> terms.add(new Term.Constant(name)));
        if (once(25)) {
            return number(-1, 0x40, 0x7fff_0000);
        }
        return terms.isEmpty() ? new Scalar(0) : new Flags(terms);
    }

    /** {@return some of these constants, or 0} */
    public CallArgument anyOf(String... names) {
        List<Term> terms = new ArrayList<>();
        Arrays.stream(names).filter(name -> once(4)).forEach(name -> terms.add(new Term.Constant(name)));
        return terms.isEmpty() ? new Scalar(0) : new Flags(terms);
    }

    private static CallArgument reference(String name, String path, long offset) {
        return new Flags(List.of(new Term.Reference(name, path, offset)));
    }

    private String among(List<String> known) {
        return known.get(random.nextInt(known.size()));
    }

    // ---- descriptors

    /** {@return a descriptor of a file, as a rule; or another, or none} */
    public CallArgument file() {
        return descriptor(Result.FILE);
    }

    /** {@return a descriptor of a directory, as a rule, or the working directory} */
    public CallArgument directory() {
        return known(Result.DIRECTORY).isEmpty() || once(3) ? constant("AT_FDCWD") : descriptor(Result.DIRECTORY);
    }

    /** {@return an end of a pipe, as a rule: 0 to read, 1 to write} */
    public CallArgument end(int end) {
        return pairs.isEmpty() || once(20)
                ? file()
                : reference(among(pairs), "[" + (once(15) ? 1 - end : end) + "]", 0);
    }

    /** {@return a descriptor of a counter, timer or the like, as a rule} */
    public CallArgument event() {
        return descriptor(Result.EVENT);
    }

    /** {@return a descriptor of an epoll, as a rule} */
    public CallArgument epoll() {
        return descriptor(Result.EPOLL);
    }

    /** {@return a descriptor of an inotify, as a rule} */
    public CallArgument watcher() {
        return descriptor(Result.WATCHER);
    }

    /** {@return any descriptor} */
    public CallArgument any() {
        return switch (below(4)) {
            case 0 -> end(below(2));
            case 1 -> directory();
            default -> file();
        };
    }

    /** {@return a descriptor of a kind, as a rule; or another, or none} */
    public CallArgument descriptor(Result kind) {
        if (known(kind).isEmpty() || once(25)) {
            return once(3) ? number(-1, 99, 1 << 20, Integer.MAX_VALUE) : number(3, 4, 5, 6);
        }
        return reference(among(known(kind)), "", 0);
    }

    // ---- processes

    /** {@return the process's or the thread's id, once it has been asked for; else one that nobody has} */
    public CallArgument id(Result kind) {
        return known(kind).isEmpty() || once(15)
                ? number(0x3fff_ffff, -1, 0x3fff_ffff, Integer.MIN_VALUE)
                : reference(among(known(kind)), "", 0);
    }

    /** {@return a word for a futex, as a rule; or one that is not aligned, or none} */
    public CallArgument word() {
        if (once(30)) {
            return badPointer();
        }
        if (words.isEmpty()) {
            words.add(memory("w", array("int", WORDS)));
        }
        return reference(among(words), "", once(25) ? 2 : (long) below(WORDS) * Integer.BYTES);
    }

    /** {@return memory for two descriptors, which is an end of a pipe to the calls behind} */
    public CallArgument pair() {
        if (once(20)) {
            return badPointer();
        }
        CallArgument.Structured two = new CallArgument.Structured(
                "int", List.of(new CallArgument.Fields(List.of()), new CallArgument.Fields(List.of())));
        String name = memory("p", two);
        pairs.add(name);
        return reference(name, "", 0);
    }

    // ---- paths

    /** {@return a path; once in a while one that is too long, or no string at all} */
    public CallArgument path() {
        if (once(40)) {
            return badPointer();
        }
        if (once(40)) {
            return string("n".repeat(NAME_MAX + below(2)));
        }
        String path = PATHS.get(random.nextInt(PATHS.size()));
        return once(20) ? new CallArgument.Edge(string(path)) : string(path);
    }

    /** {@return a C string} */
    public static CallArgument string(String text) {
        return bytes((text + "\0").getBytes(StandardCharsets.ISO_8859_1));
    }

    /** {@return bytes in memory} */
    public static Input bytes(byte... content) {
        return new Input(MemorySegment.ofArray(content).asReadOnly());
    }

    // ---- memory

    /** {@return an address that no memory is at} */
    public CallArgument badPointer() {
        return number(0, 1, 8, 4095);
    }

    /**
     * Makes memory and a length for it: enough memory as a rule; too little, an edge, a huge length, or none at all at times.
     *
     * @return the address and the length
     */
    public List<CallArgument> sink() {
        return switch (below(12)) {
            case 0 -> List.of(badPointer(), number(0, 1, 16));
            case 1 -> edge(new Output(32), 32);
            case 2 -> List.of(buffer(SMALL), number(-1, Long.MAX_VALUE, Integer.MAX_VALUE, 1L << 31));
            case 3 -> List.of(buffer(LARGE), number(4095, 4096, 4097, LARGE));
            default -> List.of(buffer(SMALL), number(0, 1, 2, 3, 7, 16, 33, SMALL));
        };
    }

    /** {@return memory with something in it, and a length for it} */
    public List<CallArgument> source() {
        return switch (below(12)) {
            case 0 -> List.of(badPointer(), number(0, 1, 16));
            case 1 -> edge(bytes(ArgumentParser.pattern(32)), 32);
            case 2 -> List.of(pattern(SMALL), number(0, 1, SMALL));
            case 3 -> List.of(pattern(LARGE), number(4095, 4096, 4097, LARGE));
            default -> List.of(pattern(SMALL), number(1, 2, 3, 7, 16, 33, SMALL));
        };
    }

    private List<CallArgument> edge(CallArgument content, int size) {
        int from = below(size + 1);
        String name = memory("e", new CallArgument.Edge(content));
        return List.of(reference(name, "", from), number(size - from, size - from + 1, size, 4096));
    }

    /** {@return eight bytes with a number: small, large, or with all bits set} */
    public CallArgument counter() {
        byte[] content = new byte[Long.BYTES];
        switch (below(5)) {
            case 0 -> Arrays.fill(content, (byte) -1);
            case 1 -> {
                Arrays.fill(content, (byte) -1);
                content[0] = (byte) -2;
            }
            default -> content[0] = (byte) below(4);
        }
        return bytes(content);
    }

    private CallArgument buffer(int size) {
        if (buffers.isEmpty() || size > SMALL || once(3)) {
            String name = memory("buf", new Output(size));
            if (size == SMALL) {
                buffers.add(name);
            }
            return reference(name, "", 0);
        }
        return reference(among(buffers), "", once(4) ? below(SMALL) : 0);
    }

    private static CallArgument pattern(int size) {
        return bytes(ArgumentParser.pattern(size));
    }

    /** {@return a structure of the parameter's own for the kernel to fill; or no memory} */
    public CallArgument structure() {
        return once(20)
                ? badPointer()
                : new CallArgument.Structured(
                        CallArgument.Structured.OWN_TYPE, List.of(new CallArgument.Fields(List.of())));
    }

    /** {@return a named structure's initializer} */
    public static CallArgument structure(String name, CallArgument.Initializer... fields) {
        return new CallArgument.Structured(name, List.of(new CallArgument.Fields(List.of(fields))));
    }

    /** {@return so many zeroed structures of a name} */
    public static CallArgument array(String name, int count) {
        return new CallArgument.Structured(name, Collections.nCopies(count, new CallArgument.Fields(List.of())));
    }

    /** {@return the initializers of a structure inside another} */
    public static CallArgument fields(CallArgument.Initializer... fields) {
        return new CallArgument.Fields(List.of(fields));
    }

    /** {@return an initializer} */
    public static CallArgument.Initializer field(String name, CallArgument value) {
        return new CallArgument.Initializer(name, value);
    }

    /** {@return an array of iovecs, and its length} */
    public List<CallArgument> vector(boolean isSink) {
        int count = 1 + below(4);
        List<CallArgument.Fields> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<CallArgument> element = isSink ? sink() : source();
            CallArgument length = element.get(1) instanceof Scalar scalar && abi == Abi.I386
                    ? new Scalar((int) scalar.value())
                    : element.get(1);
            elements.add(new CallArgument.Fields(List.of(field("iov_base", element.get(0)), field("iov_len", length))));
        }
        CallArgument array = new CallArgument.Structured("iovec", elements);
        return once(15)
                ? List.of(once(2) ? badPointer() : array, number(0, -1, 1024, 1025, count + 1))
                : List.of(array, new Scalar(count));
    }

    // ---- numbers

    /** {@return an offset into a file: small as a rule, at its limits at times} */
    public CallArgument offset() {
        if (!known(Result.NUMBER).isEmpty() && once(6)) {
            return reference(among(known(Result.NUMBER)), "", 0);
        }
        return once(5)
                ? number(-1, -4096, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, 1L << 31, 1L << 40)
                : number(0, 1, 3, 8, 16, 64, 100, 4095, 4096, 5000);
    }

    /** {@return a file's size: never so large that it costs memory} */
    public CallArgument size() {
        return once(6)
                ? number(-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 33)
                : number(0, 1, 3, 10, 64, 4095, 4096, 4097, 10000);
    }

    /** {@return a file mode} */
    public CallArgument mode() {
        return number(0644, 0600, 0755, 0700, 0777, 0, 0444, 0222, 0111, 01777, 04755, 02755, 0100644, 0xffff);
    }

    /** {@return a user or group id} */
    public CallArgument id() {
        return number(0, -1, 65534, 1000, 1, -2, 65535, 70000);
    }

    // ---- mappings

    /** {@return an address in a mapping, or near it} */
    public CallArgument mapped() {
        return known(Result.MAPPING).isEmpty()
                ? number(0, 4096, 1)
                : reference(among(known(Result.MAPPING)), "", one(0, 0, 0, 4096, 8192, 1, 12288));
    }

    /** {@return a length of some pages} */
    public CallArgument pages() {
        return number(4096, 4096, 8192, 8192, 12288, 16384, 1, 4095, 4097, 0);
    }
}
