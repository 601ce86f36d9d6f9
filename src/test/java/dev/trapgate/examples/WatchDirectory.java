package dev.trapgate.examples;

import static dev.trapgate.fs.InotifyMask.IN_CLOSE_WRITE;
import static dev.trapgate.fs.InotifyMask.IN_CREATE;
import static dev.trapgate.fs.InotifyMask.IN_DELETE;
import static dev.trapgate.fs.InotifyMask.IN_IGNORED;
import static dev.trapgate.fs.InotifyMask.IN_MOVED_TO;
import static dev.trapgate.fs.InotifyMask.IN_ONLYDIR;

import dev.trapgate.Linux;
import dev.trapgate.fs.InotifyEvent;
import dev.trapgate.fs.InotifyFlags;
import dev.trapgate.kernel.FileDescriptor;
import java.util.function.Consumer;

/** Says what happens in a directory, until the directory is gone. */
final class WatchDirectory {

    private WatchDirectory() {}

    static void watch(Linux linux, String directory, Runnable watching, Consumer<String> said) {
        try (FileDescriptor inotify = linux.inotify().init(InotifyFlags.IN_CLOEXEC)) {
            linux.inotify()
                    .addWatch(
                            inotify,
                            directory,
                            IN_CREATE
                                    .or(IN_CLOSE_WRITE)
                                    .or(IN_DELETE)
                                    .or(IN_MOVED_TO)
                                    .or(IN_ONLYDIR));
            watching.run();
            while (true) {
                for (InotifyEvent event :
                        Linux.retryOnEintr(() -> linux.inotify().read(inotify))) {
                    if (event.mask().has(IN_IGNORED)) {
                        return;
                    }
                    said.accept(event.mask() + " " + event.name());
                }
            }
        }
    }

    public static void main(String[] arguments) {
        watch(Linux.host(), arguments[0], () -> System.out.println("watching"), System.out::println);
    }
}
