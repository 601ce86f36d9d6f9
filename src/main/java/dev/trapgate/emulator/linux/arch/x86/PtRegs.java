package dev.trapgate.emulator.linux.arch.x86;

import dev.trapgate.abi.Abi;

/**
 * A program's registers as the entry saved them on the kernel stack: {@code struct pt_regs}. Reading and writing goes to
 * that memory.
 */
public interface PtRegs {

    /** {@return whose convention the arguments follow: {@link Abi#X86_64} or {@link Abi#I386}} */
    Abi abi();

    /**
     * Reads an argument of the call by the convention of {@link #abi}.
     *
     * @param position 1 to 6
     * @return its value; zero-extended from 32 bits by i386's convention
     */
    long argument(int position);

    /** {@return the saved rax or eax: on exit, the call's result} */
    long ax();

    /** Sets the saved rax or eax. */
    void setAx(long value);

    /** {@return the number of the call, or an exception's error code; −1 after neither} */
    long origAx();

    /** Sets the number of the call. */
    void setOrigAx(long value);

    /** {@return where the program goes on} */
    long ip();

    /** Sets where the program goes on. */
    void setIp(long value);

    /** {@return the program's code selector} */
    int cs();

    /** Sets the program's code selector. */
    void setCs(int selector);

    /** {@return the program's flags} */
    long flags();

    /** Sets the program's flags. */
    void setFlags(long value);

    /** {@return the program's stack pointer} */
    long sp();

    /** Sets the program's stack pointer. */
    void setSp(long value);

    /** {@return the program's stack selector} */
    int ss();

    /** Sets the program's stack selector. */
    void setSs(int selector);

    /**
     * Reads a general register by the number that instructions encode.
     *
     * @param number 0 to 15; to 7 on a 32-bit kernel
     * @return its value; zero-extended on a 32-bit kernel
     */
    long register(int number);

    /** Sets a general register by the number that instructions encode. */
    void setRegister(int number, long value);
}
