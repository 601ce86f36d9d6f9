package dev.trapgate.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.abi.Syscall.Standing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SyscallTest {

    @ParameterizedTest
    @CsvSource({
        "read, 0, 3, 0, 63",
        "getpid, 39, 20, 39, 172",
        "rt_sigaction, 13, 174, 512, 134",
        "openat, 257, 295, 257, 56",
        "preadv2, 327, 378, 546, 286",
        "clone3, 435, 435, 435, 435",
        "rseq_slice_yield, 471, 471, 471, 471"
    })
    void numbersACallInEachAbi(String name, int x8664, int i386, int x32, int aarch64) {
        Syscall call = Syscall.named(name).orElseThrow();
        assertThat(Stream.of(Abi.values()).map(call::number)).containsExactly(x8664, i386, x32, aarch64);
    }

    @ParameterizedTest
    @EnumSource
    void findsEveryCallByItsName(Syscall call) {
        assertThat(Syscall.named(call.callName())).containsSame(call);
        assertThat(call.name()).isEqualToIgnoringCase(call.callName());
    }

    @ParameterizedTest
    @EnumSource
    void findsEveryCallByEachOfItsNumbers(Syscall call) {
        assertThat(Abi.values()).anyMatch(call::existsOn);
        for (Abi abi : Abi.values()) {
            if (call.existsOn(abi)) {
                assertThat(Syscall.numbered(abi, call.number(abi))).containsSame(call);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesNoNumberTwiceInAnAbi(Abi abi) {
        Map<Integer, Syscall> owners = new HashMap<>();
        for (Syscall call : Syscall.values()) {
            if (call.existsOn(abi)) {
                assertThat(owners.put(call.number(abi), call))
                        .as("%s %d", abi, call.number(abi))
                        .isNull();
            }
        }
        assertThat(owners).hasSizeGreaterThan(300);
    }

    @ParameterizedTest
    @EnumSource
    void findsNothingOutsideTheTable(Abi abi) {
        for (int number : new int[] {-1, Integer.MIN_VALUE, 600, 4096, Integer.MAX_VALUE, Abi.X32_SYSCALL_BIT}) {
            assertThat(Syscall.numbered(abi, number)).as("%d", number).isEmpty();
        }
        assertThat(Syscall.numbered(Abi.X86_64, 337)).isEmpty();
        assertThat(Syscall.numbered(Abi.X86_64, 512)).isEmpty();
        assertThat(Syscall.numbered(Abi.I386, 222)).isEmpty();
    }

    @Test
    void findsNothingByAWrongName() {
        assertThat(Syscall.named("")).isEmpty();
        assertThat(Syscall.named("READ")).isEmpty();
        assertThat(Syscall.named("sys_read")).isEmpty();
        assertThat(Syscall.named("__NR_read")).isEmpty();
    }

    @Test
    void saysWhereACallIsThatAnAbiLacks() {
        assertThat(Syscall.ACCEPT.existsOn(Abi.I386)).isFalse();
        assertThatThrownBy(() -> Syscall.ACCEPT.number(Abi.I386))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage(
                        "the i386 ABI has no system call accept; it is one of x86_64 (43), x32 (43), aarch64 (202)");
        assertThatThrownBy(() -> Syscall.ACCEPT.parameters(Abi.I386)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> Syscall.ACCEPT.standing(Abi.I386)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> Syscall.ACCEPT.entryPoint(Abi.I386)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void declaresParametersOfX8664() {
        assertThat(Syscall.OPENAT.parameters(Abi.X86_64))
                .containsExactly(
                        new Parameter("int", "dfd"),
                        new Parameter("const char *", "filename"),
                        new Parameter("int", "flags"),
                        new Parameter("umode_t", "mode"));
        assertThat(Syscall.GETPID.parameters(Abi.X86_64)).isEmpty();
        assertThat(Syscall.EXECVE.parameters(Abi.X86_64)).contains(new Parameter("const char *const *", "argv"));
    }

    @Test
    void swapsTheLastArgumentsOfCloneOutsideX8664() {
        assertThat(names(Syscall.CLONE, Abi.X86_64)).endsWith("child_tidptr", "tls");
        assertThat(names(Syscall.CLONE, Abi.X32)).endsWith("child_tidptr", "tls");
        assertThat(names(Syscall.CLONE, Abi.I386)).endsWith("tls_val", "child_tidptr");
        assertThat(names(Syscall.CLONE, Abi.AARCH64)).endsWith("tls", "child_tidptr");
    }

    @Test
    void splitsSixtyFourBitArgumentsOnI386() {
        assertThat(names(Syscall.PREAD64, Abi.I386)).containsExactly("fd", "ubuf", "count", "poslo", "poshi");
        assertThat(names(Syscall.FALLOCATE, Abi.I386))
                .containsExactly("fd", "mode", "offset_lo", "offset_hi", "len_lo", "len_hi");
        assertThat(names(Syscall.FANOTIFY_MARK, Abi.I386)).contains("mask_lo", "mask_hi");
    }

    @Test
    void namesThe32BitStructuresOfI386() {
        assertThat(Syscall.CLOCK_GETTIME.parameters(Abi.I386))
                .containsExactly(
                        new Parameter("clockid_t", "which_clock"), new Parameter("struct old_timespec32 *", "tp"));
        assertThat(Syscall.CLOCK_GETTIME64.parameters(Abi.I386))
                .contains(new Parameter("struct __kernel_timespec *", "tp"));
        assertThat(Syscall.MMAP.parameters(Abi.I386))
                .containsExactly(new Parameter("struct mmap_arg_struct32 *", "arg"));
        assertThat(Syscall.CHOWN.parameters(Abi.I386)).contains(new Parameter("old_uid_t", "user"));
        assertThat(Syscall.UMOUNT.parameters(Abi.I386)).containsExactly(new Parameter("char *", "name"));
    }

    @Test
    void namesTheKernelsEntryPoints() {
        assertThat(Syscall.UNAME.entryPoint(Abi.X86_64)).contains("sys_newuname");
        assertThat(Syscall.GETUID.entryPoint(Abi.I386)).contains("sys_getuid16");
        assertThat(Syscall.GETUID32.entryPoint(Abi.I386)).contains("sys_getuid");
        assertThat(Syscall.OPENAT.entryPoint(Abi.I386)).contains("compat_sys_openat");
        assertThat(Syscall.EXECVE.entryPoint(Abi.X32)).contains("compat_sys_execve");
    }

    @Test
    void tellsRemovedAndNeverImplementedCallsFromTheRest() {
        assertThat(Syscall.READ.standing(Abi.X86_64)).isEqualTo(Standing.IMPLEMENTED);
        assertThat(Syscall.CREATE_MODULE.standing(Abi.X86_64)).isEqualTo(Standing.REMOVED);
        assertThat(Syscall.CREATE_MODULE.entryPoint(Abi.X86_64)).isEmpty();
        assertThat(Syscall.CREATE_MODULE.parameters(Abi.X86_64)).hasSize(2);
        assertThat(Syscall.BREAK.standing(Abi.I386)).isEqualTo(Standing.RESERVED);
        assertThat(Syscall.BREAK.parameters(Abi.I386)).isEmpty();
        assertThat(Syscall.SET_THREAD_AREA.standing(Abi.X86_64)).isEqualTo(Standing.RESERVED);
        assertThat(Syscall.SET_THREAD_AREA.standing(Abi.I386)).isEqualTo(Standing.IMPLEMENTED);
        assertThat(Syscall.VM86.standing(Abi.I386)).isEqualTo(Standing.KERNEL32);
    }

    @ParameterizedTest
    @EnumSource
    void declaresAtMostSixWellFormedParameters(Syscall call) {
        Stream.of(Abi.values()).filter(call::existsOn).forEach(abi -> {
            List<Parameter> parameters = call.parameters(abi);
            assertThat(parameters).hasSizeLessThanOrEqualTo(6).isSameAs(call.parameters(abi));
            assertThat(parameters).allSatisfy(parameter -> {
                assertThat(parameter.name()).matches("[a-z_]\\w*");
                assertThat(parameter.type()).matches("[a-zA-Z_][\\w *]*[\\w*]");
            });
            assertThat(parameters.stream().map(Parameter::name)).doesNotHaveDuplicates();
            assertThat(call.entryPoint(abi).isPresent()).isEqualTo(call.standing(abi) == Standing.IMPLEMENTED);
        });
    }

    @Test
    void findsCallsWithoutAllocating() {
        assertThat(AllocatedBytes.perRun(() -> Syscall.named("clock_gettime").isPresent()))
                .isZero();
        assertThat(AllocatedBytes.perRun(() -> Syscall.named("no_such_call").isEmpty()))
                .isZero();
        assertThat(AllocatedBytes.perRun(() -> Syscall.numbered(Abi.I386, 403).isPresent()))
                .isZero();
        assertThat(AllocatedBytes.perRun(
                        () -> Syscall.numbered(Abi.X86_64, 100_000).isEmpty()))
                .isZero();
        assertThat(AllocatedBytes.perRun(() -> Syscall.isPrompt(Abi.X86_64, 39)))
                .isZero();
        assertThat(AllocatedBytes.perRun(() -> Syscall.READ.number(Abi.I386) == 3))
                .isZero();
    }

    @Test
    void measuresWhatDoesAllocate() {
        assertThat(AllocatedBytes.perRun(() -> Syscall.values().length > 0)).isPositive();
    }

    private static Stream<String> names(Syscall call, Abi abi) {
        return call.parameters(abi).stream().map(Parameter::name);
    }
}
