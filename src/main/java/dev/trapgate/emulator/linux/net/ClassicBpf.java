package dev.trapgate.emulator.linux.net;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A program of the classic Berkeley packet filter, checked, and run over 32-bit words: net/core/filter.c, Linux 5.17.
 *
 * @see <a href="https://www.kernel.org/doc/html/latest/networking/filter.html">Linux Socket Filtering</a>
 */
public final class ClassicBpf {

    /** The most instructions: BPF_MAXINSNS. */
    public static final int MOST = 4096;

    /** Loads a word of the data: BPF_LD | BPF_W | BPF_ABS. */
    public static final int LD_W_ABS = 0x20;
    /** Loads the data's length: BPF_LD | BPF_W | BPF_LEN. */
    public static final int LD_W_LEN = 0x80;
    /** Loads the data's length into X: BPF_LDX | BPF_W | BPF_LEN. */
    public static final int LDX_W_LEN = 0x81;

    private static final int LD_H_ABS = 0x28;
    private static final int LD_B_ABS = 0x30;
    private static final int LD_IMM = 0x00;
    private static final int LDX_IMM = 0x01;
    private static final int LD_MEM = 0x60;
    private static final int LDX_MEM = 0x61;
    private static final int ST = 0x02;
    private static final int STX = 0x03;
    private static final int TAX = 0x07;
    private static final int TXA = 0x87;
    private static final int RET_K = 0x06;
    private static final int RET_A = 0x16;
    private static final int NEG = 0x84;
    private static final int DIV_K = 0x34;
    private static final int MOD_K = 0x94;
    private static final int LSH_K = 0x64;
    private static final int RSH_K = 0x74;
    private static final int JA = 0x05;

    private static final int CLASS = 0x07;
    private static final int CLASS_ALU = 0x04;
    private static final int CLASS_JMP = 0x05;
    private static final int OPERATION = 0xf0;
    private static final int FROM_X = 0x08;

    private static final int MEMORY_WORDS = 16;
    /** SKF_AD_OFF: offsets from here on mean something about a packet, not a part of it. */
    private static final int ANCILLARY = 0xffff_f000;
    /** SKF_AD_VLAN_TPID, the last of them; each is four more than the one before. */
    private static final int LAST_ANCILLARY = ANCILLARY + 60;

    /** What {@code chk_code_allowed} allows beside arithmetic and jumps, sorted. */
    private static final int[] OTHERS = {
        0x00, 0x01, 0x02, 0x03, 0x06, 0x07, 0x16, 0x20, 0x28, 0x30, 0x40, 0x48, 0x50, 0x60, 0x61, 0x80, 0x81, 0x87, 0xb1
    };

    /**
     * One instruction: {@code struct sock_filter}.
     *
     * @param code the operation
     * @param ifTrue how many instructions a jump skips if its condition holds, 0 to 255
     * @param ifFalse how many it skips otherwise, 0 to 255
     * @param k the operand
     */
    public record Instruction(int code, int ifTrue, int ifFalse, int k) {}

    private final Instruction[] program;

    private ClassicBpf(Instruction[] program) {
        this.program = program;
    }

    /**
     * Checks a program: {@code bpf_check_classic}.
     *
     * @param instructions its instructions
     * @return the program; empty if an operation is unknown, an operand is out of range, a jump leaves the program, a word of
     *     memory is read before it is written, or the last instruction is no return
     */
    public static Optional<ClassicBpf> check(List<Instruction> instructions) {
        Instruction[] program = instructions.toArray(Instruction[]::new);
        boolean right = program.length > 0 && program.length <= MOST;
        for (int pc = 0; right && pc < program.length; pc++) {
            right = isAllowed(program[pc].code()) && isRight(program[pc], program.length - pc - 1);
        }
        right = right && isReturn(program[program.length - 1].code()) && writesBeforeItReads(program);
        return right ? Optional.of(new ClassicBpf(program)) : Optional.empty();
    }

    /** {@return the instructions} */
    public List<Instruction> instructions() {
        return List.of(program);
    }

    private static boolean isReturn(int code) {
        return code == RET_K || code == RET_A;
    }

    private static boolean isAllowed(int code) {
        int operation = code & OPERATION;
        return switch (code & CLASS) {
            case CLASS_ALU -> code == NEG || (code < 0x100 && operation != 0x80 && operation <= 0xa0);
            case CLASS_JMP -> code == JA || (code < 0x100 && operation >= 0x10 && operation <= 0x40);
            default -> Arrays.binarySearch(OTHERS, code) >= 0;
        };
    }

    private static boolean isRight(Instruction instruction, int following) {
        int k = instruction.k();
        return switch (instruction.code()) {
            case DIV_K, MOD_K -> k != 0;
            case LSH_K, RSH_K -> Integer.compareUnsigned(k, Integer.SIZE) < 0;
            case LD_MEM, LDX_MEM, ST, STX -> Integer.compareUnsigned(k, MEMORY_WORDS) < 0;
            case JA -> Integer.compareUnsigned(k, following) < 0;
            case LD_W_ABS, LD_H_ABS, LD_B_ABS ->
                Integer.compareUnsigned(k, ANCILLARY) < 0 || (k <= LAST_ANCILLARY && (k & 3) == 0);
            default ->
                (instruction.code() & CLASS) != CLASS_JMP
                        || (instruction.ifTrue() < following && instruction.ifFalse() < following);
        };
    }

    /** {@code check_load_and_stores}: along every path. */
    private static boolean writesBeforeItReads(Instruction[] program) {
        int[] written = new int[program.length];
        Arrays.fill(written, -1);
        int valid = 0;
        for (int pc = 0; pc < program.length; pc++) {
            Instruction instruction = program[pc];
            valid &= written[pc];
            switch (instruction.code()) {
                case ST, STX -> valid |= 1 << instruction.k();
                case LD_MEM, LDX_MEM -> {
                    if ((valid & 1 << instruction.k()) == 0) {
                        return false;
                    }
                }
                case JA -> {
                    written[pc + 1 + instruction.k()] &= valid;
                    valid = -1;
                }
                default -> {
                    if ((instruction.code() & CLASS) == CLASS_JMP) {
                        written[pc + 1 + instruction.ifTrue()] &= valid;
                        written[pc + 1 + instruction.ifFalse()] &= valid;
                        valid = -1;
                    }
                }
            }
        }
        return true;
    }

    /**
     * Runs the program. Only loads of aligned words may be in it, which whoever checks the program for its use sees to.
     *
     * @param data the words that BPF_ABS loads, of which the operand is the offset in bytes
     * @return what it returns; 0 after a division by zero
     */
    public int run(int[] data) {
        int[] memory = new int[MEMORY_WORDS];
        int a = 0;
        int x = 0;
        int pc = 0;
        while (true) {
            Instruction instruction = program[pc];
            int k = instruction.k();
            int code = instruction.code();
            pc++;
            switch (code) {
                case LD_W_ABS -> a = data[k / Integer.BYTES];
                case LD_W_LEN -> a = data.length * Integer.BYTES;
                case LDX_W_LEN -> x = data.length * Integer.BYTES;
                case LD_IMM -> a = k;
                case LDX_IMM -> x = k;
                case LD_MEM -> a = memory[k];
                case LDX_MEM -> x = memory[k];
                case ST -> memory[k] = a;
                case STX -> memory[k] = x;
                case TAX -> x = a;
                case TXA -> a = x;
                case NEG -> a = -a;
                case JA -> pc += k;
                case RET_K -> {
                    return k;
                }
                case RET_A -> {
                    return a;
                }
                default -> {
                    int operand = (code & FROM_X) != 0 ? x : k;
                    if ((code & CLASS) == CLASS_JMP) {
                        pc += jumps(code, a, operand) ? instruction.ifTrue() : instruction.ifFalse();
                    } else if (operand == 0 && ((code & OPERATION) == 0x30 || (code & OPERATION) == 0x90)) {
                        return 0;
                    } else {
                        a = calculate(code, a, operand);
                    }
                }
            }
        }
    }

    private static boolean jumps(int code, int a, int operand) {
        return switch (code & OPERATION) {
            case 0x10 -> a == operand;
            case 0x20 -> Integer.compareUnsigned(a, operand) > 0;
            case 0x30 -> Integer.compareUnsigned(a, operand) >= 0;
            default -> (a & operand) != 0;
        };
    }

    private static int calculate(int code, int a, int operand) {
        return switch (code & OPERATION) {
            case 0x00 -> a + operand;
            case 0x10 -> a - operand;
            case 0x20 -> a * operand;
            case 0x30 -> Integer.divideUnsigned(a, operand);
            case 0x40 -> a | operand;
            case 0x50 -> a & operand;
            case 0x60 -> a << operand;
            case 0x70 -> a >>> operand;
            case 0x90 -> Integer.remainderUnsigned(a, operand);
            default -> a ^ operand;
        };
    }
}
