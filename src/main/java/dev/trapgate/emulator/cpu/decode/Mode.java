package dev.trapgate.emulator.cpu.decode;

/** How code is decoded: what its segment's descriptor and long mode say. */
public enum Mode {
    /** 32-bit code, in protected or compatibility mode. */
    BITS_32,
    /** 64-bit code. */
    BITS_64
}
