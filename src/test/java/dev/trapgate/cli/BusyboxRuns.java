package dev.trapgate.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.EmulatedProgram;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.MachineSetup;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.drivers.HostInode;
import dev.trapgate.emulator.linux.drivers.StreamDescriptor;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.kernel.TaskEnd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * busybox over one small tree of files, natively and on the emulated machine, by nobody. Natively it is in namespaces of its own
 * without a network, in a copy of the tree as its root, so that it can change nothing of this machine.
 */
final class BusyboxRuns {

    private static final int NOBODY = 65534;
    private static final byte[] INPUT = "typed one\ntyped two\n".getBytes(StandardCharsets.US_ASCII);
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final List<String> ENVIRONMENT = List.of("HOME=/", "PATH=/bin", "LOGNAME=nobody");

    /** $1 the resources, $2 the tree, $3 busybox. */
    private static final String MAKE = String.join(
            "\n",
            "set -e",
            "mkdir -p $2/bin $2/data/empty $2/work/empty $2/etc $2/dev $2/proc $2/tmp",
            "cp $3 $2/bin/busybox; chmod 755 $2/bin/busybox",
            "for a in $($3 --list); do [ $a = busybox ] || ln -s busybox $2/bin/$a; done",
            "cp $1/* $2/data; cp $1/file $2/work/file; ln -s words $2/data/link",
            "printf 'root:x:0:0:root:/:/bin/sh\\nnobody:x:65534:65534:nobody:/:/bin/sh\\n' >$2/etc/passwd",
            "printf 'root:x:0:\\nnogroup:x:65534:\\n' >$2/etc/group",
            "chmod -R u=rwX,go=rX $2; chmod 1777 $2/tmp",
            "chown -R -h 65534:65534 $2/work $2/data",
            "find $2 -depth -exec touch -h -d @86400 {} +");

    /** $1 the tree, $2 where to copy it; the rest: the program. */
    private static final String NATIVE = String.join(
            "\n",
            "set -e",
            "tree=$1; root=$2; shift 2",
            "hostname trapgate",
            "cp -a $tree $root",
            "mount -t proc proc $root/proc",
            "mount -t tmpfs tmpfs $root/dev",
            "for d in null zero full random urandom; do : >$root/dev/$d; mount --bind /dev/$d $root/dev/$d; done",
            "exec chroot --userspec=65534:65534 --groups= $root /bin/busybox env -i HOME=/ PATH=/bin LOGNAME=nobody \"$@\" 2>&1");

    /** How it ended, and what it showed, a character a byte. */
    record Outcome(int status, String shown) {}

    private final Path tree;
    private final Path copies;
    private int count;

    /** Makes the tree. */
    BusyboxRuns(Path busybox, Path directory) throws IOException, InterruptedException {
        this.tree = directory.resolve("tree");
        this.copies = Files.createDirectories(directory.resolve("copies"));
        Path resources =
                Path.of("src/test/resources/dev/trapgate/cli/busybox-data").toAbsolutePath();
        Outcome made = shell(List.of(
                "sh",
                "-c",
                MAKE,
                "sh",
                resources.toString(),
                tree.toString(),
                busybox.toAbsolutePath().toString()));
        assumeTrue(made.status() == 0, "needs root to make a tree of files that is nobody's: " + made.shown());
        Outcome tried = onThisMachine(List.of("/bin/busybox", "true"));
        assumeTrue(
                tried.status() == 0,
                "needs unshare(1), to keep native programs from this machine, and the right to use it: "
                        + tried.shown());
    }

    private static Outcome shell(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(INPUT);
        } catch (IOException gone) {
            // A program need not read its input.
        }
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        Thread reader = Thread.ofPlatform().daemon().start(() -> copy(process.getInputStream(), shown));
        if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        reader.join(DEADLINE);
        return new Outcome(process.waitFor(), shown.toString(StandardCharsets.ISO_8859_1));
    }

    private static void copy(InputStream from, ByteArrayOutputStream to) {
        try {
            from.transferTo(to);
        } catch (IOException ended) {
            // What came before counts.
        }
    }

    /** Runs a program natively. */
    Outcome onThisMachine(List<String> program) throws IOException, InterruptedException {
        Path root = copies.resolve(Integer.toString(count++));
        List<String> command = new ArrayList<>(List.of("unshare", "-mnpuif", "--kill-child", "sh", "-c", NATIVE, "sh"));
        command.add(tree.toString());
        command.add(root.toString());
        command.addAll(program);
        return shell(command);
    }

    /** Runs a program on an emulated machine. */
    Outcome emulated(List<String> program) throws Exception {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        try (HostDirectory root = HostDirectory.open(tree);
                EmulatedMachine machine = new EmulatedMachine(MachineSetup.of(KernelGeneration.MODERN, Vendor.AMD)
                        .as(Credentials.of(NOBODY, NOBODY))
                        .overCopyOf(root))) {
            machine.withoutTerminal();
            machine.connect(
                    0,
                    HostInode.open(
                            new StreamDescriptor(new ByteArrayInputStream(INPUT), OutputStream.nullOutputStream())));
            for (int descriptor = 1; descriptor <= 2; descriptor++) {
                machine.connect(descriptor, HostInode.open(new StreamDescriptor(InputStream.nullInputStream(), shown)));
            }
            EmulatedProgram emulated = EmulatedProgram.exec(machine, program.getFirst(), program, ENVIRONMENT);
            TaskEnd end = emulated.run(DEADLINE);
            return new Outcome(end.shellStatus(), shown.toString(StandardCharsets.ISO_8859_1));
        }
    }
}
