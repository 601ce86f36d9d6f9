package dev.trapgate.trace;

import dev.trapgate.abi.Syscall;
import java.util.Map;
import java.util.OptionalInt;

/** The calls whose result says how many bytes the kernel wrote, and into which of their buffers. */
public final class WrittenBytes {

    private static final Map<String, Integer> BUFFERS = Map.ofEntries(
            Map.entry("read", 1),
            Map.entry("pread64", 1),
            Map.entry("recv", 1),
            Map.entry("recvfrom", 1),
            Map.entry("getrandom", 0),
            Map.entry("getcwd", 0),
            Map.entry("readlink", 1),
            Map.entry("readlinkat", 2),
            Map.entry("getdents", 1),
            Map.entry("getdents64", 1),
            Map.entry("getxattr", 2),
            Map.entry("lgetxattr", 2),
            Map.entry("fgetxattr", 2),
            Map.entry("listxattr", 1),
            Map.entry("llistxattr", 1),
            Map.entry("flistxattr", 1),
            Map.entry("mq_timedreceive", 1),
            Map.entry("sched_getaffinity", 2),
            Map.entry("syslog", 1),
            Map.entry("lookup_dcookie", 1));

    private WrittenBytes() {}

    /**
     * Finds the buffer that a call's result measures.
     *
     * @param call the call
     * @return the buffer's place among the parameters, from 0; empty if the result says nothing of the kind
     */
    public static OptionalInt parameterOf(Syscall call) {
        Integer index = BUFFERS.get(call.callName());
        return index == null ? OptionalInt.empty() : OptionalInt.of(index);
    }
}
