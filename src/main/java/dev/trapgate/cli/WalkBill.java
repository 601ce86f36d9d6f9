package dev.trapgate.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a passage cost the processor, counted. */
final class WalkBill {

    /** What is counted. */
    enum Item {
        DESCRIPTOR_READS("descriptor reads"),
        TASK_STATE_READS("task state reads"),
        MSR_READS("MSR reads"),
        CHECKS("checks"),
        PUSHES("pushes by the processor"),
        POPS("pops by the processor"),
        MEMORY_READS("memory reads"),
        MEMORY_WRITES("memory writes"),
        PRIVILEGE_CHANGES("privilege changes");

        private final String words;

        Item(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    private final Map<Item, Integer> counts = new LinkedHashMap<>();

    WalkBill() {
        for (Item item : Item.values()) {
            counts.put(item, 0);
        }
    }

    void count(Item item) {
        counts.merge(item, 1, Integer::sum);
    }

    int of(Item item) {
        return counts.getOrDefault(item, 0);
    }
}
