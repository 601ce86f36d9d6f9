package dev.trapgate.abi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.ConstantGroup.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConstantGroupsTest {

    /** Each line: a call's parameter, a value as C would write it, and what strace prints. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = " : ",
            value = {
                "openat.dfd : -100 : AT_FDCWD",
                "openat.dfd : 0xffffff9c : AT_FDCWD",
                "openat.dfd : 3 : 3",
                "openat.dfd : -1 : -1",
                "renameat2.olddfd : -100 : AT_FDCWD",
                "openat.flags : 0 : O_RDONLY",
                "openat.flags : 0x80000 : O_RDONLY|O_CLOEXEC",
                "openat.flags : 0x80241 : O_WRONLY|O_CREAT|O_TRUNC|O_CLOEXEC",
                "openat.flags : 0x40000000 : O_RDONLY|0x40000000",
                "openat.flags : 0x410002 : O_RDWR|O_TMPFILE",
                "openat.flags : 0x101000 : O_RDONLY|O_SYNC",
                "openat.flags : 0x1000 : O_RDONLY|O_DSYNC",
                "openat.flags : 3 : O_ACCMODE",
                "openat.mode : 0644 : 0644",
                "openat.mode : 0 : 0",
                "mknod.mode : 0100600 : S_IFREG|0600",
                "mknod.mode : 0020000 : S_IFCHR|0",
                "mknod.mode : 04755 : 04755",
                "access.mode : 0 : F_OK",
                "access.mode : 6 : R_OK|W_OK",
                "mmap.prot : 0 : PROT_NONE",
                "mmap.prot : 3 : PROT_READ|PROT_WRITE",
                "mmap.flags : 0x22 : MAP_PRIVATE|MAP_ANONYMOUS",
                "mmap.flags : 0x62 : MAP_PRIVATE|MAP_ANONYMOUS|MAP_32BIT",
                "mmap.flags : 3 : MAP_SHARED_VALIDATE",
                "madvise.behavior : 4 : MADV_DONTNEED",
                "madvise.behavior : 9999 : 9999",
                "lseek.whence : 2 : SEEK_END",
                "clock_gettime.which_clock : 1 : CLOCK_MONOTONIC",
                "clock_gettime.which_clock : 99 : 99",
                "clock_nanosleep.flags : 1 : TIMER_ABSTIME",
                "clock_nanosleep.flags : 0 : 0",
                "socket.family : 2 : AF_INET",
                "socket.type : 0x80001 : SOCK_STREAM|SOCK_CLOEXEC",
                "socket.type : 2 : SOCK_DGRAM",
                "sendto.flags : 0x4040 : MSG_DONTWAIT|MSG_NOSIGNAL",
                "kill.sig : 9 : SIGKILL",
                "kill.sig : 0 : 0",
                "kill.sig : 29 : SIGIO",
                "rt_sigprocmask.how : 0 : SIG_BLOCK",
                "clone.clone_flags : 0x1200011 : CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD",
                "clone.clone_flags : 17 : SIGCHLD",
                "clone.clone_flags : 0 : 0",
                "futex.op : 128 : FUTEX_WAIT_PRIVATE",
                "futex.op : 0 : FUTEX_WAIT",
                "futex.op : 265 : FUTEX_WAIT_BITSET|FUTEX_CLOCK_REALTIME",
                "futex.op : 393 : FUTEX_WAIT_BITSET_PRIVATE|FUTEX_CLOCK_REALTIME",
                "wait4.options : 3 : WNOHANG|WUNTRACED",
                "prctl.option : 15 : PR_SET_NAME",
                "prctl.option : 0x41555856 : PR_GET_AUXV",
                "statx.mask : 0x7ff : STATX_BASIC_STATS",
                "statx.mask : 0xfff : STATX_BASIC_STATS|STATX_BTIME",
                "statx.flags : 0x1100 : AT_SYMLINK_NOFOLLOW|AT_EMPTY_PATH",
                "msgget.msgflg : 01600 : IPC_CREAT|0600",
                "msgget.msgflg : 0600 : 0600",
                "personality.personality : 0x8 : PER_LINUX32",
                "personality.personality : 0x0040000 : PER_LINUX|ADDR_NO_RANDOMIZE",
                "mount.flags : 0x1001 : MS_RDONLY|MS_BIND",
                "mount.flags : 0x80000000 : MS_NOUSER",
                "inotify_add_watch.mask : 0x80000002 : IN_MODIFY|IN_ONESHOT",
                "epoll_ctl.op : 3 : EPOLL_CTL_MOD",
                "reboot.cmd : 0xa1b2c3d4 : LINUX_REBOOT_CMD_RESTART2",
                "ioctl.cmd : 0x5401 : TCGETS",
                "ioctl.cmd : 0x12345678 : 0x12345678",
                "pipe2.flags : 0x80800 : O_NONBLOCK|O_CLOEXEC",
                "membarrier.cmd : 0 : MEMBARRIER_CMD_QUERY",
                "keyctl.option : 0 : KEYCTL_GET_KEYRING_ID",
                "shutdown.how : 2 : SHUT_RDWR",
                "prlimit64.resource : 7 : RLIMIT_NOFILE",
                "getrusage.who : -1 : RUSAGE_CHILDREN",
                "personality.personality : 0x77 : 0x77",
                "swapon.swap_flags : 0x8005 : SWAP_FLAG_PREFER|5",
            })
    void argumentsAreWrittenAsStraceWritesThem(String parameter, String value, String expected) {
        List<String> words = List.of(parameter.split("\\.", -1));
        for (Abi abi : List.of(Abi.X86_64, Abi.I386)) {
            ConstantGroup group =
                    ConstantGroups.forParameter(words.get(0), words.get(1), abi).orElseThrow();
            assertThat(group.render(Long.decode(value), abi)).as(abi.toString()).isEqualTo(expected);
        }
    }

    @Test
    void aSignExtended32BitValueIsThatValue() {
        ConstantGroup flags = ConstantGroups.named("inotify_events").orElseThrow();
        assertThat(flags.render(0xffff_ffff_8000_0002L, Abi.X86_64)).isEqualTo("IN_MODIFY|IN_ONESHOT");
        ConstantGroup open = ConstantGroups.named("open").orElseThrow();
        assertThat(open.render(-1, Abi.X86_64)).startsWith("O_ACCMODE|O_CREAT|").endsWith("|0xff80003c");
    }

    @Test
    void bitsBeyond32StayBits() {
        ConstantGroup clone3 = ConstantGroups.named("clone3").orElseThrow();
        assertThat(clone3.render(0x3_0000_0000L, Abi.X86_64)).isEqualTo("CLONE_CLEAR_SIGHAND|CLONE_INTO_CGROUP");
        ConstantGroup prot = ConstantGroups.named("prot").orElseThrow();
        assertThat(prot.render(0x1_0000_0001L, Abi.X86_64)).isEqualTo("PROT_READ|0x100000000");
    }

    @Test
    void namesOnlyGroupsRenderNumbers() {
        ConstantGroup limits = ConstantGroups.named("limits").orElseThrow();
        assertThat(limits.kind()).isEqualTo(Kind.NAMES);
        assertThat(limits.render(4096, Abi.X86_64)).isEqualTo("4096");
    }

    @Test
    void whatRenderWritesAnExpressionReadsBack() {
        for (String name : ConstantGroups.names()) {
            ConstantGroup group = ConstantGroups.named(name).orElseThrow();
            for (Constant constant : group.constants()) {
                constant.value(Abi.X86_64).ifPresent(value -> assertThat(read(group.render(value, Abi.X86_64)))
                        .as("%s of %s", constant, name)
                        .isIn(value, Integer.toUnsignedLong((int) value)));
            }
        }
    }

    private static long read(String expression) {
        return Arrays.stream(expression.split("\\|", -1))
                .mapToLong(word -> Constants.value(word, Abi.X86_64).orElseGet(() -> number(word)))
                .reduce(0, (left, right) -> left | right);
    }

    private static long number(String word) {
        return word.startsWith("0x") ? Long.parseUnsignedLong(word.substring(2), 16) : Long.decode(word);
    }

    @ParameterizedTest
    @CsvSource({
        "fcntl, arg",
        "setsockopt, optname",
        "nonesuch, flags",
        "getpid, dfd2",
        "open, filename",
        "'', ''",
        "openat, ''",
        "openat, DFD",
        "prctl, arg2",
        "read, count"
    })
    void aParameterWithoutItsOwnConstantsHasNoGroup(String call, String parameter) {
        assertThat(ConstantGroups.forParameter(call, parameter, Abi.X86_64)).isEmpty();
    }

    @Test
    void anAbiWithoutConstantsHasNoGroups() {
        assertThat(ConstantGroups.forParameter("openat", "flags", Abi.AARCH64)).isEmpty();
        assertThat(ConstantGroups.named("nonesuch")).isEmpty();
    }

    @Test
    void everyGroupHasConstantsAndEveryParameterOfTheTableIsACalls() {
        assertThat(ConstantGroups.names()).hasSizeGreaterThan(150);
        ConstantGroups.names().forEach(name -> assertThat(
                        ConstantGroups.named(name).orElseThrow().constants())
                .as(name)
                .isNotEmpty());
        Map<String, Set<String>> declared = Arrays.stream(Syscall.values())
                .collect(Collectors.toMap(Syscall::callName, ConstantGroupsTest::parameterNames));
        Set<String> stray = new TreeSet<>();
        ConstantTable.get().parameters().keySet().stream()
                .filter(key -> !key.equals("-"))
                .filter(key -> {
                    List<String> words = List.of(key.split("\\.", -1));
                    return words.get(0).equals("*")
                            ? declared.values().stream().noneMatch(names -> names.contains(words.get(1)))
                            : !declared.getOrDefault(words.get(0), Set.of()).contains(words.get(1));
                })
                .forEach(stray::add);
        assertThat(stray).isEmpty();
        assertThat(ConstantTable.get().parameters()).hasSizeGreaterThan(170);
    }

    private static Set<String> parameterNames(Syscall syscall) {
        return Arrays.stream(Abi.values())
                .filter(syscall::existsOn)
                .flatMap(abi -> syscall.parameters(abi).stream())
                .map(Parameter::name)
                .collect(Collectors.toSet());
    }
}
