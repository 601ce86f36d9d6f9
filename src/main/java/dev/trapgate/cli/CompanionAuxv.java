package dev.trapgate.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.trapgate.cli.Columns.Side;
import dev.trapgate.host.i386.Companion;
import dev.trapgate.host.vdso.AuxiliaryType;
import dev.trapgate.host.vdso.AuxiliaryVector;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code trapgate auxv --i386}: the auxiliary vector of a 32-bit process, as it found it on its stack and as /proc has it.
 *
 * @param companion the process
 * @param walked what it found above envp
 * @param proc what /proc shows; empty where that is masked
 */
record CompanionAuxv(Companion companion, AuxiliaryVector walked, Optional<AuxiliaryVector> proc) {

    private static final int LONGEST_STRING = 256;

    /** {@return a companion's vector, read both ways} */
    static CompanionAuxv of(Companion companion) {
        return new CompanionAuxv(companion, companion.auxiliaryVector(), proc(companion));
    }

    private static Optional<AuxiliaryVector> proc(Companion companion) {
        try {
            return Optional.of(companion.auxiliaryVectorOfProc());
        } catch (IOException masked) {
            return Optional.empty();
        }
    }

    /** Prints it. {@return the exit status} */
    int print(PrintWriter out, boolean json) {
        if (json) {
            out.println(JsonText.of(document()));
        } else {
            table().lines().forEach(out::println);
            out.println();
            out.println(verdict());
        }
        out.flush();
        return agrees() ? ExitStatus.DONE : ExitStatus.DIFFERED;
    }

    private Set<Long> types() {
        Set<Long> types = new LinkedHashSet<>(walked.values().keySet());
        proc.ifPresent(vector -> types.addAll(vector.values().keySet()));
        return types;
    }

    private Columns table() {
        Columns columns = new Columns(Side.RIGHT, Side.LEFT, Side.LEFT, Side.LEFT, Side.LEFT, Side.LEFT);
        columns.row("type", "name", "stack above envp", "/proc/PID/auxv", "what it is", "value");
        for (long type : types()) {
            columns.row(
                    Long.toString(type),
                    name(type),
                    hex(walked.values(), type),
                    proc.map(vector -> hex(vector.values(), type)).orElse("-"),
                    AuxiliaryType.of(type).map(AuxiliaryType::subject).orElse("not known to Trapgate"),
                    text(type));
        }
        return columns;
    }

    private boolean agrees() {
        return proc.map(vector -> vector.values().equals(walked.values())).orElse(true);
    }

    private String verdict() {
        if (proc.isEmpty()) {
            return "/proc/PID/auxv cannot be read; there is nothing to compare with.";
        }
        return agrees() ? "The sources agree." : "The sources differ.";
    }

    private static String name(long type) {
        return AuxiliaryType.of(type).map(AuxiliaryType::name).orElse(Long.toString(type));
    }

    private static String hex(Map<Long, Long> values, long type) {
        Long value = values.get(type);
        return value == null ? "-" : "0x" + Long.toHexString(value);
    }

    private String text(long type) {
        long value = walked.values().getOrDefault(type, 0L);
        Optional<AuxiliaryType> known = AuxiliaryType.of(type);
        if (value != 0 && known.filter(AuxiliaryType::isString).isPresent()) {
            return '"' + string(value) + '"';
        }
        return known.map(kind -> kind.text(value)).orElse("0x" + Long.toHexString(value));
    }

    /** Byte by byte, because the stack may end behind the string. */
    private String string(long address) {
        byte[] bytes = new byte[LONGEST_STRING];
        int length = 0;
        while (length < bytes.length) {
            bytes[length] = companion.read(address + length, 1)[0];
            if (bytes[length] == 0) {
                break;
            }
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private JsonObject document() {
        JsonArray entries = new JsonArray();
        for (long type : types()) {
            JsonObject entry = new JsonObject();
            entry.addProperty("type", type);
            entry.addProperty("name", name(type));
            entry.addProperty("stack", hex(walked.values(), type));
            proc.ifPresent(vector -> entry.addProperty("proc", hex(vector.values(), type)));
            entry.addProperty("text", text(type));
            entries.add(entry);
        }
        JsonObject document = new JsonObject();
        document.add("entries", entries);
        document.addProperty("sysinfo", "0x" + Long.toHexString(companion.kernelVsyscall()));
        document.addProperty("agree", agrees());
        return document;
    }
}
