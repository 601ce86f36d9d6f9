package dev.trapgate.kernel;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;

/**
 * A system call as the typed API makes it: the call that does the same in each ABI that gates speak, with its number.
 *
 * <p>A record in a {@code static final} field, because the JIT compiler trusts records: number and linkage fold to constants.
 *
 * @param x8664 the call of {@link Abi#X86_64}
 * @param i386 the call of {@link Abi#I386}, which for 64-bit offsets and times has another name
 * @param x8664Number its number there
 * @param i386Number its number there
 * @param isPrompt whether it never sleeps, so that it may go by critical linkage
 */
public record Call(Syscall x8664, Syscall i386, int x8664Number, int i386Number, boolean isPrompt) {

    /**
     * A call that has one name.
     *
     * @param call the call
     * @return it, with its numbers
     */
    public static Call of(Syscall call) {
        return of(call, call);
    }

    /**
     * A call that has another name in the 32-bit ABI.
     *
     * @param x8664 the call of {@link Abi#X86_64}
     * @param i386 the call of {@link Abi#I386}
     * @return them, with their numbers
     */
    public static Call of(Syscall x8664, Syscall i386) {
        return new Call(
                x8664, i386, x8664.number(Abi.X86_64), i386.number(Abi.I386), x8664.prompt() && i386.prompt());
    }

    /** {@return the call that an ABI has for this} */
    public Syscall in(Abi abi) {
        return abi == Abi.I386 ? i386 : x8664;
    }

    /** {@return its number in an ABI that gates speak} */
    public int number(Abi abi) {
        return abi == Abi.I386 ? i386Number : x8664Number;
    }

    /** {@return the kernel's name on x86-64} */
    @Override
    public String toString() {
        return x8664.callName();
    }
}
