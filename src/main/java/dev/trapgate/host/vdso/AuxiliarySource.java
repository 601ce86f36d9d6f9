package dev.trapgate.host.vdso;

import java.nio.file.Path;

/** A way for a process to learn its auxiliary vector long after it started. */
public enum AuxiliarySource {
    /** glibc remembers where the vector is, and knows an entry or says it has none. */
    GETAUXVAL("getauxval(3)") {
        @Override
        AuxiliaryReading read() {
            return AuxiliaryReading.made(this, AuxiliaryCalls.getauxval());
        }
    },
    /** The kernel gives its own copy, since Linux 6.4. */
    PRCTL("prctl(PR_GET_AUXV)") {
        @Override
        AuxiliaryReading read() {
            return AuxiliaryCalls.prctlGetAuxv(this);
        }
    },
    /** The kernel gives its own copy as a file, where /proc is mounted and not masked. */
    PROC("/proc/self/auxv") {
        @Override
        AuxiliaryReading read() {
            return AuxiliaryReading.ofFile(this, Path.of("/proc/self/auxv"));
        }
    };

    private final String displayName;

    AuxiliarySource(String displayName) {
        this.displayName = displayName;
    }

    /** {@return the source as a manual would name it} */
    public String displayName() {
        return displayName;
    }

    /** {@return this process's vector, or why this source does not give it} */
    abstract AuxiliaryReading read();
}
