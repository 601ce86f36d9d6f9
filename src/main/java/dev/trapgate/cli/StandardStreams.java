package dev.trapgate.cli;

import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.linux.drivers.HostInode;
import dev.trapgate.emulator.linux.drivers.tty.TtyStruct;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.hostfs.HostFileException;
import dev.trapgate.notation.UsageException;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * This command's standard streams as an emulated program's: pipes, files and devices as they are, and a terminal that is both
 * input and output as the emulated machine's own.
 */
final class StandardStreams implements AutoCloseable {

    private final @Nullable HostTerminal terminal;

    private StandardStreams(@Nullable HostTerminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Gives a machine's program this command's streams.
     *
     * @param machine the machine, whose program has not started
     * @return what is to be closed when the program has ended, so that the terminal is as it was
     */
    static StandardStreams connect(EmulatedMachine machine) {
        StandardDescriptor in = StandardDescriptor.in();
        StandardDescriptor out = StandardDescriptor.out();
        StandardDescriptor err = StandardDescriptor.err();
        Optional<HostTerminal> terminal = HostTerminal.of(in, out);
        TtyStruct tty = terminal.map(host -> new TtyStruct(host, machine.processGroups(), host.settings(), host.size()))
                .orElse(null);
        List<StandardDescriptor> all = List.of(in, out, err);
        if (tty == null) {
            machine.withoutTerminal();
            all.forEach(one -> machine.connect(one.number(), open(one)));
            return new StandardStreams(null);
        }
        machine.attach(tty);
        all.stream()
                .filter(one -> isSame(one, in))
                .forEach(one -> machine.connect(one.number(), machine.terminalFile(tty)));
        all.stream().filter(one -> !isSame(one, in)).forEach(one -> machine.connect(one.number(), open(one)));
        terminal.ifPresent(host -> host.feed(tty));
        return new StandardStreams(terminal.orElse(null));
    }

    private static boolean isSame(StandardDescriptor one, StandardDescriptor other) {
        return one.status().identity().equals(other.status().identity());
    }

    private static File open(StandardDescriptor one) {
        try {
            return HostInode.open(one);
        } catch (HostFileException refused) {
            throw new UsageException("descriptor " + one.number() + " cannot be used: " + refused.getMessage());
        }
    }

    /**
     * {@return a writer whose lines look well while the program has the terminal}
     *
     * @param err where they go
     */
    PrintWriter messages(PrintWriter err) {
        return terminal == null ? err : new PrintWriter(new CarriageReturns(err), true);
    }

    /** Puts a carriage return before each new line, which a raw terminal does not. */
    private static final class CarriageReturns extends FilterWriter {

        private CarriageReturns(Writer out) {
            super(out);
        }

        @Override
        public void write(int character) throws IOException {
            if (character == '\n') {
                out.write('\r');
            }
            out.write(character);
        }

        @Override
        public void write(char[] characters, int offset, int length) throws IOException {
            write(new String(characters, offset, length), 0, length);
        }

        @Override
        public void write(String text, int offset, int length) throws IOException {
            out.write(text.substring(offset, offset + length).replace("\n", "\r\n"));
        }
    }

    @Override
    public void close() {
        if (terminal != null) {
            terminal.close();
        }
    }
}
