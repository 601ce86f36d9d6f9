package dev.trapgate.emulator.cpu.decode;

import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.decode.Opcode.Attribute;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes instructions of bytes (SDM vol. 2, chapter 2). A decoder is used by one thread at a time. */
public final class Decoder {

    private static final int REX_W = 8;
    private static final int REX_R = 4;
    private static final int REX_X = 2;
    private static final int REX_B = 1;
    private static final int MOD_REGISTER = 3;
    private static final int RM_SIB = 4;
    private static final int RM_DISPLACEMENT = 5;
    private static final int RM_DISPLACEMENT_16 = 6;
    private static final long LOW_16 = 0xffff;
    private static final long LOW_32 = 0xffff_ffffL;

    /** Base and index registers of 16-bit addressing, by ModRM's r/m field. */
    private static final int[][] PAIRS_16 = {
        {GeneralRegisters.RBX, GeneralRegisters.RSI},
        {GeneralRegisters.RBX, GeneralRegisters.RDI},
        {GeneralRegisters.RBP, GeneralRegisters.RSI},
        {GeneralRegisters.RBP, GeneralRegisters.RDI},
        {GeneralRegisters.RSI, GeneralRegisters.NONE},
        {GeneralRegisters.RDI, GeneralRegisters.NONE},
        {GeneralRegisters.RBP, GeneralRegisters.NONE},
        {GeneralRegisters.RBX, GeneralRegisters.NONE}
    };

    private final CodeBytes code;
    private final List<Operand> operands = new ArrayList<>(3);

    private Mode mode = Mode.BITS_32;
    private long start;
    private int length;
    private boolean operandPrefix;
    private boolean addressPrefix;
    private boolean locked;
    private Repeat repeat = Repeat.ONCE;
    private @Nullable Segment override;
    private int rex;
    private boolean hasRex;
    private int opcode;
    private int modrm;
    private int operandBits;
    private int addressBits;
    private List<String> notations = List.of();

    /** RM's register or memory, once ModRM's memory has been read: its address but not how much of it is accessed. */
    private Operand.@Nullable Memory memory;

    /**
     * Makes a decoder.
     *
     * @param code where it gets bytes from
     */
    public Decoder(CodeBytes code) {
        this.code = code;
    }

    /**
     * Decodes one instruction.
     *
     * @param address its offset in the code segment
     * @param codeMode how to decode it
     * @return the instruction; null if its bytes are no instruction, or a LOCK prefix is where it may not be: #UD
     * @throws dev.trapgate.emulator.cpu.RaisedFault if its bytes cannot be fetched
     */
    public @Nullable DecodedInstruction decode(long address, Mode codeMode) {
        mode = codeMode;
        start = address;
        length = 0;
        operands.clear();
        memory = null;
        opcode = prefixes();
        if (opcode == 0x0f) {
            opcode = 256 + next();
        }
        Opcode row = row();
        if (row == null || (row.has(Attribute.I64) && mode == Mode.BITS_64)) {
            return null;
        }
        chooseSizes(row);
        notations = row.operands();
        for (String notation : notations) {
            Operand operand = operand(notation);
            if (operand == null) {
                return null;
            }
            operands.add(operand);
        }
        return isWellLocked(row) ? instruction(row) : null;
    }

    /** {@return how many bytes the last instruction has fetched: its length, also where it is none} */
    public int fetched() {
        return length;
    }

    private DecodedInstruction instruction(Opcode row) {
        Operation operation = row.operation();
        if (operation == Operation.XCHG && opcode == 0x90 && (rex & REX_B) == 0) {
            operation = repeat == Repeat.WHILE_EQUAL ? Operation.PAUSE : Operation.NOP;
        }
        return new DecodedInstruction(
                operation,
                row.condition(),
                row.has(Attribute.BYTE) ? 8 : operandBits,
                addressBits,
                mode == Mode.BITS_64 ? 64 : 32,
                List.copyOf(operands),
                locked,
                repeat,
                override == null ? Segment.DS : override,
                start,
                length);
    }

    private boolean isWellLocked(Opcode row) {
        return !locked || (row.has(Attribute.LOCK) && operands.get(0) instanceof Operand.Memory);
    }

    /** Reads the prefixes. {@return the byte that follows them} */
    private int prefixes() {
        operandPrefix = false;
        addressPrefix = false;
        locked = false;
        repeat = Repeat.ONCE;
        override = null;
        rex = 0;
        hasRex = false;
        while (true) {
            int next = next();
            switch (next) {
                case 0x26, 0x2e, 0x36, 0x3e -> overrideOld(Segment.of(next >> 3 & 3));
                case 0x64 -> override = Segment.FS;
                case 0x65 -> override = Segment.GS;
                case 0x66 -> operandPrefix = true;
                case 0x67 -> addressPrefix = true;
                case 0xf0 -> locked = true;
                case 0xf2 -> repeat = Repeat.WHILE_NOT_EQUAL;
                case 0xf3 -> repeat = Repeat.WHILE_EQUAL;
                default -> {
                    if (mode != Mode.BITS_64 || (next & 0xf0) != 0x40) {
                        return next;
                    }
                }
            }
            // A REX prefix counts only right before the opcode.
            hasRex = (next & 0xf0) == 0x40;
            rex = hasRex ? next & 15 : 0;
        }
    }

    /** In 64-bit mode these prefixes mean nothing. */
    private void overrideOld(Segment segment) {
        if (mode != Mode.BITS_64) {
            override = segment;
        }
    }

    private @Nullable Opcode row() {
        Opcode[] rows = opcode > 255 && VectorMap.has(opcode)
                ? VectorMap.rows(opcode, repeat, operandPrefix)
                : OpcodeMap.of(mode).rows(opcode);
        if (rows == null) {
            return null;
        }
        if (rows.length > 1) {
            modrm = next();
            return rows[modrm];
        }
        if (rows[0].modrm()) {
            modrm = next();
        }
        return rows[0];
    }

    private void chooseSizes(Opcode row) {
        boolean wide = mode == Mode.BITS_64;
        if (row.has(Attribute.F64) && wide) {
            operandBits = 64;
        } else if ((rex & REX_W) != 0) {
            operandBits = 64;
        } else if (operandPrefix) {
            operandBits = 16;
        } else {
            operandBits = wide && row.has(Attribute.D64) ? 64 : 32;
        }
        if (wide) {
            addressBits = addressPrefix ? 32 : 64;
        } else {
            addressBits = addressPrefix ? 16 : 32;
        }
    }

    private @Nullable Operand operand(String notation) {
        switch (notation) {
            case "1" -> {
                return new Operand.Immediate(1, 8);
            }
            case "AL" -> {
                return new Operand.Register(GeneralRegisters.RAX, 8, Operand.Part.LOW);
            }
            case "AX" -> {
                return new Operand.Register(GeneralRegisters.RAX, 16, Operand.Part.LOW);
            }
            case "F0", "F1" -> {
                return new Operand.StackRegister(notation.charAt(1) - '0');
            }
            case "Fi" -> {
                return new Operand.StackRegister(modrm & 7);
            }
            case "CL" -> {
                return new Operand.Register(GeneralRegisters.RCX, 8, Operand.Part.LOW);
            }
            case "rAX" -> {
                return new Operand.Register(GeneralRegisters.RAX, operandBits, Operand.Part.LOW);
            }
            case "ES", "CS", "SS", "DS", "FS", "GS" -> {
                return new Operand.SegmentOperand(Segment.valueOf(notation));
            }
            default -> {
                return byNotation(notation.charAt(0), notation.charAt(1));
            }
        }
    }

    private @Nullable Operand byNotation(char what, char size) {
        int bits = bits(size);
        return switch (what) {
            case 'A' -> farPointer();
            case 'E' -> modrm >> 6 == MOD_REGISTER ? register((modrm & 7) | (rex & REX_B) << 3, bits) : memory(bits);
            case 'G' -> register((modrm >> 3 & 7) | (rex & REX_R) << 1, bits);
            case 'I' -> new Operand.Immediate(immediate(size), size == 'b' ? 8 : size == 'w' ? 16 : operandBits);
            case 'J' -> target(size);
            case 'M' -> modrm >> 6 == MOD_REGISTER ? null : memory(bits);
            case 'N' -> modrm >> 6 == MOD_REGISTER ? new Operand.MediaRegister(modrm & 7, bits) : null;
            case 'O' -> offset(bits);
            case 'P' -> new Operand.MediaRegister(modrm >> 3 & 7, bits);
            case 'Q' -> modrm >> 6 == MOD_REGISTER ? new Operand.MediaRegister(modrm & 7, bits) : memory(bits);
            case 'S' -> segment();
            case 'U' -> modrm >> 6 == MOD_REGISTER ? vectorByRm(bits) : null;
            case 'V' -> new Operand.VectorRegister((modrm >> 3 & 7) | (rex & REX_R) << 1, bits);
            case 'W' -> modrm >> 6 == MOD_REGISTER ? vectorByRm(bits) : memory(bits);
            case 'Z' -> register((opcode & 7) | (rex & REX_B) << 3, bits);
            default -> throw new IllegalStateException("the opcode map has an operand " + what + size);
        };
    }

    private int bits(char size) {
        return switch (size) {
            case 'b' -> 8;
            case 'w' -> 16;
            case 'd' -> 32;
            case 'y' -> operandBits == 64 ? 64 : 32;
            case 'z' -> Math.min(operandBits, 32);
            case 'a' -> 0;
            case 'o' -> 64;
            case 't' -> 80;
            case 'x' -> 128;
            case 'q' -> operandBits == 64 ? 128 : 64;
            case 'p' -> operandBits + 16;
            default -> operandBits;
        };
    }

    private Operand vectorByRm(int bits) {
        return new Operand.VectorRegister((modrm & 7) | (rex & REX_B) << 3, bits);
    }

    private Operand register(int number, int bits) {
        if (bits == 8 && !hasRex && number >= 4) {
            return new Operand.Register(number - 4, 8, Operand.Part.HIGH);
        }
        return new Operand.Register(number, bits, Operand.Part.LOW);
    }

    private @Nullable Operand segment() {
        int number = modrm >> 3 & 7;
        boolean loadsCode = opcode == 0x8e && number == Segment.CS.number();
        return number > Segment.GS.number() || loadsCode ? null : new Operand.SegmentOperand(Segment.of(number));
    }

    private long immediate(char size) {
        return switch (size) {
            case 'b', 's' -> (byte) next();
            case 'w' -> read(2);
            case 'z' -> operandBits == 16 ? (short) read(2) : (int) read(4);
            default -> operandBits == 64 ? read(8) : operandBits == 16 ? (short) read(2) : (int) read(4);
        };
    }

    private Operand target(char size) {
        long distance = immediate(size == 'b' ? 'b' : 'z');
        long address = start + length + distance;
        long mask = operandBits == 64 ? -1 : operandBits == 16 ? LOW_16 : LOW_32;
        return new Operand.Target(address & mask, operandBits);
    }

    private Operand farPointer() {
        long offset = operandBits == 16 ? read(2) : read(4);
        return new Operand.FarPointer((int) read(2), offset, operandBits);
    }

    private Operand offset(int bits) {
        long address = read(addressBits / 8);
        Segment segment = override == null ? Segment.DS : override;
        return new Operand.Memory(segment, GeneralRegisters.NONE, GeneralRegisters.NONE, 0, address, addressBits, bits);
    }

    /** An immediate that follows belongs to the instruction, and so to what an address relative to RIP is relative to. */
    private Operand memory(int bits) {
        Operand.Memory found = memory;
        if (found == null) {
            found = addressBits == 16 ? memory16() : memory32();
            memory = found;
        }
        return new Operand.Memory(
                found.segment(), found.base(), found.index(), found.scale(), found.displacement(), addressBits, bits);
    }

    private Operand.Memory memory16() {
        int mod = modrm >> 6;
        int rm = modrm & 7;
        boolean absolute = mod == 0 && rm == RM_DISPLACEMENT_16;
        int base = absolute ? GeneralRegisters.NONE : PAIRS_16[rm][0];
        int index = absolute ? GeneralRegisters.NONE : PAIRS_16[rm][1];
        long displacement = absolute || mod == 2 ? (short) read(2) : mod == 1 ? (byte) next() : 0;
        return place(base, index, 0, displacement);
    }

    private Operand.Memory memory32() {
        int mod = modrm >> 6;
        int base = modrm & 7;
        int index = GeneralRegisters.NONE;
        int scale = 0;
        boolean sib = base == RM_SIB;
        if (sib) {
            int byteRead = next();
            scale = byteRead >> 6;
            index = (byteRead >> 3 & 7) | (rex & REX_X) << 2;
            index = index == GeneralRegisters.RSP ? GeneralRegisters.NONE : index;
            base = byteRead & 7;
        }
        if (base == RM_DISPLACEMENT && mod == 0) {
            long displacement = (int) read(4);
            boolean relative = !sib && mode == Mode.BITS_64;
            return place(GeneralRegisters.NONE, index, scale, relative ? displacement + start + end() : displacement);
        }
        long displacement = mod == 1 ? (byte) next() : mod == 2 ? (int) read(4) : 0;
        return place(base | (rex & REX_B) << 3, index, scale, displacement);
    }

    /** {@return how long the instruction is, its immediate included, which comes last} */
    private int end() {
        String last = notations.isEmpty() ? "" : notations.get(notations.size() - 1);
        return length
                + switch (last) {
                    case "Ib", "Is" -> 1;
                    case "Iz" -> operandBits == 16 ? 2 : 4;
                    default -> 0;
                };
    }

    private Operand.Memory place(int base, int index, int scale, long displacement) {
        Segment segment = override;
        if (segment == null) {
            boolean stack = base == GeneralRegisters.RSP || base == GeneralRegisters.RBP;
            segment = stack ? Segment.SS : Segment.DS;
        }
        return new Operand.Memory(segment, base, index, scale, displacement, addressBits, 0);
    }

    private long read(int size) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            value |= (long) next() << (8 * i);
        }
        return value;
    }

    private int next() {
        int fetched = code.fetch(start, length);
        length++;
        return fetched;
    }
}
