package dev.trapgate.differential.grammar;

import dev.trapgate.abi.Abi;
import dev.trapgate.differential.grammar.Production.Result;
import dev.trapgate.notation.CallArgument;
import dev.trapgate.notation.CallArgument.Initializer;
import dev.trapgate.notation.CallArgument.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Futexes without an heir to their priority. The first thread's waits have a time that has passed or passes soon; other
 * threads sleep until they are woken, at the latest by what ends the scenario.
 */
final class FutexGrammar implements Grammar {

    private static final long PRIVATE = 128;
    private static final long REALTIME = 256;
    private static final long WAIT = 0;
    private static final long WAKE = 1;
    private static final long REQUEUE = 3;
    private static final long CMP_REQUEUE = 4;
    private static final long WAKE_OP = 5;
    private static final long WAIT_BITSET = 9;
    private static final long WAKE_BITSET = 10;
    /** FUTEX2_SIZE_U32, FUTEX2_PRIVATE. */
    private static final long SIZE_U32 = 2;

    private static final int OPERATION_SHIFT = 28;
    private static final int COMPARISON_SHIFT = 24;
    private static final int ARGUMENT_SHIFT = 12;

    @Override
    public List<Production> productions() {
        return Stream.of(calls("futex"), calls("futex_time64"), later(), robust())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Production> calls(String call) {
        return List.of(
                Production.of(
                        6,
                        call,
                        s -> List.of(s.word(), operation(s, WAIT), value(s), soon(s, call), zero(), s.number(0, 0, 7))),
                Production.of(4, call, s -> List.of(s.word(), operation(s, WAIT), value(s), zero(), zero(), zero()))
                        .asleep(),
                Production.of(10, call, s -> List.of(s.word(), operation(s, WAKE), many(s), zero(), zero(), zero())),
                Production.of(
                        5,
                        call,
                        s -> List.of(s.word(), operation(s, WAIT_BITSET), value(s), past(s, call), zero(), bits(s))),
                Production.of(
                                4,
                                call,
                                s -> List.of(s.word(), operation(s, WAIT_BITSET), value(s), zero(), zero(), some(s)))
                        .asleep(),
                Production.of(
                        8, call, s -> List.of(s.word(), operation(s, WAKE_BITSET), many(s), zero(), zero(), bits(s))),
                Production.of(
                        6,
                        call,
                        s -> List.of(s.word(), operation(s, REQUEUE), many(s), few(s), s.word(), s.number(0, 1))),
                Production.of(
                        8,
                        call,
                        s -> List.of(s.word(), operation(s, CMP_REQUEUE), many(s), few(s), s.word(), value(s))),
                Production.of(
                        10, call, s -> List.of(s.word(), operation(s, WAKE_OP), many(s), few(s), s.word(), change(s))),
                Production.of(
                        1,
                        call,
                        s -> List.of(
                                s.word(),
                                s.number(2, 14, 15, 127, 512, 0x1000, -128),
                                many(s),
                                zero(),
                                s.word(),
                                zero())));
    }

    private static CallArgument zero() {
        return new Scalar(0);
    }

    /** As a rule private or shared; at times by a clock that not every operation takes. */
    private static CallArgument operation(Situation s, long operation) {
        return s.number(
                operation,
                operation,
                operation,
                operation | PRIVATE,
                operation | PRIVATE,
                s.once(4) ? operation | REALTIME : operation);
    }

    private static CallArgument value(Situation s) {
        return s.number(0, 0, 0, 0, 0, 1, -1, 5);
    }

    private static CallArgument many(Situation s) {
        return s.number(0, 1, 1, 1, 2, 99, -1, Integer.MAX_VALUE);
    }

    /** What stands in the time's place, where a large number is taken for an address. */
    private static CallArgument few(Situation s) {
        return s.number(0, 1, 1, 1, 2, 99, -1);
    }

    private static CallArgument bits(Situation s) {
        return s.number(1, 2, 3, -1, 0x8000_0000L, 0);
    }

    private static CallArgument some(Situation s) {
        return s.number(1, 2, 3, -1, 0x8000_0000L);
    }

    /** How long: a millisecond at most; or no time at all. */
    private static CallArgument soon(Situation s, String call) {
        return s.once(10) ? s.number(1, 8) : time(s, call, s.number(0, 0, 0, -1));
    }

    /** Until when: a second after the clock's origin. */
    private static CallArgument past(Situation s, String call) {
        return s.once(10) ? s.number(1, 8) : time(s, call, s.number(0, 1, 1, -1));
    }

    private static CallArgument time(Situation s, String call, CallArgument seconds) {
        boolean narrow = s.abi() == Abi.I386 && call.equals("futex");
        return Situation.structure(
                narrow ? "old_timespec32" : "__kernel_timespec",
                Situation.field("tv_sec", seconds),
                Situation.field("tv_nsec", s.number(0, 1000, 1_000_000, 1, -1, 1_000_000_000)));
    }

    /** What FUTEX_WAKE_OP does to the second word, and when it wakes there: FUTEX_OP of linux/futex.h. */
    private static CallArgument change(Situation s) {
        long operation = s.below(s.once(10) ? 16 : 5) | (s.once(3) ? 8 : 0);
        long comparison = s.below(s.once(10) ? 16 : 6);
        long argument = s.one(0, 1, 1, 2, 5, 31, 0xfff, 0x800);
        long compared = s.one(0, 0, 1, 2, 0xfff, 0x800);
        return new Scalar((int) (operation << OPERATION_SHIFT
                | comparison << COMPARISON_SHIFT
                | argument << ARGUMENT_SHIFT
                | compared));
    }

    // ---- futex_waitv and its kin

    private static List<Production> later() {
        return List.of(
                Production.of(
                        8,
                        "futex_waitv",
                        s -> List.of(
                                waiters(s, 1 + s.below(3)),
                                s.number(1, 1, 2, 3, 0),
                                s.number(0, 0, 0, 1),
                                past(s, ""),
                                s.number(0, 1, 1, 7, 2, -1))),
                Production.of(
                                4,
                                "futex_waitv",
                                s -> List.of(sound(s, 2), s.number(1, 2), zero(), zero(), s.number(0, 1)))
                        .asleep(),
                Production.of(
                        8,
                        "futex_wait",
                        s -> List.of(s.word(), value(s), bits(s), flags(s), past(s, ""), s.number(0, 1, 1, 7, 2))),
                Production.of(
                                4,
                                "futex_wait",
                                s -> List.of(s.word(), value(s), some(s), sound(s), zero(), s.number(0, 1)))
                        .asleep(),
                Production.of(10, "futex_wake", s -> List.of(s.word(), bits(s), many(s), flags(s))),
                Production.of(
                        8,
                        "futex_requeue",
                        s -> List.of(
                                s.once(4) ? waiters(s, 2) : sound(s, 2), s.number(0, 0, 0, 1, -1), many(s), many(s))));
    }

    private static CallArgument sound(Situation s) {
        return s.number(SIZE_U32, SIZE_U32 | PRIVATE);
    }

    /** The size is 32 bits on every kernel that has these calls; others, a NUMA node and wrong bits are refused. */
    private static CallArgument flags(Situation s) {
        return s.once(5) ? s.number(0, 1, 3, 0x12, -1, 0x100) : sound(s);
    }

    private static CallArgument sound(Situation s, int count) {
        List<CallArgument.Fields> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            elements.add(new CallArgument.Fields(
                    List.of(Situation.field("uaddr", plain(s)), Situation.field("flags", sound(s)))));
        }
        return new CallArgument.Structured("futex_waitv", elements);
    }

    private static CallArgument waiters(Situation s, int count) {
        if (s.once(20)) {
            return s.badPointer();
        }
        List<CallArgument.Fields> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Initializer> fields = new ArrayList<>(List.of(
                    Situation.field("val", s.number(0, 0, 0, 1, 1L << 32)),
                    Situation.field("uaddr", s.word()),
                    Situation.field("flags", flags(s))));
            if (s.once(15)) {
                fields.add(Situation.field("__reserved", new Scalar(1)));
            }
            elements.add(new CallArgument.Fields(fields));
        }
        return new CallArgument.Structured("futex_waitv", elements);
    }

    private static CallArgument plain(Situation s) {
        CallArgument word = s.word();
        return word instanceof Scalar ? plain(s) : word;
    }

    // ---- robust lists: that of a native thread of 64 bits is the C library's at first

    private static List<Production> robust() {
        return List.of(
                Production.of(
                        4,
                        "set_robust_list",
                        s -> List.of(
                                s.number(0, 0, 16),
                                s.number(
                                        s.abi() == Abi.I386 ? 12 : 24,
                                        s.abi() == Abi.I386 ? 12 : 24,
                                        0,
                                        12,
                                        24,
                                        23,
                                        -1))),
                Production.of(
                        4,
                        "get_robust_list",
                        s -> List.of(
                                s.abi() == Abi.I386 ? s.number(0, 0x3fff_ffff) : s.number(0x3fff_ffff, -1),
                                s.once(10) ? s.badPointer() : new CallArgument.Output(Long.BYTES),
                                s.once(10) ? s.badPointer() : new CallArgument.Output(Long.BYTES))),
                Production.of(2, "gettid", s -> List.of()).giving(Result.THREAD));
    }
}
