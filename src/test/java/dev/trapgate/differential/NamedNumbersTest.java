package dev.trapgate.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Abi;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NamedNumbersTest {

    private static final int ROOM = 32;

    private final SideView left = side();
    private final SideView right = side();
    private final BitSet changed = new BitSet();
    private final List<String> found = new ArrayList<>();

    private static SideView side() {
        List<Transcript.Block> blocks = List.of(new Transcript.Block(0x10000, ROOM));
        return new SideView(
                new Transcript(List.of(), Transcript.Ending.COMPLETE, "", Map.of(), blocks, 0, 0), Abi.X86_64);
    }

    private void read(String ours, String theirs) {
        write(left, ours);
        write(right, theirs);
        changed.set(0, Math.max(ours.length(), theirs.length()));
        FieldComparison.Finding finding = (subject, one, other) -> found.add(subject + " " + one + ", " + other);
        new NamedNumbers(left, right, 0, changed, finding).compare();
    }

    private static void write(SideView side, String text) {
        MemorySegment bytes = MemorySegment.ofArray(text.getBytes(StandardCharsets.US_ASCII));
        side.apply(List.of(new Transcript.Patch(0, 0, bytes)));
    }

    /** {@return the bytes that are left to be compared as they are} */
    private String left() {
        StringBuilder text = new StringBuilder();
        changed.stream().forEach(at -> text.append((char) left.image(0)[at]));
        return text.toString();
    }

    @Test
    void theSameProcessOnBothSidesMayHaveTwoIds() {
        read("X NOTIFY_PID:4407  \n", "X NOTIFY_PID:12345 \n");

        assertThat(found).isEmpty();
        assertThat(left()).isEqualTo("X NOTIFY_PID:\n");
    }

    @Test
    void nobodyIsNotSomebody() {
        read("NOTIFY_PID:0     \n", "NOTIFY_PID:1000  \n");

        assertThat(found).containsExactly("NOTIFY_PID: 0, pid #1");
    }

    @Test
    void anotherProcessThanBeforeIsADifference() {
        left.identity("pid", 4407);
        right.identity("pid", 1000);

        read("NOTIFY_PID:4407  \n", "NOTIFY_PID:1001  \n");

        assertThat(found).containsExactly("NOTIFY_PID: pid #1, pid #2");
    }

    @Test
    void ofANumberThatWasCutOffTheDigitsAreNotCompared() {
        read("NOTIFY_PID:44", "NOTIFY_PID:10");

        assertThat(found).isEmpty();
        assertThat(left()).isEqualTo("NOTIFY_PID:");
    }

    @Test
    void otherTextIsLeftAsItIs() {
        read("QSIZE:4407 \n", "QSIZE:1000 \n");

        assertThat(found).isEmpty();
        assertThat(left()).isEqualTo("QSIZE:4407 \n");
    }
}
