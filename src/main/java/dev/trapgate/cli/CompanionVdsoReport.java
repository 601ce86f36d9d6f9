package dev.trapgate.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.trapgate.cli.Columns.Side;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateUnavailableException;
import dev.trapgate.host.i386.Companion;
import dev.trapgate.host.i386.CompanionVdso;
import dev.trapgate.host.i386.VsyscallInstruction;
import dev.trapgate.host.vdso.ElfImage;
import dev.trapgate.host.vdso.ElfSymbol;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** {@code trapgate vdso --i386}: the vDSO of a 32-bit process, and how its {@code __kernel_vsyscall} enters the kernel. */
final class CompanionVdsoReport {

    private final Companion companion;
    private final CompanionVdso vdso;
    private final List<VsyscallInstruction.Line> entry;

    /**
     * Reads a companion's vDSO.
     *
     * @param companion the process
     * @throws GateUnavailableException if the kernel mapped it none
     */
    CompanionVdsoReport(Companion companion) {
        this.companion = companion;
        this.vdso = CompanionVdso.of(companion)
                .orElseThrow(() -> new GateUnavailableException(
                        Gate.I386_VSYSCALL, "this kernel maps no vDSO into 32-bit processes"));
        this.entry = companion.kernelVsyscall() == 0 ? List.of() : VsyscallInstruction.disassembled(companion);
    }

    /** Prints it. {@return the exit status} */
    int print(PrintWriter out, boolean json) {
        if (json) {
            out.println(JsonText.of(document()));
        } else {
            printText(out);
        }
        out.flush();
        return ExitStatus.DONE;
    }

    private void printText(PrintWriter out) {
        ElfImage image = vdso.image();
        new Columns(Side.LEFT, Side.LEFT)
                .row("load address", hex(vdso.loadAddress()))
                .row("size", image.byteSize() + " bytes")
                .row("image", image.machine().displayName() + ", " + image.elfClass())
                .row("hash tables", joined(image.hashKinds()))
                .row("versions", joined(image.versions()))
                .row("AT_SYSINFO", companion.kernelVsyscall() == 0 ? "absent" : hex(companion.kernelVsyscall()))
                .lines()
                .forEach(out::println);
        out.println();
        Columns symbols = new Columns(Side.LEFT, Side.LEFT, Side.LEFT, Side.RIGHT, Side.LEFT);
        symbols.row("symbol", "version", "address", "size", "type");
        for (ElfSymbol symbol : image.symbols()) {
            symbols.row(
                    symbol.name(),
                    symbol.version().orElse("-"),
                    hex(vdso.address(symbol)),
                    Long.toString(symbol.byteSize()),
                    symbol.type().name());
        }
        symbols.lines().forEach(out::println);
        if (!entry.isEmpty()) {
            out.println();
            printEntry(out);
        }
    }

    private void printEntry(PrintWriter out) {
        Columns code = new Columns(Side.LEFT, Side.LEFT, Side.LEFT);
        code.row("__kernel_vsyscall", "", "");
        for (VsyscallInstruction.Line line : entry) {
            code.row(hex(companion.kernelVsyscall() + line.offset()), line.bytes(), line.assembly());
        }
        code.lines().forEach(out::println);
        out.println();
        out.println("This kernel enters by "
                + VsyscallInstruction.of(companion).displayName()
                + "; what follows it is the fallback, and where a call is made again after a signal.");
    }

    private static String joined(Iterable<?> values) {
        return StreamSupport.stream(values.spliterator(), false)
                .map(Object::toString)
                .collect(Collectors.joining(", "));
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    private JsonObject document() {
        JsonArray symbols = new JsonArray();
        for (ElfSymbol symbol : vdso.image().symbols()) {
            JsonObject object = new JsonObject();
            object.addProperty("name", symbol.name());
            symbol.version().ifPresent(version -> object.addProperty("version", version));
            object.addProperty("address", hex(vdso.address(symbol)));
            object.addProperty("size", symbol.byteSize());
            object.addProperty("type", symbol.type().name());
            symbols.add(object);
        }
        JsonArray code = new JsonArray();
        for (VsyscallInstruction.Line line : entry) {
            JsonObject object = new JsonObject();
            object.addProperty("address", hex(companion.kernelVsyscall() + line.offset()));
            object.addProperty("bytes", line.bytes());
            object.addProperty("assembly", line.assembly());
            code.add(object);
        }
        JsonObject document = new JsonObject();
        document.addProperty("loadAddress", hex(vdso.loadAddress()));
        document.addProperty("size", vdso.image().byteSize());
        document.addProperty("class", vdso.image().elfClass().name());
        document.add("symbols", symbols);
        document.add("kernelVsyscall", code);
        return document;
    }
}
