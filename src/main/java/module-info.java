/** Every way from Java through the gate into the Linux kernel. */
@SuppressWarnings("requires-automatic") // JNR-FFI has no module descriptor, and is optional
module dev.trapgate {
    requires jdk.jfr;
    requires static com.google.gson;
    requires static info.picocli;
    requires static org.jnrproject.ffi;
    requires static transitive org.jspecify;
    requires static transitive org.junit.jupiter.api;

    exports dev.trapgate;
    exports dev.trapgate.abi;
    exports dev.trapgate.capability;
    exports dev.trapgate.emulator;
    exports dev.trapgate.emulator.cpu;
    exports dev.trapgate.emulator.cpu.execute;
    exports dev.trapgate.emulator.linux.arch.x86;
    exports dev.trapgate.emulator.linux.arch.x86.entry;
    exports dev.trapgate.emulator.linux.drivers;
    exports dev.trapgate.emulator.linux.fs;
    exports dev.trapgate.emulator.linux.fs.exec;
    exports dev.trapgate.emulator.linux.fs.hostfs;
    exports dev.trapgate.emulator.linux.fs.tmpfs;
    exports dev.trapgate.emulator.linux.ipc;
    exports dev.trapgate.emulator.linux.kernel;
    exports dev.trapgate.emulator.linux.kernel.futex;
    exports dev.trapgate.emulator.linux.kernel.sched;
    exports dev.trapgate.emulator.linux.kernel.seccomp;
    exports dev.trapgate.emulator.linux.kernel.time;
    exports dev.trapgate.emulator.linux.mm;
    exports dev.trapgate.emulator.linux.net;
    exports dev.trapgate.emulator.linux.net.core;
    exports dev.trapgate.entry;
    exports dev.trapgate.event;
    exports dev.trapgate.fs;
    exports dev.trapgate.io;
    exports dev.trapgate.junit;
    exports dev.trapgate.kernel;
    exports dev.trapgate.mm;
    exports dev.trapgate.net;
    exports dev.trapgate.perf;
    exports dev.trapgate.pipe;
    exports dev.trapgate.process;
    exports dev.trapgate.rand;
    exports dev.trapgate.security;
    exports dev.trapgate.system;
    exports dev.trapgate.thread;
    exports dev.trapgate.time;
    exports dev.trapgate.trace;
    exports dev.trapgate.uring;

    uses dev.trapgate.cli.CostMeasurement;

    opens dev.trapgate.cli to
            info.picocli;
}
