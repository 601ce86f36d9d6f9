package dev.trapgate.abi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A call marked prompt that sleeps would stall the whole VM: each mark needs its reason here, read in Linux 6.1's source. */
class PromptCallsTest {

    private static final Map<String, Set<String>> CALLS_BY_REASON = Map.of(
            "loads ids of the task, no lock (kernel/sys.c)",
            Set.of("getpid", "gettid", "getuid", "geteuid", "getgid", "getegid"),
            "the same under its i386 names (kernel/sys.c)",
            Set.of("getuid32", "geteuid32", "getgid32", "getegid32"),
            "loads or looks up a pid under RCU (kernel/sys.c)",
            Set.of("getppid", "getpgrp", "getpgid", "getsid"),
            "stores three ids of the task (kernel/sys.c)",
            Set.of("getresuid", "getresgid", "getresuid32", "getresgid32"),
            "one exchange or store in the task (kernel/sys.c, kernel/exec_domain.c)",
            Set.of("umask", "personality"),
            "adds CPU times up under a spinning seqlock (kernel/sched/cputime.c)",
            Set.of("times"),
            "reads a clock under a sequence counter (kernel/time)",
            Set.of("time", "gettimeofday", "clock_gettime", "clock_getres", "clock_gettime64", "clock_getres_time64"),
            "reads the CPU's number (kernel/sys.c)",
            Set.of("getcpu"),
            "answers from a switch (kernel/sched/core.c)",
            Set.of("sched_get_priority_max", "sched_get_priority_min"));

    @Test
    void everyPromptCallHasAReason() {
        Set<String> justified = new TreeSet<>();
        CALLS_BY_REASON.values().forEach(justified::addAll);
        Set<String> marked = new TreeSet<>();
        for (Syscall call : Syscall.values()) {
            if (call.prompt()) {
                marked.add(call.callName());
            }
        }
        assertThat(marked).isEqualTo(justified);
    }

    @ParameterizedTest
    @EnumSource
    void theHotPathsSwitchAgreesWithTheMark(Abi abi) {
        Map<Integer, Boolean> marks = new HashMap<>();
        for (Syscall call : Syscall.values()) {
            if (call.existsOn(abi)) {
                marks.put(call.number(abi), call.prompt());
            }
        }
        for (int number = -1; number < 1000; number++) {
            assertThat(Syscall.isPrompt(abi, number))
                    .as("%s %d", abi, number)
                    .isEqualTo(marks.getOrDefault(number, false));
        }
    }

    @Test
    void callsThatWaitAreNotPrompt() {
        assertThat(Syscall.isPrompt(Abi.X86_64, Syscall.READ.number(Abi.X86_64)))
                .isFalse();
        assertThat(Syscall.FUTEX.prompt()).isFalse();
        assertThat(Syscall.UNAME.prompt()).as("uname takes a semaphore").isFalse();
        assertThat(Syscall.SCHED_YIELD.prompt()).isFalse();
        assertThat(Syscall.isPrompt(Abi.X86_64, Integer.MIN_VALUE)).isFalse();
    }
}
