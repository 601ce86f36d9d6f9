package dev.trapgate.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Constants;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.SyscallException;
import dev.trapgate.kernel.TestKernel;
import dev.trapgate.kernel.TestKernel.TestLinux;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class SocketOptionTest {

    @Test
    void eachOptionIsWhatTheHeadersSayAndPrintsItsName() throws Exception {
        List<Field> options = Arrays.stream(SocketOption.class.getDeclaredFields())
                .filter(field -> Modifier.isPublic(field.getModifiers()))
                .toList();
        assertThat(options).hasSizeGreaterThan(15);
        for (Field field : options) {
            SocketOption<?> option = (SocketOption<?>) field.get(null);
            for (Abi abi : List.of(Abi.X86_64, Abi.I386)) {
                assertThat((long) option.name())
                        .as(field.getName())
                        .isEqualTo(Constants.value(field.getName(), abi).orElseThrow());
            }
            assertThat(option).hasToString(field.getName());
        }
    }

    private static SocketPair pair(TestLinux test) {
        return test.linux().net().socketpair(SocketType.SOCK_STREAM, SocketFlags.SOCK_CLOEXEC);
    }

    @ParameterizedTest
    @EnumSource
    void valuesHaveTheTypesOfTheOptions(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.SOCKETPAIR, Syscall.SETSOCKOPT);
                SocketPair pair = pair(test)) {
            NetCalls net = test.linux().net();
            FileDescriptor socket = pair.first();

            assertThat(net.getsockopt(socket, SocketOption.SO_DOMAIN)).isEqualTo(AddressFamily.AF_UNIX);
            assertThat(net.getsockopt(socket, SocketOption.SO_ERROR)).isEmpty();
            assertThat(net.getsockopt(socket, SocketOption.SO_ACCEPTCONN)).isFalse();
            assertThat(net.getsockopt(socket, SocketOption.SO_LINGER)).isEmpty();
            net.setsockopt(socket, SocketOption.SO_LINGER, Optional.of(Duration.ofSeconds(3)));
            assertThat(net.getsockopt(socket, SocketOption.SO_LINGER)).contains(Duration.ofSeconds(3));
            net.setsockopt(socket, SocketOption.SO_LINGER, Optional.empty());
            assertThat(net.getsockopt(socket, SocketOption.SO_LINGER)).isEmpty();
            net.setsockopt(socket, SocketOption.SO_KEEPALIVE, true);
            assertThat(net.getsockopt(socket, SocketOption.SO_KEEPALIVE)).isTrue();
            assertThatThrownBy(() -> net.setsockopt(socket, SocketOption.SO_TYPE, SocketType.SOCK_DGRAM))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("can only be asked");
        }
    }

    @ParameterizedTest
    @EnumSource
    void receivingEndsWithItsTimeout(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.SOCKETPAIR, Syscall.SETSOCKOPT);
                SocketPair pair = pair(test)) {
            NetCalls net = test.linux().net();
            Duration timeout = Duration.ofMillis(4);
            net.setsockopt(pair.first(), SocketOption.SO_RCVTIMEO_NEW, timeout);

            assertThat(net.getsockopt(pair.first(), SocketOption.SO_RCVTIMEO_NEW))
                    .isGreaterThanOrEqualTo(timeout)
                    .isLessThan(Duration.ofMillis(20));
            assertThatThrownBy(() -> net.recv(pair.first(), MemorySegment.ofArray(new byte[1]), MessageFlags.NONE))
                    .isInstanceOfSatisfying(SyscallException.class, failure -> assertThat(failure.is(Errno.EAGAIN))
                            .isTrue());
        }
    }
}
