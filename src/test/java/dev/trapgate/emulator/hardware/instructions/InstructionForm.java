package dev.trapgate.emulator.hardware.instructions;

import dev.trapgate.emulator.cpu.Descriptor.Width;
import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.cpu.GeneralRegisters;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The forms of instructions that are executed natively and by the interpreter, written down apart from the interpreter's own
 * opcode maps, and random cases of them.
 *
 * <p>A row has: the name; the opcode; ModRM ({@code /r} any, {@code /3} the reg field fixed, then {@code m} memory or
 * {@code r} registers alone; {@code +} a register in the opcode, {@code *} a condition in the opcode); immediates;
 * operand sizes ({@code b} fixed to bytes, {@code v} 16, 32 or 64, {@code q} 64 or 16 where it is a stack's); flags that are
 * undefined afterwards; and what else there is: {@code lock} where a prefix is allowed, {@code 32} or {@code 64} where only such
 * code has it, {@code rep}, {@code near} where operands are kept small.
 */
final class InstructionForm implements CaseForm {

    private static final String TABLE = """
            add 00 /r - b - lock
            add 01 /r - v - lock
            add 02 /r - b -
            add 03 /r - v -
            add 04 - ib b -
            add 05 - iz v -
            or 08 /r - b A lock
            or 09 /r - v A lock
            or 0A /r - b A
            or 0B /r - v A
            or 0C - ib b A
            or 0D - iz v A
            adc 10 /r - b - lock
            adc 11 /r - v - lock
            adc 12 /r - b -
            adc 13 /r - v -
            adc 14 - ib b -
            adc 15 - iz v -
            sbb 18 /r - b - lock
            sbb 19 /r - v - lock
            sbb 1A /r - b -
            sbb 1B /r - v -
            sbb 1C - ib b -
            sbb 1D - iz v -
            and 20 /r - b A lock
            and 21 /r - v A lock
            and 22 /r - b A
            and 23 /r - v A
            and 24 - ib b A
            and 25 - iz v A
            sub 28 /r - b - lock
            sub 29 /r - v - lock
            sub 2A /r - b -
            sub 2B /r - v -
            sub 2C - ib b -
            sub 2D - iz v -
            xor 30 /r - b A lock
            xor 31 /r - v A lock
            xor 32 /r - b A
            xor 33 /r - v A
            xor 34 - ib b A
            xor 35 - iz v A
            cmp 38 /r - b -
            cmp 39 /r - v -
            cmp 3A /r - b -
            cmp 3B /r - v -
            cmp 3C - ib b -
            cmp 3D - iz v -
            daa 27 - - b O 32
            das 2F - - b O 32
            aaa 37 - - b OSZP 32
            aas 3F - - b OSZP 32
            aam D4 - ib b OAC 32
            aad D5 - ib b OAC 32
            salc D6 - - b - 32
            inc 40 + - v - 32
            dec 48 + - v - 32
            push 50 + - q -
            pop 58 + - q -
            pusha 60 - - v - 32
            popa 61 - - v - 32
            push 68 - iz q -
            push 6A - ib q -
            imul 69 /r iz v SZAP
            imul 6B /r ib v SZAP
            jcc 70 * ib j -
            add 80 /0 ib b - lock
            or 80 /1 ib b A lock
            adc 80 /2 ib b - lock
            sbb 80 /3 ib b - lock
            and 80 /4 ib b A lock
            sub 80 /5 ib b - lock
            xor 80 /6 ib b A lock
            cmp 80 /7 ib b -
            add 81 /0 iz v - lock
            or 81 /1 iz v A lock
            adc 81 /2 iz v - lock
            sbb 81 /3 iz v - lock
            and 81 /4 iz v A lock
            sub 81 /5 iz v - lock
            xor 81 /6 iz v A lock
            cmp 81 /7 iz v -
            add 82 /0 ib b - 32
            add 83 /0 ib v - lock
            or 83 /1 ib v A lock
            adc 83 /2 ib v - lock
            sbb 83 /3 ib v - lock
            and 83 /4 ib v A lock
            sub 83 /5 ib v - lock
            xor 83 /6 ib v A lock
            cmp 83 /7 ib v -
            test 84 /r - b A
            test 85 /r - v A
            xchg 86 /r - b - lock
            xchg 87 /r - v - lock
            mov 88 /r - b -
            mov 89 /r - v -
            mov 8A /r - b -
            mov 8B /r - v -
            mov-from-segment 8C /3 - v -
            mov-from-segment 8C /2 - v -
            lea 8D /rm - v -
            pop 8F /0 - q -
            xchg 90 + - v -
            cbw 98 - - v -
            cwd 99 - - v -
            pushf 9C - - q -
            popf 9D - - q - near
            sahf 9E - - b -
            lahf 9F - - b -
            movs A4 - - b - rep
            movs A5 - - v - rep
            cmps A6 - - b - rep
            cmps A7 - - v - rep
            test A8 - ib b A
            test A9 - iz v A
            stos AA - - b - rep
            stos AB - - v - rep
            lods AC - - b - rep
            lods AD - - v - rep
            scas AE - - b - rep
            scas AF - - v - rep
            mov B0 + ib b -
            mov B8 + iv v -
            rol C0 /0 ib b S0
            ror C0 /1 ib b S0
            rcl C0 /2 ib b S0
            rcr C0 /3 ib b S0
            shl C0 /4 ib b S1
            shr C0 /5 ib b S1
            sal C0 /6 ib b S1
            sar C0 /7 ib b S1
            rol C1 /0 ib v S0
            ror C1 /1 ib v S0
            rcl C1 /2 ib v S0
            rcr C1 /3 ib v S0
            shl C1 /4 ib v S1
            shr C1 /5 ib v S1
            sal C1 /6 ib v S1
            sar C1 /7 ib v S1
            ret C2 - iw j -
            ret C3 - - j -
            mov C6 /0 ib b -
            mov C7 /0 iz v -
            enter C8 - iwib q - near
            leave C9 - - q - near
            rol D0 /0 - b -
            ror D0 /1 - b -
            rcl D0 /2 - b -
            rcr D0 /3 - b -
            shl D0 /4 - b A
            shr D0 /5 - b A
            sar D0 /7 - b A
            rol D1 /0 - v -
            ror D1 /1 - v -
            rcl D1 /2 - v -
            rcr D1 /3 - v -
            shl D1 /4 - v A
            shr D1 /5 - v A
            sar D1 /7 - v A
            rol D2 /0 - b S0
            ror D2 /1 - b S0
            rcl D2 /2 - b S0
            rcr D2 /3 - b S0
            shl D2 /4 - b S1
            shr D2 /5 - b S1
            sar D2 /7 - b S1
            rol D3 /0 - v S0
            ror D3 /1 - v S0
            rcl D3 /2 - v S0
            rcr D3 /3 - v S0
            shl D3 /4 - v S1
            shr D3 /5 - v S1
            sar D3 /7 - v S1
            xlat D7 - - b - near
            loopne E0 - ib j -
            loope E1 - ib j -
            loop E2 - ib j -
            jrcxz E3 - ib j -
            jmp EB - ib j -
            cmc F5 - - b -
            test F6 /0 ib b A
            not F6 /2 - b - lock
            neg F6 /3 - b - lock
            mul F6 /4 - b SZAP
            imul F6 /5 - b SZAP
            div F6 /6 - b OSZAPC
            idiv F6 /7 - b OSZAPC
            test F7 /0 iz v A
            not F7 /2 - v - lock
            neg F7 /3 - v - lock
            mul F7 /4 - v SZAP
            imul F7 /5 - v SZAP
            div F7 /6 - v OSZAPC near
            idiv F7 /7 - v OSZAPC near
            clc F8 - - b -
            stc F9 - - b -
            cli FA - - b -
            sti FB - - b -
            cld FC - - b -
            std FD - - b -
            inc FE /0 - b - lock
            dec FE /1 - b - lock
            inc FF /0 - v - lock
            dec FF /1 - v - lock
            call FF /2 - j -
            jmp FF /4 - j -
            push FF /6 - q -
            nop 0F1F /0 - v -
            cmovcc 0F40 *r - v -
            setcc 0F90 *0 - b -
            hlt F4 - - b -
            bt 0FA3 /r - v OSAP near
            bt 0FBA /4 ib v OSAP
            bts 0FAB /r - v OSAP lock near
            bts 0FBA /5 ib v OSAP lock
            btr 0FB3 /r - v OSAP lock near
            btr 0FBA /6 ib v OSAP lock
            btc 0FBB /r - v OSAP lock near
            btc 0FBA /7 ib v OSAP lock
            shld 0FA4 /r ib v S1
            shld 0FA5 /r - v S1
            shrd 0FAC /r ib v S1
            shrd 0FAD /r - v S1
            imul 0FAF /r - v SZAP
            cmpxchg 0FB0 /r - b - lock
            cmpxchg 0FB1 /r - v - lock
            movzx 0FB6 /r - v -
            movzx 0FB7 /r - v -
            bsf 0FBC /r - v OSAPC
            bsr 0FBD /r - v OSAPC
            movsx 0FBE /r - v -
            movsx 0FBF /r - v -
            movsxd 63 /r - v - 64
            xadd 0FC0 /r - b - lock
            xadd 0FC1 /r - v - lock
            movnti 0FC3 /rm - y -
            cmpxchg8b 0FC7 /1m - y - lock
            bswap 0FC8 + - y -
            ud2 0F0B - - b -
            ud 0FFF /r - b -
            push-fs 0FA0 - - q -
            int-20 CD20 - - b -
            lfence 0FAEE8 - - b -
            bound 62 /rm - v - 32
            les C4 /rm - z - 32
            mov-to-segment 8E /3 - b - near
            mov-to-segment 8E /0 - b - near
            lar 0F02 /r - v - near
            lsl 0F03 /r - v - near
            verr 0F00 /4 - b - near
            verw 0F00 /5 - b - near
            arpl 63 /r - b - 32
            """;

    private static final long ARITHMETIC = Flags.CF | Flags.PF | Flags.AF | Flags.ZF | Flags.SF | Flags.OF;

    /** Null, the kernel's and programs' segments, and what is no segment; not those that differ from thread to thread. */
    private static final int[] SELECTORS = {0, 1, 3, 4, 7, 0x10, 0x18, 0x23, 0x28, 0x2b, 0x33, 0x43, 0x80, 0xfffb};

    private static final long FAR_BIT = (1L << 55) + 3;

    private static final int WINDOW_MIDDLE = InstructionCase.WINDOW_SIZE / 2;

    private final String name;
    private final String opcode;
    private final String modrm;
    private final String immediates;
    private final int bits;
    private final char sizes;
    private final String undefined;
    private final List<String> tags;
    private final Width width;
    private final boolean memory;

    private InstructionForm(String[] words, Width width, int bits, boolean memory) {
        this.name = words[0];
        this.opcode = words[1];
        this.modrm = words[2];
        this.immediates = words[3];
        this.sizes = words[4].charAt(0);
        this.undefined = words[5];
        this.tags = List.of(words).subList(6, words.length);
        this.width = width;
        this.bits = bits;
        this.memory = memory;
    }

    /** {@return every form: each row in 32- and 64-bit code, in each operand size, on registers and on memory} */
    static List<InstructionForm> all() {
        List<InstructionForm> forms = new ArrayList<>();
        TABLE.lines().map(line -> line.split(" ", -1)).forEach(words -> {
            for (Width width : new Width[] {Width.BITS_32, Width.BITS_64}) {
                List<String> tags = List.of(words).subList(6, words.length);
                boolean absent = tags.contains(width == Width.BITS_32 ? "64" : "32");
                for (int bits : absent ? new int[0] : sizes(words[4].charAt(0), width)) {
                    boolean extended = words[2].startsWith("/") || words[2].length() == 2;
                    if (extended && !words[2].endsWith("m")) {
                        forms.add(new InstructionForm(words, width, bits, false));
                    }
                    if (!extended || !words[2].equals("/rr")) {
                        forms.add(new InstructionForm(words, width, bits, extended));
                    }
                }
            }
        });
        return forms;
    }

    private static int[] sizes(char sizes, Width width) {
        boolean wide = width == Width.BITS_64;
        return switch (sizes) {
            case 'b' -> new int[] {8};
            case 'j' -> new int[] {wide ? 64 : 32};
            case 'q' -> wide ? new int[] {16, 64} : new int[] {16, 32};
            case 'y' -> wide ? new int[] {32, 64} : new int[] {32};
            case 'z' -> new int[] {16, 32};
            default -> wide ? new int[] {16, 32, 64} : new int[] {16, 32};
        };
    }

    @Override
    public String toString() {
        return name + ' ' + opcode + modrm + (memory ? " memory " : " ") + bits + " bits in " + width;
    }

    @Override
    public InstructionCase random(SplittableRandom random) {
        long[] registers = new long[GeneralRegisters.COUNT];
        for (int i = 0; i < registers.length; i++) {
            registers[i] = value(random);
        }
        registers[GeneralRegisters.RSP] = InstructionCase.WINDOW + WINDOW_MIDDLE + 8L * random.nextInt(-4, 4);
        boolean stringOperation = tags.contains("rep");
        if (stringOperation) {
            registers[GeneralRegisters.RSI] = InstructionCase.WINDOW + WINDOW_MIDDLE + random.nextInt(-16, 16);
            registers[GeneralRegisters.RDI] = InstructionCase.WINDOW + WINDOW_MIDDLE + random.nextInt(-16, 16);
            registers[GeneralRegisters.RCX] = random.nextInt(random.nextInt(4) == 0 ? 40 : 8);
        }
        near(registers, random);
        byte[] window = new byte[InstructionCase.WINDOW_SIZE];
        random.nextBytes(window);
        if (random.nextInt(4) == 0) {
            java.util.Arrays.fill(window, (byte) random.nextInt(3));
        }
        if (name.equals("les") || readsSelector()) {
            // A selector wherever it is read from.
            int selector = SELECTORS[random.nextInt(SELECTORS.length)];
            int step = random.nextInt(2);
            for (int i = 0; i < window.length; i++) {
                window[i] = (byte) (selector >>> (8 * (i & step)));
            }
        }
        if (name.equals("ret")) {
            putStack(window, registers, random);
        }
        long flags = random.nextLong() & (ARITHMETIC | (random.nextInt(4) == 0 ? Flags.DF : 0));
        byte[] code = code(random, registers);
        if (width == Width.BITS_32) {
            for (int i = 0; i < registers.length; i++) {
                registers[i] = i < 8 ? registers[i] & 0xffff_ffffL : 0;
            }
        }
        return new InstructionCase(toString(), code, width, registers, flags, window, undefined(code, registers));
    }

    private boolean readsSelector() {
        return switch (name) {
            case "mov-to-segment", "lar", "lsl", "verr", "verw" -> true;
            default -> false;
        };
    }

    private void near(long[] registers, SplittableRandom random) {
        if (!tags.contains("near")) {
            return;
        }
        switch (name) {
            case "leave", "enter" ->
                registers[GeneralRegisters.RBP] = InstructionCase.WINDOW + 8L * random.nextInt(8, 24);
            case "xlat" -> registers[GeneralRegisters.RBX] = InstructionCase.WINDOW - random.nextInt(64);
            case "mov-to-segment", "lar", "lsl", "verr", "verw" -> {
                for (int i = 0; i < registers.length; i++) {
                    registers[i] = i == GeneralRegisters.RSP
                            ? registers[i]
                            : SELECTORS[random.nextInt(SELECTORS.length)] | random.nextLong() << 16;
                }
            }
            case "div", "idiv" -> {
                if (random.nextInt(3) != 0) {
                    registers[GeneralRegisters.RDX] = random.nextInt(2) - (name.equals("idiv") ? 1L : 0);
                }
            }
            default -> {
                // The number of a bit must not lead from the data to what else the native process has.
                boolean far = random.nextInt(4) == 0;
                for (int i = 0; i < registers.length; i++) {
                    long number = far ? FAR_BIT * random.nextInt(-100, 100) : random.nextInt(-300, 300);
                    registers[i] = i == GeneralRegisters.RSP ? registers[i] : number;
                }
            }
        }
    }

    /** A return address that leads to INT3, most of the time. */
    private void putStack(byte[] window, long[] registers, SplittableRandom random) {
        if (random.nextInt(8) == 0) {
            return;
        }
        int at = (int) (registers[GeneralRegisters.RSP] - InstructionCase.WINDOW);
        long target = InstructionCase.CODE;
        for (int i = 0; i < 8; i++) {
            window[at + i] = (byte) (target >>> (8 * i));
        }
    }

    private static long value(SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> 1L << random.nextInt(64);
            case 3 -> (1L << random.nextInt(64)) - 1;
            case 4 -> random.nextInt(-128, 256);
            default -> random.nextLong() >> random.nextInt(64);
        };
    }

    // Encoding.

    private byte[] code(SplittableRandom random, long[] registers) {
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        boolean wide = width == Width.BITS_64;
        if (memory && tags.contains("lock") && random.nextInt(3) == 0) {
            code.write(0xf0);
        }
        if (tags.contains("rep") && random.nextInt(4) != 0) {
            code.write(0xf2 + random.nextInt(2));
        }
        if (bits == 16) {
            code.write(0x66);
        }
        int rex = wide ? random.nextInt(8) : 0;
        boolean needsWide = bits == 64 && "vy".indexOf(sizes) >= 0;
        boolean hasModrm = memory || modrm.startsWith("/") || modrm.length() == 2;
        boolean narrow = narrowsAddress(random, hasModrm);
        if (narrow) {
            code.write(0x67);
        }
        int[] modrmBytes = hasModrm ? modrm(random, registers, rex) : null;
        if (narrow && hasModrm) {
            modrmBytes = wide ? modrmBytes : modrm16(random);
        }
        if (wide && (needsWide || random.nextInt(2) == 0 || (modrmBytes != null && memory && rex != 0))) {
            code.write(0x40 | (needsWide ? 8 : 0) | rex);
        } else if (rex != 0) {
            rex = 0;
            modrmBytes = modrmBytes == null ? null : modrm(random, registers, 0);
        }
        for (int i = 0; i < opcode.length(); i += 2) {
            int value = Integer.parseInt(opcode.substring(i, i + 2), 16);
            boolean last = i + 2 == opcode.length();
            if (last && modrm.equals("+")) {
                value += random.nextInt(8);
            } else if (last && modrm.startsWith("*")) {
                value += random.nextInt(16);
            }
            code.write(value);
        }
        if (modrmBytes != null) {
            for (int value : modrmBytes) {
                code.write(value);
            }
        }
        immediates(random, code);
        if (narrow && wide) {
            // What the narrow address leaves out must not matter.
            for (int i = 0; i < registers.length; i++) {
                registers[i] ^= i == GeneralRegisters.RSP ? 0 : random.nextLong() << 32;
            }
        }
        return code.toByteArray();
    }

    /**
     * {@return whether an address size prefix is to be there} In 32-bit code it makes addresses of 16 bits, where there is no
     * memory: an access faults. The number of a bit leads too far for that.
     */
    private boolean narrowsAddress(SplittableRandom random, boolean hasModrm) {
        boolean counts = sizes == 'j' && opcode.startsWith("E");
        boolean addresses = hasModrm && memory && !(tags.contains("near") && name.startsWith("bt"));
        boolean strings = tags.contains("rep") && width == Width.BITS_64;
        return (counts || addresses || strings) && random.nextInt(name.equals("lea") ? 2 : 12) == 0;
    }

    /** ModRM with a 16-bit address. */
    private int[] modrm16(SplittableRandom random) {
        char field = modrm.charAt(1);
        int reg = field == 'r' ? random.nextInt(8) : field - '0';
        int mod = random.nextInt(3);
        int rm = random.nextInt(8);
        int displacement = mod == 0 ? rm == 6 ? 2 : 0 : mod;
        int[] bytes = new int[1 + displacement];
        bytes[0] = mod << 6 | reg << 3 | rm;
        for (int i = 1; i < bytes.length; i++) {
            bytes[i] = random.nextInt(256);
        }
        return bytes;
    }

    private int[] modrm(SplittableRandom random, long[] registers, int rex) {
        char field = modrm.charAt(1);
        int reg = field == 'r' ? random.nextInt(8) : field - '0';
        if (!memory) {
            return new int[] {0xc0 | reg << 3 | random.nextInt(8)};
        }
        boolean sib = random.nextInt(3) == 0;
        int mod = random.nextInt(3);
        int base = random.nextInt(8);
        while (base == 4 || (base == 5 && mod == 0)) {
            base = random.nextInt(8);
        }
        int displacement = mod == 0 ? 0 : mod == 1 ? random.nextInt(-128, 128) : random.nextInt(-100_000, 100_000);
        int baseRegister = base | (rex & 1) << 3;
        long place = InstructionCase.WINDOW + WINDOW_MIDDLE + random.nextLong(-40, 40) - displacement;
        if (name.equals("cmpxchg8b") && random.nextInt(4) != 0) {
            place += -(place + displacement) & 15;
        }
        List<Integer> bytes = new ArrayList<>();
        if (sib) {
            int index = random.nextInt(8);
            int scale = random.nextInt(4);
            int indexRegister = index | (rex & 2) << 2;
            bytes.add(mod << 6 | reg << 3 | 4);
            bytes.add(scale << 6 | index << 3 | base);
            if (indexRegister == baseRegister || indexRegister == 4) {
                indexRegister = -1;
            }
            if (indexRegister >= 0) {
                registers[indexRegister] = random.nextInt(-5, 5);
                place -= registers[indexRegister] << scale;
            } else if (index == (baseRegister & 7) && (rex & 2) << 2 == (baseRegister & 8)) {
                return modrm(random, registers, rex);
            }
        } else {
            bytes.add(mod << 6 | reg << 3 | base);
        }
        if (baseRegister == 4) {
            return modrm(random, registers, rex);
        }
        registers[baseRegister] = place;
        for (int i = 0; i < (mod == 0 ? 0 : mod == 1 ? 1 : 4); i++) {
            bytes.add((displacement >> (8 * i)) & 0xff);
        }
        return bytes.stream().mapToInt(Integer::intValue).toArray();
    }

    private void immediates(SplittableRandom random, ByteArrayOutputStream code) {
        int size =
                switch (immediates) {
                    case "ib" -> 1;
                    case "iw" -> 2;
                    case "iz" -> bits == 16 ? 2 : 4;
                    case "iv" -> bits / 8;
                    default -> 0;
                };
        if (immediates.equals("iwib")) {
            code.write(random.nextInt(64));
            code.write(0);
            code.write(random.nextInt(5));
        } else if (sizes == 'j' && immediates.equals("ib")) {
            code.write(random.nextInt(2) == 0 ? 0 : 4);
        } else if (sizes == 'j' && immediates.equals("iw")) {
            code.write(random.nextInt(64));
            code.write(0);
        } else {
            long value = value(random);
            for (int i = 0; i < size; i++) {
                code.write((int) (value >>> (8 * i)) & 0xff);
            }
        }
    }

    // Undefined flags.

    private long undefined(byte[] code, long[] registers) {
        if (undefined.equals("S0") || undefined.equals("S1")) {
            int count = immediates.equals("ib") ? code[code.length - 1] : (int) registers[GeneralRegisters.RCX];
            return undefinedAfterShift(count & (bits == 64 ? 63 : 31));
        }
        long flags = 0;
        for (int i = 0; i < undefined.length(); i++) {
            flags |= switch (undefined.charAt(i)) {
                case 'O' -> Flags.OF;
                case 'S' -> Flags.SF;
                case 'Z' -> Flags.ZF;
                case 'A' -> Flags.AF;
                case 'P' -> Flags.PF;
                case 'C' -> Flags.CF;
                default -> 0;
            };
        }
        return flags;
    }

    private long undefinedAfterShift(int count) {
        if (count == 0) {
            return 0;
        }
        long overflow = count == 1 ? 0 : Flags.OF;
        if (undefined.equals("S0")) {
            return overflow;
        }
        return overflow | Flags.AF | (count >= bits ? Flags.CF : 0);
    }

    @Override
    public boolean defines(InstructionCase one) {
        boolean twofold = name.equals("shld") || name.equals("shrd");
        if (!twofold || bits != 16) {
            return true;
        }
        int count = immediates.equals("ib")
                ? one.code()[one.code().length - 1]
                : (int) one.registers()[GeneralRegisters.RCX];
        return (count & 31) <= 16;
    }
}
