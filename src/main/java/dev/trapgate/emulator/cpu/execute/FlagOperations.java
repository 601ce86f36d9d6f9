package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.cpu.GeneralRegisters;

/** Instructions about single flags (SDM vol. 2, CLC, CLD, CMC, STC, STD, LAHF, SAHF, and the undocumented SALC). */
final class FlagOperations {

    private static final long IN_AH = Flags.CF | Flags.PF | Flags.AF | Flags.ZF | Flags.SF;

    private FlagOperations() {}

    static void clearCarry(Core core) {
        core.flags.setCarry(false);
    }

    static void setCarry(Core core) {
        core.flags.setCarry(true);
    }

    static void complementCarry(Core core) {
        core.flags.setCarry(!core.flags.carry());
    }

    static void clearDirection(Core core) {
        core.cpu.setRflags(core.cpu.rflags() & ~Flags.DF);
    }

    static void setDirection(Core core) {
        core.cpu.setRflags(core.cpu.rflags() | Flags.DF);
    }

    static void loadAh(Core core) {
        core.registers.setHigh8(GeneralRegisters.RAX, (int) ((core.flags.get() & IN_AH) | Flags.FIXED));
    }

    static void storeAh(Core core) {
        long ah = core.registers.getHigh8(GeneralRegisters.RAX);
        core.flags.set((core.flags.get() & ~IN_AH) | (ah & IN_AH));
    }

    static void fillAlWithCarry(Core core) {
        core.registers.set8(GeneralRegisters.RAX, core.flags.carry() ? 0xff : 0);
    }
}
