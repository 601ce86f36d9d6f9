package dev.trapgate.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.kernel.Mode;
import dev.trapgate.kernel.SyscallException;
import dev.trapgate.kernel.TestKernel;
import dev.trapgate.kernel.TestKernel.TestLinux;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class XattrCallsTest {

    @ParameterizedTest
    @EnumSource
    void anAttributeIsSetReadListedAndRemoved(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.SETXATTR)) {
            String file = test.path("file");
            test.linux()
                    .fs()
                    .open(file, OpenFlags.O_RDWR.or(OpenFlags.O_CREAT), Mode.RW_______)
                    .close();
            XattrCalls<String> xattr = test.linux().xattr();
            set(xattr, file);

            assertThat(xattr.getxattr(file, "user.comment")).asString(UTF_8).isEqualTo("hello");
            assertThat(xattr.listxattr(file)).contains("user.comment");
            assertThatThrownBy(() -> xattr.setxattr(file, "user.comment", new byte[0], XattrFlags.XATTR_CREATE))
                    .isInstanceOfSatisfying(SyscallException.class, failure -> assertThat(failure.errno())
                            .contains(Errno.EEXIST));
            xattr.removexattr(file, "user.comment");
            assertThatThrownBy(() -> xattr.getxattr(file, "user.comment"))
                    .isInstanceOfSatisfying(SyscallException.class, failure -> assertThat(failure.errno())
                            .contains(Errno.ENODATA));
        }
    }

    private static void set(XattrCalls<String> xattr, String file) {
        try {
            xattr.setxattr(file, "user.comment", "hello".getBytes(UTF_8), XattrFlags.NONE);
        } catch (SyscallException failure) {
            if (failure.is(Errno.EOPNOTSUPP)) {
                abort("this file system has no user attributes");
            }
            throw failure;
        }
    }
}
