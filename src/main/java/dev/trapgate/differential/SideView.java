package dev.trapgate.differential;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.differential.Normalizations.Rule;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One side of a comparison: its memory as the calls changed it, and what its own numbers stand for. */
final class SideView {

    /** How far outside a play its files' times may lie: clocks of files tick coarsely. */
    private static final long SLACK_MILLIS = 2_000;

    private static final int MILLIS = 1000;
    private static final long NANOS = 1_000_000_000L;

    private final Transcript transcript;
    private final Abi abi;
    private final List<byte[]> images = new ArrayList<>();
    private final Map<String, Map<Long, Integer>> identities = new HashMap<>();
    private final Map<String, long[]> clocks = new HashMap<>();

    /**
     * Looks at one side.
     *
     * @param transcript what it answered
     * @param abi by which convention
     */
    SideView(Transcript transcript, Abi abi) {
        this.transcript = transcript;
        this.abi = abi;
        transcript.blocks().forEach(block -> images.add(new byte[block.size()]));
    }

    /** {@return what it answered} */
    Transcript transcript() {
        return transcript;
    }

    /** Takes changes over into the images. */
    void apply(List<Transcript.Patch> patches) {
        for (Transcript.Patch patch : patches) {
            MemorySegment image = MemorySegment.ofArray(images.get(patch.block()));
            MemorySegment.copy(patch.bytes(), 0, image, patch.offset(), patch.size());
        }
    }

    /** {@return a block as it is now} */
    byte[] image(int block) {
        return images.get(block);
    }

    /** {@return where in the scenario's memory an address lies; null if it lies elsewhere} */
    @Nullable
    Place place(long address) {
        for (int i = 0; i < transcript.blocks().size(); i++) {
            Transcript.Block block = transcript.blocks().get(i);
            long offset = address - block.address();
            if (offset >= 0 && offset <= block.size()) {
                return new Place(i, (int) offset);
            }
        }
        return null;
    }

    /** A place in the scenario's memory. */
    record Place(int block, int offset) {}

    /** {@return what an address stands for} */
    String address(long address) {
        Place place = place(address);
        if (place != null) {
            return "memory " + place.block() + "+" + place.offset();
        }
        boolean isPlain = Long.compareUnsigned(address, Blocks.PAGE) < 0;
        return isPlain ? Long.toString(address) : "an address, 0x…" + Long.toHexString(address & (Blocks.PAGE - 1));
    }

    /** {@return what a result stands for} */
    String result(long result, @Nullable Rule rule, String call, long firstArgument) {
        if (Errno.isError(result)) {
            return Errno.of(result).map(Errno::name).orElse("error " + -result);
        }
        if (rule == null) {
            return Long.toString(result);
        }
        return switch (rule.kind()) {
            case IDENTITY -> identity(rule.detail(), result);
            case ADDRESS -> address(result);
            case ORDER -> result == 1 || result == 2 ? "before or behind" : Long.toString(result);
            case CLOCK -> clock(call + " " + firstArgument, result, 0);
            default -> rule.reason();
        };
    }

    /** {@return an identity in words: equal numbers on one side have equal words} */
    String identity(String kind, long number) {
        if (number == 0) {
            return "0";
        }
        Map<Long, Integer> known = identities.computeIfAbsent(kind, missing -> new HashMap<>());
        known.putIfAbsent(number, known.size() + 1);
        return kind + " #" + known.get(number);
    }

    /** {@return a clock's reading in words: in order, or not} */
    String clock(String clock, long seconds, long part) {
        if (seconds < 0 || part < 0 || part >= NANOS) {
            return "no time: " + seconds + " s " + part;
        }
        long[] last = clocks.computeIfAbsent(clock, missing -> new long[2]);
        boolean backwards = seconds < last[0] || (seconds == last[0] && part < last[1]);
        last[0] = seconds;
        last[1] = part;
        return backwards ? "an earlier time than before" : "a time";
    }

    /** {@return whether seconds since the epoch fall into the play} */
    boolean isNow(long seconds) {
        return seconds * MILLIS >= transcript.startMillis() - SLACK_MILLIS - MILLIS
                && seconds * MILLIS <= transcript.endMillis() + SLACK_MILLIS;
    }

    /** {@return an integer of a block, sign-extended} */
    long signed(int block, int offset, int size) {
        long value = 0;
        byte[] image = image(block);
        for (int i = size - 1; i >= 0; i--) {
            value = (value << Byte.SIZE) | (image[offset + i] & 0xff);
        }
        int unused = Long.SIZE - size * Byte.SIZE;
        return (value << unused) >> unused;
    }

    /** {@return an integer of a block, zero-extended} */
    long unsigned(int block, int offset, int size) {
        int unused = Long.SIZE - size * Byte.SIZE;
        return (signed(block, offset, size) << unused) >>> unused;
    }

    /** {@return bytes of a block} */
    byte[] bytes(int block, int offset, int size) {
        return Arrays.copyOfRange(image(block), offset, offset + size);
    }

    /** {@return bytes of a block in hexadecimal} */
    String hex(int block, int offset, int size) {
        return HexFormat.ofDelimiter(" ").formatHex(bytes(block, offset, size));
    }

    /** {@return the convention} */
    Abi abi() {
        return abi;
    }
}
