package dev.trapgate.examples;

import dev.trapgate.Linux;
import dev.trapgate.fs.OpenFlags;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.net.Address;
import dev.trapgate.net.AddressFamily;
import dev.trapgate.net.MessageFlags;
import dev.trapgate.net.Received;
import dev.trapgate.net.SocketFlags;
import dev.trapgate.net.SocketType;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Two processes: one opens a file and passes the descriptor, the other reads from what it got. */
final class PassDescriptor {

    private PassDescriptor() {}

    /** Connects, and passes a descriptor of the file. */
    static void send(Linux linux, String socketPath, String file) {
        try (FileDescriptor socket =
                        linux.net().socket(AddressFamily.AF_UNIX, SocketType.SOCK_SEQPACKET, SocketFlags.SOCK_CLOEXEC);
                FileDescriptor opened = linux.fs().open(file, OpenFlags.O_RDONLY.or(OpenFlags.O_CLOEXEC))) {
            linux.net().connect(socket, Address.Unix.path(socketPath));
            MemorySegment words = MemorySegment.ofArray("a file".getBytes(StandardCharsets.UTF_8));
            linux.net().sendmsg(socket, List.of(words), List.of(opened), MessageFlags.NONE);
        }
    }

    /** {@return what the passed file begins with, and who passed it} */
    static String receive(Linux linux, FileDescriptor listening) {
        try (FileDescriptor socket =
                linux.net().accept4(listening, SocketFlags.SOCK_CLOEXEC).socket()) {
            byte[] words = new byte[64];
            Received received = linux.net().recvmsg(socket, List.of(MemorySegment.ofArray(words)), MessageFlags.NONE);
            try (FileDescriptor file = received.descriptors().get(0)) {
                int length = linux.io().read(file, words);
                return new String(words, 0, length, StandardCharsets.UTF_8).strip() + " from process "
                        + linux.net().peerCredentials(socket).pid();
            }
        }
    }

    /** {@return a socket that waits for the sender} */
    static FileDescriptor listen(Linux linux, String socketPath) {
        FileDescriptor socket =
                linux.net().socket(AddressFamily.AF_UNIX, SocketType.SOCK_SEQPACKET, SocketFlags.SOCK_CLOEXEC);
        linux.net().bind(socket, Address.Unix.path(socketPath));
        linux.net().listen(socket, 1);
        return socket;
    }

    public static void main(String[] arguments) {
        send(Linux.host(), arguments[0], arguments[1]);
    }
}
