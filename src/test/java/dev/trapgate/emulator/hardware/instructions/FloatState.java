package dev.trapgate.emulator.hardware.instructions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.FxState;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The x87, MMX and SSE registers, as FXSAVE writes them. Where the last x87 instruction was is not compared: processors differ
 * in when they tell.
 */
final class FloatState {

    static final int SIZE = FxState.SIZE;

    /** After a reset. */
    static final FloatState INITIAL = new FloatState(initial());

    private static final int STATUS = 2;
    private static final int TAGS = 4;
    private static final int MXCSR = 24;
    private static final int STACK = 32;
    private static final int VECTORS = 160;

    private final byte[] image;

    FloatState(byte[] image) {
        this.image = image;
    }

    private static byte[] initial() {
        ByteBuffer bytes = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort(0, (short) 0x37f).putInt(MXCSR, 0x1f80);
        return bytes.array();
    }

    /** {@return random registers, with what arithmetic finds hard} */
    static FloatState random(SplittableRandom random, FloatValues.Type type) {
        ByteBuffer bytes = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        boolean masked = random.nextInt(3) != 0;
        int control = masked ? 0x3f : random.nextInt(64);
        int precision = random.nextInt(3) == 0 ? random.nextInt(2) * 2 : 3;
        bytes.putShort(0, (short) (control | 0x40 | precision << 8 | random.nextInt(4) << 10));
        int top = random.nextInt(8);
        int pending = random.nextInt(16) == 0 ? random.nextInt(64) : 0;
        int conditions = random.nextInt(16);
        int status = pending | top << 11 | (conditions & 7) << 8 | (conditions & 8) << 11;
        boolean waits = (pending & ~control) != 0;
        bytes.putShort(STATUS, (short) (status | (waits ? 0x8080 : 0)));
        bytes.put(TAGS, (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : 0xff));
        int masks = random.nextInt(3) != 0 ? 0x1f80 : random.nextInt(64) << 7;
        int flags = random.nextInt(2) == 0 ? 0 : random.nextInt(64);
        int zeros = (random.nextInt(6) == 0 ? 1 << 6 : 0) | (random.nextInt(6) == 0 ? 1 << 15 : 0);
        int rounding = random.nextInt(2) == 0 ? 0 : random.nextInt(4) << 13;
        bytes.putInt(MXCSR, masks | flags | zeros | rounding);
        for (int i = 0; i < 8; i++) {
            bytes.position(STACK + 16 * i).put(FloatValues.extended(random));
        }
        bytes.position(VECTORS);
        for (int i = 0; i < 16; i++) {
            bytes.put(FloatValues.vector(random, type));
        }
        return new FloatState(bytes.array());
    }

    static FloatState of(Cpu cpu) {
        byte[] image = new byte[SIZE];
        FxState.save(cpu, MemorySegment.ofArray(image), FxState.Layout.BITS_64);
        return new FloatState(image);
    }

    void load(Cpu cpu) {
        assertThat(FxState.load(cpu, MemorySegment.ofArray(image), FxState.Layout.BITS_64))
                .isTrue();
    }

    byte[] image() {
        return image;
    }

    private static String hex(byte[] bytes, int at, int size) {
        byte[] reversed = new byte[size];
        for (int i = 0; i < size; i++) {
            reversed[i] = bytes[at + size - 1 - i];
        }
        return HexFormat.of().formatHex(reversed);
    }

    /** Words how another state differs from this one. */
    void addDifferences(FloatState other, List<String> found) {
        compare(other, found, "control", 0, 2);
        compare(other, found, "status", STATUS, 2);
        compare(other, found, "tags", TAGS, 1);
        compare(other, found, "mxcsr", MXCSR, 4);
        for (int i = 0; i < 8; i++) {
            compare(other, found, "st" + i, STACK + 16 * i, 10);
        }
        for (int i = 0; i < 16; i++) {
            compare(other, found, "xmm" + i, VECTORS + 16 * i, 16);
        }
    }

    private void compare(FloatState other, List<String> found, String name, int at, int size) {
        String mine = hex(image, at, size);
        String theirs = hex(other.image, at, size);
        if (!mine.equals(theirs)) {
            found.add(name + ' ' + mine + " / " + theirs);
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("mxcsr=").append(hex(image, MXCSR, 4));
        text.append(" control=").append(hex(image, 0, 2)).append(" status=").append(hex(image, STATUS, 2));
        text.append(" tags=").append(hex(image, TAGS, 1));
        for (int i = 0; i < 8; i++) {
            text.append(" st").append(i).append('=').append(hex(image, STACK + 16 * i, 10));
        }
        for (int i = 0; i < 16; i++) {
            text.append(" xmm").append(i).append('=').append(hex(image, VECTORS + 16 * i, 16));
        }
        return text.toString();
    }
}
