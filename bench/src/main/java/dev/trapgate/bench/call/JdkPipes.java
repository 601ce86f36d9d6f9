package dev.trapgate.bench.call;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** Ping-pong by the JDK's pipes, with a thread of its own on the other side. */
final class JdkPipes {

    private static final ByteBuffer BYTE = ByteBuffer.allocateDirect(1);
    private static final Pipe THERE = open();
    private static final Pipe BACK = open();

    static {
        Thread.ofPlatform().daemon().name("jdk-ping-pong").start(() -> {
            OneProcessor.keepHere();
            ByteBuffer own = ByteBuffer.allocateDirect(1);
            while (transfer(own, THERE.source(), BACK.sink()) == 1) {
                // It is the transfer that plays.
            }
        });
    }

    private JdkPipes() {}

    private static Pipe open() {
        try {
            return Pipe.open();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private static int transfer(ByteBuffer data, ReadableByteChannel from, WritableByteChannel to) {
        try {
            data.clear();
            int read = from.read(data);
            data.flip();
            to.write(data);
            return read;
        } catch (IOException closed) {
            return -1;
        }
    }

    /** {@return how many bytes came back: 1} */
    static int pingPong() throws IOException {
        BYTE.clear();
        THERE.sink().write(BYTE);
        BYTE.clear();
        return BACK.source().read(BYTE);
    }
}
