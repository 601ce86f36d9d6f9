package dev.trapgate.emulator.hardware;

import dev.trapgate.emulator.cpu.Descriptor.Width;
import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.host.stub.MachineCode;
import java.nio.ByteBuffer;
import java.util.function.IntToLongFunction;

/**
 * What the child processes have in common that run code on this machine's processor: handlers for the signals of faults, on a
 * stack of their own; a state of registers that IRETQ begins with; and the state that a handler is told.
 *
 * <p>In their code rbx is the address of a page of parameters, with a stack_t and a sigaction at the offsets given here.
 */
public final class SignalState {

    private static final int SIGNAL_STACK = 0x40;
    private static final int SIGNAL_ACTION = 0x60;

    private static final long SA_SIGINFO = 4;
    private static final long SA_RESTORER = 0x0400_0000;
    private static final long SA_ONSTACK = 0x0800_0000;
    private static final long SA_NODEFER = 0x4000_0000;

    private static final int USER_CS = 0x33;
    private static final int USER32_CS = 0x23;
    private static final int USER_DS = 0x2b;

    /** Where sigcontext has the general registers, by their numbers: asm/sigcontext.h, struct sigcontext_64. */
    private static final int[] PLACES = {13, 14, 12, 11, 15, 10, 9, 8, 0, 1, 2, 3, 4, 5, 6, 7};

    private static final int PLACE_IP = 16;
    private static final int PLACE_FLAGS = 17;
    private static final int PLACE_CS_SS = 18;
    private static final int PLACE_ERR = 19;
    private static final int PLACE_TRAPNO = 20;
    private static final int PLACE_CR2 = 22;

    /** How many words of it sigcontext has up to cr2, that included. */
    public static final int WORDS = PLACE_CR2 + 1;

    private static final MachineCode USE_STACK = MachineCode.of(
            "48 8d 7b 40", //          lea rdi, [rbx+0x40]
            "31 f6", //                xor esi, esi
            "b8 83 00 00 00", //       mov eax, 131              sigaltstack
            "0f 05"); //               syscall

    /** For the signal whose number is in edi. */
    private static final MachineCode HANDLE = MachineCode.of(
            "48 8d 73 60", //          lea rsi, [rbx+0x60]
            "31 d2", //                xor edx, edx
            "41 ba 08 00 00 00", //    mov r10d, 8
            "b8 0d 00 00 00", //       mov eax, 13               rt_sigaction
            "0f 05"); //               syscall

    /** With rsp at what {@link #put} wrote. */
    private static final MachineCode ENTER = MachineCode.of(
            "58", //                   pop rax
            "59", //                   pop rcx
            "5a", //                   pop rdx
            "5b", //                   pop rbx
            "5d", //                   pop rbp
            "5e", //                   pop rsi
            "5f", //                   pop rdi
            "41 58", //                pop r8
            "41 59", //                pop r9
            "41 5a", //                pop r10
            "41 5b", //                pop r11
            "41 5c", //                pop r12
            "41 5d", //                pop r13
            "41 5e", //                pop r14
            "41 5f", //                pop r15
            "48 cf"); //               iretq

    private final ByteBuffer context;
    private final int at;

    /**
     * Reads what a handler was told.
     *
     * @param context has a sigcontext
     * @param at where
     */
    public SignalState(ByteBuffer context, int at) {
        this.context = context;
        this.at = at;
    }

    /** {@return code that has the signals of faults handled} */
    public static MachineCode handleFaults() {
        MachineCode code = USE_STACK;
        for (int signal : new int[] {Signal.SIGILL, Signal.SIGTRAP, Signal.SIGBUS, Signal.SIGFPE, Signal.SIGSEGV}) {
            code = code.then(MachineCode.of(String.format("bf %02x 00 00 00", signal))) // mov edi, signal
                    .then(HANDLE);
        }
        return code;
    }

    /** {@return code that begins with a state, to which rsp leads} */
    public static MachineCode enter() {
        return ENTER;
    }

    /**
     * Writes the parameters of {@link #handleFaults}.
     *
     * @param page the page of parameters
     * @param handler the handler's address
     * @param stack the lowest address of its stack
     * @param stackSize how many bytes that has
     */
    public static void putHandler(ByteBuffer page, long handler, long stack, long stackSize) {
        page.position(SIGNAL_STACK)
                .putLong(stack) // ss_sp
                .putLong(0) // ss_flags
                .putLong(stackSize); // ss_size
        page.position(SIGNAL_ACTION)
                .putLong(handler)
                .putLong(SA_SIGINFO | SA_RESTORER | SA_ONSTACK | SA_NODEFER)
                .putLong(handler) // the restorer, to which no handler of ours returns
                .putLong(0); // the mask
    }

    /**
     * Writes a state for {@link #enter}: all registers but rsp, and IRETQ's frame.
     *
     * @param to where
     * @param registers the registers by number
     * @param start the address of the first instruction
     * @param width of its code
     * @param flags flags beside IF
     */
    public static void put(ByteBuffer to, IntToLongFunction registers, long start, Width width, long flags) {
        for (int register = 0; register < GeneralRegisters.COUNT; register++) {
            if (register != GeneralRegisters.RSP) {
                to.putLong(registers.applyAsLong(register));
            }
        }
        to.putLong(start)
                .putLong(width == Width.BITS_64 ? USER_CS : USER32_CS)
                .putLong(Flags.FIXED | Flags.IF | flags)
                .putLong(registers.applyAsLong(GeneralRegisters.RSP))
                .putLong(USER_DS);
    }

    private long word(int place) {
        return context.getLong(at + Long.BYTES * place);
    }

    /** {@return a general register} */
    public long register(int number) {
        return word(PLACES[number]);
    }

    /** {@return the instruction pointer} */
    public long ip() {
        return word(PLACE_IP);
    }

    /** {@return the flags} */
    public long flags() {
        return word(PLACE_FLAGS);
    }

    /** {@return the code segment's selector} */
    public int cs() {
        return (int) word(PLACE_CS_SS) & 0xffff;
    }

    /** {@return the stack segment's selector} */
    public int ss() {
        return (int) (word(PLACE_CS_SS) >>> 48);
    }

    /** {@return the exception's error code} */
    public int error() {
        return (int) word(PLACE_ERR);
    }

    /** {@return the exception's vector} */
    public int vector() {
        return (int) word(PLACE_TRAPNO);
    }

    /** {@return the address of the last page fault} */
    public long cr2() {
        return word(PLACE_CR2);
    }
}
