package dev.trapgate.emulator.hardware.instructions;

import dev.trapgate.emulator.cpu.Descriptor.Width;
import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.cpu.GeneralRegisters;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The forms of MMX, SSE, SSE2 and x87 instructions that are executed natively and by the interpreter, written down apart from
 * the interpreter's own opcode maps, and random cases of them.
 *
 * <p>A row has: the name; the prefix that is part of the opcode, or {@code -}; the opcode; ModRM ({@code /r}, {@code /rm} memory
 * alone, {@code /rr} registers alone, {@code /3m}, {@code /3r} with the reg field fixed, {@code -} none); what the registers
 * hold ({@code s} binary32, {@code d} binary64, {@code i} integers); then {@code ib} for an immediate byte, {@code w} where
 * REX.W makes a difference.
 */
final class FloatForm implements CaseForm {

    private static final long ARITHMETIC = Flags.CF | Flags.PF | Flags.AF | Flags.ZF | Flags.SF | Flags.OF;
    private static final int WINDOW_MIDDLE = InstructionCase.WINDOW_SIZE / 2;

    private final String name;
    private final String prefix;
    private final String opcode;
    private final String modrm;
    private final FloatValues.Type type;
    private final List<String> tags;
    private final Width width;
    private final boolean memory;

    private FloatForm(String[] words, Width width, boolean memory) {
        this.name = words[0];
        this.prefix = words[1];
        this.opcode = words[2];
        this.modrm = words[3];
        this.type = switch (words[4]) {
            case "s" -> FloatValues.Type.SINGLE;
            case "d" -> FloatValues.Type.DOUBLE;
            default -> FloatValues.Type.INTEGER;
        };
        this.tags = List.of(words).subList(5, words.length);
        this.width = width;
        this.memory = memory;
    }

    /** {@return every form: each row in 32- and 64-bit code, on registers and on memory} */
    static List<FloatForm> all() {
        List<FloatForm> forms = new ArrayList<>();
        FloatForms.rows().map(line -> line.split(" ", -1)).forEach(words -> {
            for (Width width : new Width[] {Width.BITS_32, Width.BITS_64}) {
                if (!words[3].endsWith("m")) {
                    forms.add(new FloatForm(words, width, false));
                }
                if (words[3].equals("/r") || words[3].endsWith("m")) {
                    forms.add(new FloatForm(words, width, true));
                }
            }
        });
        return forms;
    }

    @Override
    public String toString() {
        return name
                + ' '
                + (prefix.equals("-") ? "" : prefix)
                + opcode
                + modrm
                + (memory ? " memory in " : " in ")
                + width;
    }

    @Override
    public boolean defines(InstructionCase one) {
        return true;
    }

    @Override
    public InstructionCase random(SplittableRandom random) {
        long[] registers = new long[GeneralRegisters.COUNT];
        for (int i = 0; i < registers.length; i++) {
            registers[i] = random.nextLong() >> random.nextInt(64);
        }
        registers[GeneralRegisters.RSP] = InstructionCase.WINDOW + WINDOW_MIDDLE;
        registers[GeneralRegisters.RDI] = InstructionCase.WINDOW + random.nextInt(64, 160);
        byte[] window = new byte[InstructionCase.WINDOW_SIZE];
        for (int at = 0; at < window.length; at += 16) {
            System.arraycopy(FloatValues.vector(random, type), 0, window, at, 16);
        }
        byte[] code = code(random, registers, window);
        if (width == Width.BITS_32) {
            for (int i = 0; i < registers.length; i++) {
                registers[i] = i < 8 ? registers[i] & 0xffff_ffffL : 0;
            }
        }
        FloatState floats = FloatState.random(random, type);
        long flags = random.nextLong() & ARITHMETIC;
        return new InstructionCase(toString(), code, width, registers, flags, window, 0, floats);
    }

    private byte[] code(SplittableRandom random, long[] registers, byte[] window) {
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        if (!prefix.equals("-")) {
            code.write(Integer.parseInt(prefix, 16));
        }
        int rex = width == Width.BITS_64 ? random.nextInt(8) : 0;
        if (tags.contains("w") && width == Width.BITS_64 && random.nextInt(2) == 0) {
            rex |= 8;
        }
        if (rex != 0) {
            code.write(0x40 | rex);
        }
        for (int i = 0; i < opcode.length(); i += 2) {
            code.write(Integer.parseInt(opcode.substring(i, i + 2), 16));
        }
        if (!modrm.equals("-")) {
            modrm(random, registers, window, rex, code);
        }
        if (tags.contains("ib")) {
            code.write(random.nextInt(random.nextInt(3) == 0 ? 256 : 24));
        }
        return code.toByteArray();
    }

    private void modrm(SplittableRandom random, long[] registers, byte[] window, int rex, ByteArrayOutputStream code) {
        char field = modrm.charAt(1);
        int reg = field == 'r' ? random.nextInt(8) : field - '0';
        if (!memory) {
            code.write(0xc0 | reg << 3 | random.nextInt(8));
            return;
        }
        int[] bases = {0, 1, 2, 3, 6};
        int base = bases[random.nextInt(bases.length)];
        int displacement = random.nextInt(-128, 128);
        code.write(0x40 | reg << 3 | base);
        code.write(displacement);
        int place = tags.contains("x") ? 0 : WINDOW_MIDDLE + 16 * random.nextInt(-4, 4);
        if (random.nextInt(8) == 0) {
            place += random.nextInt(16);
        }
        if (tags.contains("t") || tags.contains("x")) {
            putExtended(random, window, place);
        }
        registers[base | (rex & 1) << 3] = InstructionCase.WINDOW + place - displacement;
    }

    private void putExtended(SplittableRandom random, byte[] window, int place) {
        if (tags.contains("t")) {
            System.arraycopy(FloatValues.extended(random), 0, window, place, 10);
        }
    }
}
