package dev.trapgate.emulator;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.cpu.Descriptor.Width;

/** The ways in which a program makes a call: an instruction, in code of a width. */
public enum CallingWay {
    /** {@code int $0x80} in 32-bit code. */
    INT80_32(Abi.I386, Width.BITS_32, UserInstruction.INT_80),
    /** {@code int $0x80} in 64-bit code. */
    INT80_64(Abi.I386, Width.BITS_64, UserInstruction.INT_80),
    /** {@code call *%gs:0x10}: whatever the vDSO's {@code __kernel_vsyscall} uses. */
    VSYSCALL(Abi.I386, Width.BITS_32, UserInstruction.CALL_GS_10),
    /** {@code syscall} in 64-bit code. */
    SYSCALL(Abi.X86_64, Width.BITS_64, UserInstruction.SYSCALL);

    private final Abi abi;
    private final Width width;
    private final UserInstruction instruction;
    private final int length;

    CallingWay(Abi abi, Width width, UserInstruction instruction) {
        this.abi = abi;
        this.width = width;
        this.instruction = instruction;
        this.length = instruction.length();
    }

    /** {@return whose numbers and registers} */
    public Abi abi() {
        return abi;
    }

    /** {@return the code's width} */
    public Width width() {
        return width;
    }

    /** {@return the instruction on the stub page} */
    public UserInstruction instruction() {
        return instruction;
    }

    int length() {
        return length;
    }
}
