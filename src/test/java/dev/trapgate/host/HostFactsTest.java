package dev.trapgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.entry.Gate;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class HostFactsTest {

    private final SortedMap<String, String> facts = HostFacts.all();

    @Test
    void areTheseAndNoneIsEmpty() {
        assertThat(facts)
                .containsOnlyKeys(
                        "clocksource",
                        "cpu",
                        "executable memory",
                        "hypervisor",
                        "ia32 emulation",
                        "jdk",
                        "kernel",
                        "seccomp");
        assertThat(facts.values()).noneMatch(String::isBlank);
    }

    @Test
    void nameThisJvmAndThisKernel() {
        assertThat(facts.get("jdk")).startsWith(System.getProperty("java.runtime.version"));
        assertThat(facts.get("kernel"))
                .isEqualTo(System.getProperty("os.name") + " " + System.getProperty("os.version"));
    }

    @Test
    void sayOfInt80WhatTheGateSays() {
        String said = facts.get("ia32 emulation");

        assertThat(said.startsWith("yes")).isEqualTo(Host.status(Gate.INT80).isOpen());
    }
}
