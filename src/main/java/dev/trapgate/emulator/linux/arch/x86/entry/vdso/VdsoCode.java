package dev.trapgate.emulator.linux.arch.x86.entry.vdso;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Lays the functions of a vDSO one after the other, each on a multiple of sixteen. */
final class VdsoCode {

    private static final int ALIGNMENT = 16;
    private static final byte NOP = (byte) 0x90;

    private final int start;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<VdsoSymbol> symbols = new ArrayList<>();

    /**
     * Begins without a function.
     *
     * @param start where the first goes in the image
     */
    VdsoCode(int start) {
        this.start = start;
    }

    /** {@return where the code begins in the image} */
    int start() {
        return start;
    }

    /** {@return where the next function goes in the image} */
    int position() {
        return start + bytes.size();
    }

    /** {@return the code} */
    byte[] toByteArray() {
        return bytes.toByteArray();
    }

    /** {@return what it exports} */
    List<VdsoSymbol> symbols() {
        return List.copyOf(symbols);
    }

    /**
     * Adds a function.
     *
     * @param name its exported name
     * @param version its version
     * @param listing its code in hexadecimal; {@code rel:x} stands for the four bytes of the distance to offset x of the
     *     image, counted from behind them
     */
    void add(String name, String version, String... listing) {
        byte[] code = assemble(position(), String.join(" ", listing));
        symbols.add(new VdsoSymbol(name, version, position(), code.length, VdsoSymbol.Binding.GLOBAL));
        bytes.writeBytes(code);
        while (bytes.size() % ALIGNMENT != 0) {
            bytes.write(NOP);
        }
    }

    /** Gives the function added last another name, which binds weakly. */
    void alias(String name) {
        VdsoSymbol last = symbols.getLast();
        symbols.add(new VdsoSymbol(name, last.version(), last.offset(), last.size(), VdsoSymbol.Binding.WEAK));
    }

    private static byte[] assemble(int at, String listing) {
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        for (String part : listing.trim().split(" +", -1)) {
            if (part.startsWith("rel:")) {
                int target = Integer.parseInt(part.substring(4));
                int next = at + code.size() + Integer.BYTES;
                code.writeBytes(littleEndian(target - next));
            } else {
                code.writeBytes(HexFormat.of().parseHex(part));
            }
        }
        return code.toByteArray();
    }

    /** {@return the four bytes of a number as a listing has them} */
    static String imm32(int value) {
        return HexFormat.of().formatHex(littleEndian(value)).toLowerCase(Locale.ROOT);
    }

    /** {@return the four bytes of the distance to an offset of the image, as a listing has them} */
    static String rel32(int target) {
        return "rel:" + target;
    }

    private static byte[] littleEndian(int value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }
}
