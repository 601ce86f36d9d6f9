package dev.trapgate.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All of a directory that a change would show in: names, attributes but the time of access, contents, what links say. */
final class HostSnapshot {

    private HostSnapshot() {}

    static Map<String, String> of(Path root) throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.toList()) {
                all.put(root.relativize(file).toString(), describe(file));
            }
        }
        return all;
    }

    private static String describe(Path file) throws IOException {
        Map<String, Object> attributes = new TreeMap<>(Files.readAttributes(
                file, "unix:ino,mode,uid,gid,nlink,size,lastModifiedTime,ctime", LinkOption.NOFOLLOW_LINKS));
        String contents = "";
        if (Files.isSymbolicLink(file)) {
            contents = Files.readSymbolicLink(file).toString();
        } else if (Files.isRegularFile(file)) {
            contents = Integer.toHexString(Arrays.hashCode(Files.readAllBytes(file)));
        }
        return attributes + contents;
    }
}
