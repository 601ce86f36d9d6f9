package dev.trapgate.differential;

import dev.trapgate.abi.Structure;
import dev.trapgate.abi.Structure.Field;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.notation.ArgumentSpace;
import dev.trapgate.notation.CallArgument;
import dev.trapgate.notation.PlacedBuffer;
import dev.trapgate.notation.UsageException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One play's memory and names. Memory is cut from one block in the order of its allocation, so that it lies on both sides
 * alike, neighbors included; each edge is a block of its own.
 */
final class ScenarioSpace implements ArgumentSpace {

    private static final Pattern SELECTOR = Pattern.compile("\\[(?<index>[^\\]]*)\\]|\\.(?<field>\\w+)");

    private final Blocks source;
    private final List<UserBuffer> blocks = new ArrayList<>();
    private final Map<String, Long> results = new HashMap<>();
    private final Map<String, PlacedBuffer> memories = new HashMap<>();
    private long used;

    /**
     * Begins without names.
     *
     * @param source whose pages to cut memory from
     * @param byteSize how much will be allocated, edges aside
     */
    ScenarioSpace(Blocks source, long byteSize) {
        this.source = source;
        blocks.add(source.take((int) (byteSize / Blocks.PAGE) + 1));
    }

    /** {@return the blocks so far; the first holds what lies at no edge} */
    List<UserBuffer> blocks() {
        return blocks;
    }

    /** Gives a call's result a name. */
    void name(String name, long result) {
        results.put(name, result);
    }

    /** Gives memory a name. */
    void name(String name, PlacedBuffer memory) {
        memories.put(name, memory);
    }

    @Override
    public UserBuffer allocate(long byteSize, long byteAlignment) {
        long start = ScenarioSize.aligned(used, byteAlignment);
        used = start + byteSize;
        UserBuffer block = blocks.getFirst();
        return new UserBuffer(block.address() + start, block.segment().asSlice(start, byteSize));
    }

    @Override
    public UserBuffer allocateEdge(long byteSize) {
        int pages = Math.max(1, Math.ceilDiv((int) byteSize, Blocks.PAGE));
        UserBuffer block = source.take(pages);
        blocks.add(block);
        long start = (long) pages * Blocks.PAGE - byteSize;
        return new UserBuffer(block.address() + start, block.segment().asSlice(start, byteSize));
    }

    @Override
    public long value(CallArgument.Term.Reference reference) {
        Long result = results.get(reference.name());
        PlacedBuffer memory = memories.get(reference.name());
        if (result != null) {
            requireNoPath(reference, "is a call's result");
            return result + reference.offset();
        }
        if (memory == null) {
            throw new UsageException("$" + reference.name() + " has no meaning here");
        }
        return reference.path().isEmpty()
                ? memory.memory().address() + reference.offset()
                : field(memory, reference) + reference.offset();
    }

    private static void requireNoPath(CallArgument.Term.Reference reference, String what) {
        if (!reference.path().isEmpty()) {
            throw new UsageException("$" + reference.name() + " " + what + " and has no '" + reference.path() + "'");
        }
    }

    private static long field(PlacedBuffer memory, CallArgument.Term.Reference reference) {
        Structure structure = memory.structure().orElse(null);
        if (structure == null) {
            requireNoPath(reference, "is bytes");
            return 0;
        }
        Cursor cursor = new Cursor(memory.memory().segment(), structure, reference);
        Matcher selector = SELECTOR.matcher(reference.path());
        while (selector.find()) {
            if (selector.group("index") != null) {
                cursor.element(selector.group("index"));
            } else {
                cursor.field(selector.group("field"));
            }
        }
        return cursor.load();
    }

    /** A place in a structure, on its way inwards. */
    private static final class Cursor {

        private final MemorySegment memory;
        private final CallArgument.Term.Reference reference;
        private Structure structure;
        private long offset;
        private long elements;
        private Field field;

        Cursor(MemorySegment memory, Structure structure, CallArgument.Term.Reference reference) {
            this.memory = memory;
            this.structure = structure;
            this.reference = reference;
            this.elements = memory.byteSize() / structure.size();
            this.field = whole(structure);
        }

        private static Field whole(Structure structure) {
            boolean isInteger = structure.fields().size() == 1
                    && structure.fields().getFirst().name().isEmpty();
            return isInteger
                    ? structure.fields().getFirst()
                    : new Field(
                            "",
                            structure.name(),
                            0,
                            Structure.Format.STRUCTURE,
                            (int) structure.size(),
                            1,
                            java.util.Optional.of(structure));
        }

        void element(String index) {
            long number = dev.trapgate.notation.NumberText.parse(index);
            if (number < 0 || number >= elements) {
                throw wrong("has " + elements + " elements");
            }
            offset += number * field.elementSize();
            elements = 1;
        }

        void field(String name) {
            field = structure.field(name).orElseThrow(() -> wrong("has no field '" + name + "'"));
            offset += field.offset();
            elements = Math.max(1, field.count());
            structure = field.nested().orElse(structure);
        }

        long load() {
            if (field.nested().isPresent() || field.elementSize() > Long.BYTES) {
                throw wrong("is no number");
            }
            long value = 0;
            for (int i = field.elementSize() - 1; i >= 0; i--) {
                value = (value << Byte.SIZE) | (memory.get(ValueLayout.JAVA_BYTE, offset + i) & 0xff);
            }
            boolean signed = field.format() == Structure.Format.SIGNED;
            int unused = Long.SIZE - field.elementSize() * Byte.SIZE;
            return signed ? value << unused >> unused : value;
        }

        private UsageException wrong(String why) {
            return new UsageException("$" + reference.name() + reference.path() + ": " + structure.name() + " " + why);
        }
    }
}
