package dev.trapgate.bench.call;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the JDK's own calls are made with. */
final class JdkFiles {

    /** The path that is opened and asked about. */
    static final Path PATH = Path.of("/dev/null");

    /** {@code /dev/zero}, to read from. */
    static final FileChannel ZERO = open("/dev/zero", StandardOpenOption.READ);

    /** {@code /dev/null}, to write to. */
    static final FileChannel NULL = open("/dev/null", StandardOpenOption.WRITE);

    /** Watches a pipe in which there is nothing. */
    static final Selector SELECTOR = selector();

    private JdkFiles() {}

    private static FileChannel open(String path, StandardOpenOption how) {
        try {
            return FileChannel.open(Path.of(path), how);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private static Selector selector() {
        try {
            Selector selector = Selector.open();
            Pipe.SourceChannel empty = Pipe.open().source();
            empty.configureBlocking(false);
            empty.register(selector, SelectionKey.OP_READ);
            return selector;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** {@return a direct buffer of that many bytes} */
    static ByteBuffer buffer(int size) {
        return ByteBuffer.allocateDirect(size);
    }
}
