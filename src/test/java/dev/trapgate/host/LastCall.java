package dev.trapgate.host;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The call that a child JVM is making, in a file that outlives it. */
public final class LastCall {

    private static final int BYTES = 256;

    private final MappedByteBuffer bytes;

    /** Opens the file, for the child. */
    public LastCall(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            bytes = channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES);
        }
    }

    public void note(String call) {
        bytes.put(0, new byte[BYTES]);
        bytes.put(0, call.getBytes(US_ASCII), 0, Math.min(call.length(), BYTES));
    }

    /** {@return what was noted last, for the parent} */
    public static String read(Path file) throws IOException {
        return Files.exists(file) ? new String(Files.readAllBytes(file), US_ASCII).replace("\0", "") : "";
    }
}
