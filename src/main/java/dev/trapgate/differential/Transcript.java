package dev.trapgate.differential;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one side answered to a scenario.
 *
 * @param records what became of each step, in order; fewer than the steps if the play ended before
 * @param ending how the play ended
 * @param why what to say of an ending that is not {@link Ending#COMPLETE}
 * @param state what was left behind; empty if the play was not complete
 * @param blocks where the scenario's blocks of memory lay
 * @param startMillis when the play began, by the system's clock, in milliseconds since the epoch
 * @param endMillis when it ended
 */
record Transcript(
        List<Entry> records,
        Ending ending,
        String why,
        Map<String, String> state,
        List<Block> blocks,
        long startMillis,
        long endMillis) {

    /** How a play ended. */
    enum Ending {
        /** All steps were made. */
        COMPLETE,
        /** A step is not allowed there. */
        UNPLAYED,
        /** A call had not come back at the deadline. */
        BLOCKED,
        /** A call ended its caller, or the side failed. */
        ENDED,
        /** The scenario asks for something the convention does not have. */
        MISTAKEN
    }

    /**
     * Where a block of memory lay.
     *
     * @param address its first byte's address
     * @param size its size in bytes
     */
    record Block(long address, int size) {}

    /**
     * A run of bytes that changed.
     *
     * @param block which of the scenario's blocks of memory
     * @param offset where in the block
     * @param bytes the bytes now
     */
    record Patch(int block, int offset, MemorySegment bytes) {

        /** {@return how many bytes} */
        int size() {
            return (int) bytes.byteSize();
        }
    }

    /**
     * Memory that a step placed.
     *
     * @param label what to call it
     * @param block in which block it lies
     * @param offset where in the block
     * @param size its size in bytes
     * @param structure the name of what lies there, once or more often; empty if it is bytes
     */
    record Placed(String label, int block, int offset, int size, String structure) {}

    /**
     * What became of one step.
     *
     * @param result the call's raw result; 0 for a step that is no call
     * @param arguments the call's six arguments
     * @param placed what the step placed
     * @param before what placing changed
     * @param after what the call changed, and those that came back with it
     * @param back the blocking calls of other threads that came back in this step, by the threads' names
     */
    record Entry(
            long result,
            List<Long> arguments,
            List<Placed> placed,
            List<Patch> before,
            List<Patch> after,
            SortedMap<String, Long> back) {

        /** {@return the entry of a call that blocked, with what it answered at last} */
        Entry with(long answer) {
            return new Entry(answer, arguments, placed, before, after, back);
        }
    }

    /** {@return a transcript of a play that never began} */
    static Transcript notBegun(Ending ending, String why) {
        return new Transcript(List.of(), ending, why, Map.of(), List.of(), 0, 0);
    }

    /** Writes the transcript for {@link #read}. */
    void write(DataOutput out) throws IOException {
        out.writeUTF(ending.name());
        out.writeUTF(cut(why));
        out.writeLong(startMillis);
        out.writeLong(endMillis);
        out.writeInt(state.size());
        for (Map.Entry<String, String> line : state.entrySet()) {
            out.writeUTF(cut(line.getKey()));
            out.writeUTF(cut(line.getValue()));
        }
        out.writeInt(blocks.size());
        for (Block block : blocks) {
            out.writeLong(block.address());
            out.writeInt(block.size());
        }
        out.writeInt(records.size());
        for (Entry entry : records) {
            write(out, entry);
        }
    }

    /** {@return what {@link #write} wrote} */
    static Transcript read(DataInput in) throws IOException {
        Ending ending = Ending.valueOf(in.readUTF());
        String why = in.readUTF();
        long startMillis = in.readLong();
        long endMillis = in.readLong();
        Map<String, String> state = new TreeMap<>();
        for (int lines = in.readInt(); lines > 0; lines--) {
            state.put(in.readUTF(), in.readUTF());
        }
        List<Block> blocks = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            blocks.add(new Block(in.readLong(), in.readInt()));
        }
        List<Entry> records = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            records.add(readEntry(in));
        }
        return new Transcript(records, ending, why, state, blocks, startMillis, endMillis);
    }

    private static void write(DataOutput out, Entry entry) throws IOException {
        out.writeLong(entry.result());
        for (long argument : entry.arguments()) {
            out.writeLong(argument);
        }
        out.writeInt(entry.placed().size());
        for (Placed placed : entry.placed()) {
            out.writeUTF(cut(placed.label()));
            out.writeInt(placed.block());
            out.writeInt(placed.offset());
            out.writeInt(placed.size());
            out.writeUTF(placed.structure());
        }
        write(out, entry.before());
        write(out, entry.after());
        out.writeInt(entry.back().size());
        for (Map.Entry<String, Long> call : entry.back().entrySet()) {
            out.writeUTF(call.getKey());
            out.writeLong(call.getValue());
        }
    }

    private static void write(DataOutput out, List<Patch> patches) throws IOException {
        out.writeInt(patches.size());
        for (Patch patch : patches) {
            out.writeInt(patch.block());
            out.writeInt(patch.offset());
            out.writeInt(patch.size());
            out.write(patch.bytes().toArray(ValueLayout.JAVA_BYTE));
        }
    }

    private static Entry readEntry(DataInput in) throws IOException {
        long result = in.readLong();
        List<Long> arguments = new ArrayList<>();
        for (int i = 0; i < Player.REGISTERS; i++) {
            arguments.add(in.readLong());
        }
        List<Placed> placed = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            placed.add(new Placed(in.readUTF(), in.readInt(), in.readInt(), in.readInt(), in.readUTF()));
        }
        List<Patch> before = readPatches(in);
        List<Patch> after = readPatches(in);
        SortedMap<String, Long> back = new TreeMap<>();
        for (int count = in.readInt(); count > 0; count--) {
            back.put(in.readUTF(), in.readLong());
        }
        return new Entry(result, arguments, placed, before, after, back);
    }

    private static List<Patch> readPatches(DataInput in) throws IOException {
        List<Patch> patches = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            int block = in.readInt();
            int offset = in.readInt();
            byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            patches.add(new Patch(block, offset, MemorySegment.ofArray(bytes)));
        }
        return patches;
    }

    /** Nothing that people read is longer; {@link DataOutput#writeUTF} could not write what is. */
    private static String cut(String text) {
        return text.length() <= 10_000 ? text : text.substring(0, 10_000) + "…";
    }
}
