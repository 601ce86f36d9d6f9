package dev.trapgate.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.event.PollEvents;
import dev.trapgate.event.PollRequest;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Layouts;
import dev.trapgate.kernel.SyscallException;
import dev.trapgate.kernel.TestKernel;
import dev.trapgate.kernel.TestKernel.TestLinux;
import dev.trapgate.pipe.Pipe;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class NetCallsTest {

    private static MemorySegment bytes(String text) {
        return MemorySegment.ofArray(text.getBytes(UTF_8));
    }

    @ParameterizedTest
    @EnumSource
    void aDescriptorIsPassedOverASocket(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.SOCKETPAIR, Syscall.SENDMSG);
                SocketPair pair = test.linux().net().socketpair(SocketType.SOCK_STREAM, SocketFlags.SOCK_CLOEXEC);
                Pipe pipe = test.linux().pipe().pipe()) {
            NetCalls net = test.linux().net();
            byte[] first = new byte[3];
            byte[] rest = new byte[10];

            assertThat(net.sendmsg(
                            pair.first(),
                            List.of(bytes("take "), bytes("it")),
                            List.of(pipe.writer()),
                            MessageFlags.NONE))
                    .isEqualTo(7);
            Received received = net.recvmsg(
                    pair.second(),
                    List.of(MemorySegment.ofArray(first), MemorySegment.ofArray(rest)),
                    MessageFlags.NONE);

            assertThat(received.count()).isEqualTo(7);
            assertThat(new String(first, UTF_8) + new String(rest, 0, 4, UTF_8)).isEqualTo("take it");
            assertThat(received.descriptors()).hasSize(1);
            try (FileDescriptor copy = received.descriptors().get(0)) {
                assertThat(test.linux().descriptor().isCloseOnExec(copy)).isTrue();
                test.linux().io().write(copy, new byte[] {5});
                byte[] one = new byte[1];
                test.linux().io().read(pipe.reader(), one);
                assertThat(one[0]).isEqualTo((byte) 5);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void thePeerOfASocketIsKnown(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.SOCKETPAIR, Syscall.GETSOCKOPT);
                SocketPair pair = test.linux().net().socketpair(SocketType.SOCK_STREAM, SocketFlags.SOCK_CLOEXEC)) {
            assertThat(test.linux().net().peerCredentials(pair.first()))
                    .isEqualTo(new Credentials(
                            test.linux().process().getpid(),
                            test.linux().process().geteuid(),
                            test.linux().process().getegid()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionIsMadeByPathAndByAbstractName(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.SOCKET, Syscall.BIND, Syscall.ACCEPT4)) {
            NetCalls net = test.linux().net();
            for (Address address : List.of(
                    Address.Unix.path(test.path("socket")),
                    Address.Unix.abstractName("trapgate-" + test.directory()))) {
                try (FileDescriptor server =
                                net.socket(AddressFamily.AF_UNIX, SocketType.SOCK_STREAM, SocketFlags.SOCK_CLOEXEC);
                        FileDescriptor client =
                                net.socket(AddressFamily.AF_UNIX, SocketType.SOCK_STREAM, SocketFlags.SOCK_CLOEXEC)) {
                    net.bind(server, address);
                    net.listen(server, 1);
                    net.connect(client, address);
                    Accepted accepted = net.accept4(server, SocketFlags.SOCK_CLOEXEC);
                    try (FileDescriptor connection = accepted.socket()) {
                        assertThat(net.getsockname(server)).isEqualTo(address);
                        assertThat(net.getpeername(client)).isEqualTo(address);
                        assertThat(accepted.peer()).isEqualTo(new Address.Unix(Address.Unix.Kind.UNNAMED, ""));
                        net.send(client, bytes("hello"), MessageFlags.NONE);
                        net.shutdown(client, Shutdown.SHUT_WR);
                        byte[] read = new byte[9];
                        assertThat(net.recv(connection, MemorySegment.ofArray(read), MessageFlags.MSG_WAITALL))
                                .isEqualTo(5);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void datagramsGoOverTheInternet(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.SOCKET, Syscall.BIND, Syscall.SENDTO);
                FileDescriptor one = internet(test);
                FileDescriptor other = internet(test)) {
            NetCalls net = test.linux().net();
            net.bind(one, Address.Internet.loopback(0));
            net.bind(other, Address.Internet.loopback(0));

            assertThat(net.sendto(other, bytes("a datagram"), MessageFlags.NONE, net.getsockname(one)))
                    .isEqualTo(10);
            byte[] short4 = new byte[4];
            Received received = net.recvmsg(one, List.of(MemorySegment.ofArray(short4)), MessageFlags.NONE);

            assertThat(received.count()).isEqualTo(4);
            assertThat(received.flags()).isEqualTo(MessageFlags.MSG_TRUNC);
            assertThat(received.from()).isEqualTo(net.getsockname(other));
        }
    }

    private static FileDescriptor internet(TestLinux test) {
        try {
            return test.linux().net().socket(AddressFamily.AF_INET, SocketType.SOCK_DGRAM, SocketFlags.SOCK_CLOEXEC);
        } catch (SyscallException failure) {
            assumeFalse(failure.is(Errno.EAFNOSUPPORT), "this kernel has no Internet sockets");
            throw failure;
        }
    }

    @ParameterizedTest
    @EnumSource
    void optionsAreSetAndTold(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.SOCKETPAIR, Syscall.SETSOCKOPT);
                SocketPair pair = test.linux().net().socketpair(SocketType.SOCK_SEQPACKET, SocketFlags.SOCK_CLOEXEC)) {
            NetCalls net = test.linux().net();
            net.setsockopt(pair.first(), SocketOption.SO_PASSCRED, true);

            assertThat(net.getsockopt(pair.first(), SocketOption.SO_PASSCRED)).isTrue();
            assertThat(net.getsockopt(pair.first(), SocketOption.SO_TYPE)).isEqualTo(SocketType.SOCK_SEQPACKET);
        }
    }

    @ParameterizedTest
    @EnumSource
    void sendingToNobodyIsAnErrorAndNoSignal(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.SOCKETPAIR, Syscall.SENDTO);
                SocketPair pair = test.linux().net().socketpair(SocketType.SOCK_STREAM, SocketFlags.SOCK_CLOEXEC)) {
            pair.second().close();

            assertThatThrownBy(() -> test.linux().net().send(pair.first(), bytes("x"), MessageFlags.NONE))
                    .isInstanceOfSatisfying(SyscallException.class, failure -> assertThat(failure.errno())
                            .contains(Errno.EPIPE));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPathThatDoesNotFitIsRefused(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.SOCKET, Syscall.BIND);
                FileDescriptor socket = test.linux()
                        .net()
                        .socket(AddressFamily.AF_UNIX, SocketType.SOCK_DGRAM, SocketFlags.SOCK_CLOEXEC)) {
            assertThatThrownBy(() -> test.linux().net().bind(socket, Address.Unix.path("x".repeat(108))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("room for 107");
        }
    }

    @ParameterizedTest
    @EnumSource
    void severalMessagesAreSentAndReceivedAtOnce(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.SOCKETPAIR, Syscall.SENDMMSG, Syscall.RECVMMSG);
                SocketPair pair = test.linux().net().socketpair(SocketType.SOCK_SEQPACKET, SocketFlags.SOCK_CLOEXEC)) {
            NetCalls net = test.linux().net();
            Message twoPieces = new Message(List.of(bytes("o"), bytes("ne")), Optional.empty());

            assertThat(net.sendmmsg(pair.first(), List.of(twoPieces, Message.of(bytes("second"))), MessageFlags.NONE))
                    .isEqualTo(2);
            byte[] first = new byte[8];
            byte[] second = new byte[4];
            List<Received> received = net.recvmmsg(
                    pair.second(),
                    List.of(
                            List.of(MemorySegment.ofArray(first)),
                            List.of(MemorySegment.ofArray(second)),
                            List.of(MemorySegment.ofArray(new byte[1]))),
                    MessageFlags.MSG_DONTWAIT);

            assertThat(received).extracting(Received::count).containsExactly(3L, 4L);
            assertThat(received.get(1).flags().has(MessageFlags.MSG_TRUNC)).isTrue();
            assertThat(new String(first, 0, 3, UTF_8)).isEqualTo("one");
            assertThat(new String(second, UTF_8)).isEqualTo("seco");
        }
    }

    @ParameterizedTest
    @EnumSource(names = "HOST.*", mode = EnumSource.Mode.MATCH_ANY)
    void thePeersProcessIsHeldByADescriptor(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                SocketPair pair = test.linux().net().socketpair(SocketType.SOCK_STREAM, SocketFlags.SOCK_CLOEXEC);
                FileDescriptor peer = peer(test, pair)) {
            assertThat(test.linux().event().poll(List.of(new PollRequest(peer, PollEvents.POLLIN)), 0))
                    .as("this process has not ended")
                    .containsExactly(PollEvents.NONE);
        }
    }

    private static FileDescriptor peer(TestLinux test, SocketPair pair) {
        try {
            return test.linux().net().peerPidfd(pair.first());
        } catch (SyscallException failure) {
            assumeFalse(failure.is(Errno.ENOPROTOOPT), "Linux has SO_PEERPIDFD since 6.5");
            throw failure;
        }
    }

    @ParameterizedTest
    @EnumSource(names = "HOST.*", mode = EnumSource.Mode.MATCH_ANY)
    void theKernelAnswersByNetlink(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                FileDescriptor socket = test.linux()
                        .net()
                        .socket(AddressFamily.AF_NETLINK, SocketType.SOCK_RAW, SocketFlags.SOCK_CLOEXEC, 0)) {
            NetCalls net = test.linux().net();
            net.bind(socket, new Address.Netlink(0, 0));
            assertThat(net.getsockname(socket))
                    .isInstanceOfSatisfying(
                            Address.Netlink.class, own -> assertThat(own.port()).isNotZero());
            MemorySegment getLinks = MemorySegment.ofArray(new byte[32]);
            getLinks.set(Layouts.INT, 0, 32);
            getLinks.set(Layouts.SHORT, 4, (short) 18); // RTM_GETLINK
            getLinks.set(Layouts.SHORT, 6, (short) 0x301); // NLM_F_REQUEST|NLM_F_DUMP
            getLinks.set(Layouts.INT, 8, 77);

            net.sendto(socket, getLinks, MessageFlags.NONE, new Address.Netlink(0, 0));
            MemorySegment answer = MemorySegment.ofArray(new byte[32 << 10]);
            Received received = net.recvmsg(socket, List.of(answer), MessageFlags.NONE);

            assertThat(received.from()).isEqualTo(new Address.Netlink(0, 0));
            assertThat(answer.get(Layouts.SHORT, 4)).as("RTM_NEWLINK").isEqualTo((short) 16);
            assertThat(answer.get(Layouts.INT, 8)).as("the request's number").isEqualTo(77);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "HOST.*", mode = EnumSource.Mode.MATCH_ANY)
    void aVirtualMachinesPortIsBoundAndTold(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                FileDescriptor socket = vsock(test)) {
            NetCalls net = test.linux().net();

            net.bind(socket, new Address.Vsock(-1, -1));

            assertThat(net.getsockname(socket)).isInstanceOfSatisfying(Address.Vsock.class, bound -> {
                assertThat(bound.contextId()).isEqualTo(-1);
                assertThat(bound.port()).as("any").isNotEqualTo(-1);
            });
        }
    }

    private static FileDescriptor vsock(TestLinux test) {
        try {
            return test.linux().net().socket(AddressFamily.AF_VSOCK, SocketType.SOCK_STREAM, SocketFlags.SOCK_CLOEXEC);
        } catch (SyscallException failure) {
            assumeFalse(failure.is(Errno.EAFNOSUPPORT), "this kernel has no sockets of virtual machines");
            throw failure;
        }
    }
}
