package dev.trapgate.emulator.semantics;

import dev.trapgate.emulator.cpu.Check;
import dev.trapgate.emulator.cpu.CpuListener;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a processor does. */
final class Recorder implements CpuListener {

    final List<String> instructions = new ArrayList<>();
    final List<String> pushes = new ArrayList<>();
    final List<Long> pushed = new ArrayList<>();
    final List<String> pops = new ArrayList<>();
    final List<Check> passed = new ArrayList<>();
    final List<Integer> msrs = new ArrayList<>();
    final List<String> taskState = new ArrayList<>();
    final List<Integer> faults = new ArrayList<>();
    int descriptors;
    int writes;

    void clear() {
        instructions.clear();
        pushes.clear();
        pushed.clear();
        pops.clear();
        passed.clear();
        msrs.clear();
        taskState.clear();
        faults.clear();
        descriptors = 0;
        writes = 0;
    }

    @Override
    public void instruction(String name) {
        instructions.add(name);
    }

    @Override
    public void descriptorRead(Table table, int index, long low, long high) {
        descriptors++;
    }

    @Override
    public void taskStateRead(String field, long address, long value) {
        taskState.add(field);
    }

    @Override
    public void passed(Check check) {
        passed.add(check);
    }

    @Override
    public void pushed(long address, int size, long value, String meaning) {
        pushes.add(meaning);
        pushed.add(value);
    }

    @Override
    public void popped(long address, int size, long value, String meaning) {
        pops.add(meaning);
    }

    @Override
    public void msrRead(int number, long value) {
        msrs.add(number);
    }

    @Override
    public void memoryWritten(long linear, int size, long value) {
        writes++;
    }

    @Override
    public void exception(int fault) {
        faults.add(fault);
    }
}
