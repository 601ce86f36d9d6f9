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
