package dev.trapgate.cli;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.StringJoiner;

/**
 * Names of this machine's files as the emulated kernel has them: bytes as characters 0 to 255. Java's own strings lose bytes that
 * the locale does not know; its URIs keep them.
 */
final class HostName {

    private static final int LAST_ASCII = 0x7e;
    private static final int FIRST_ASCII = 0x20;
    private static final int HEX = 16;

    private HostName() {}

    /** {@return a path of one name} */
    static Path path(String name) {
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0 || name.indexOf(0) >= 0) {
            throw new IllegalArgumentException("\"" + name + "\" is not the name of a file");
        }
        if (isAscii(name)) {
            return Path.of(name);
        }
        StringBuilder uri = new StringBuilder("file:///");
        for (int i = 0; i < name.length(); i++) {
            uri.append(String.format("%%%02X", (int) name.charAt(i)));
        }
        return Path.of(URI.create(uri.toString())).getFileName();
    }

    /** {@return a path's bytes; those of one that is not ASCII without repeated slashes} */
    static String of(Path path) {
        String text = path.toString();
        if (isAscii(text)) {
            return text;
        }
        StringJoiner names = new StringJoiner("/", path.isAbsolute() ? "/" : "", "");
        for (Path name : path) {
            names.add(isAscii(name.toString()) ? name.toString() : bytes(name));
        }
        return names.toString();
    }

    private static String bytes(Path name) {
        // The root in front keeps the working directory out of it.
        String raw = Path.of("/").resolve(name).toUri().getRawPath();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 1; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                bytes.write(Integer.parseInt(raw, i + 1, i + 3, HEX));
                i += 2;
            } else if (c != '/') {
                bytes.write(c);
            }
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c >= FIRST_ASCII && c <= LAST_ASCII);
    }
}
