package dev.trapgate.examples;

import static dev.trapgate.net.SocketFlags.SOCK_CLOEXEC;
import static dev.trapgate.net.SocketFlags.SOCK_NONBLOCK;

import dev.trapgate.Linux;
import dev.trapgate.entry.UserMemory;
import dev.trapgate.event.EpollEvents;
import dev.trapgate.event.EpollFlags;
import dev.trapgate.event.EpollList;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.net.Address;
import dev.trapgate.net.AddressFamily;
import dev.trapgate.net.SocketType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Sends back what it gets, to any number of clients from one thread, until one of them says "bye". */
final class EchoServer {

    private static final int SERVER = -1;

    private EchoServer() {}

    static void serve(Linux linux, String path, Runnable listening) {
        Map<Long, FileDescriptor> clients = new HashMap<>();
        try (UserMemory.Scope scope = linux.memory().open();
                FileDescriptor epoll = linux.event().epollCreate(EpollFlags.EPOLL_CLOEXEC);
                FileDescriptor server = linux.net()
                        .socket(AddressFamily.AF_UNIX, SocketType.SOCK_STREAM, SOCK_CLOEXEC.or(SOCK_NONBLOCK))) {
            linux.net().bind(server, Address.Unix.path(path));
            linux.net().listen(server, 16);
            linux.event().epollAdd(epoll, server, EpollEvents.EPOLLIN, SERVER);
            listening.run();
            EpollList ready = EpollList.in(scope, 64);
            byte[] bytes = new byte[4096];
            boolean bye = false;
            while (!bye) {
                int count = linux.event().epollWait(epoll, ready, -1);
                for (int index = 0; index < count; index++) {
                    long who = ready.data(index);
                    if (who == SERVER) {
                        FileDescriptor client =
                                linux.net().accept4(server, SOCK_CLOEXEC).socket();
                        clients.put((long) client.number(), client);
                        linux.event().epollAdd(epoll, client, EpollEvents.EPOLLIN, client.number());
                        continue;
                    }
                    FileDescriptor client = clients.get(who);
                    int length = linux.io().read(client, bytes);
                    if (length == 0) {
                        clients.remove(who).close();
                    } else {
                        linux.io().writeFully(client, Arrays.copyOf(bytes, length));
                        bye |= new String(bytes, 0, length, StandardCharsets.UTF_8).startsWith("bye");
                    }
                }
            }
        } finally {
            clients.values().forEach(FileDescriptor::close);
        }
    }

    public static void main(String[] arguments) {
        serve(Linux.host(), arguments[0], () -> System.out.println("listening"));
    }
}
