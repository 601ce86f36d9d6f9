// Generated from native-headers/syscalls.tsv by native-headers/GenerateSyscallTable.java. Do not edit.
package dev.trapgate.abi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every system call of Linux on x86 and 64-bit Arm, with its number, entry point and parameters in each ABI.
 *
 * <p>The constants are the kernel's names in upper case. Sources: see the head of {@code native-headers/syscalls.tsv}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/syscalls.2.html">syscalls(2)</a>
 */
public enum Syscall {
    /** {@code read(unsigned int fd, char *buf, size_t count)}. */
    READ("read", 0, 3, 0, 63,
            Declaration.of("sys_read", "unsigned int fd, char *buf, size_t count")),
    /** {@code write(unsigned int fd, const char *buf, size_t count)}. */
    WRITE("write", 1, 4, 1, 64,
            Declaration.of("sys_write", "unsigned int fd, const char *buf, size_t count")),
    /** {@code open(const char *filename, int flags, umode_t mode)}. */
    OPEN("open", 2, 5, 2, -1,
            Declaration.of("sys_open", "const char *filename, int flags, umode_t mode"),
            Declaration.of("compat_sys_open", "const char *filename, int flags, umode_t mode")),
    /** {@code close(unsigned int fd)}. */
    CLOSE("close", 3, 6, 3, 57,
            Declaration.of("sys_close", "unsigned int fd")),
    /** {@code stat(const char *filename, struct stat *statbuf)}. */
    STAT("stat", 4, 106, 4, -1,
            Declaration.of("sys_newstat", "const char *filename, struct stat *statbuf"),
            Declaration.of("compat_sys_newstat", "const char *filename, struct compat_stat *statbuf")),
    /** {@code fstat(unsigned int fd, struct stat *statbuf)}. */
    FSTAT("fstat", 5, 108, 5, 80,
            Declaration.of("sys_newfstat", "unsigned int fd, struct stat *statbuf"),
            Declaration.of("compat_sys_newfstat", "unsigned int fd, struct compat_stat *statbuf")),
    /** {@code lstat(const char *filename, struct stat *statbuf)}. */
    LSTAT("lstat", 6, 107, 6, -1,
            Declaration.of("sys_newlstat", "const char *filename, struct stat *statbuf"),
            Declaration.of("compat_sys_newlstat", "const char *filename, struct compat_stat *statbuf")),
    /** {@code poll(struct pollfd *ufds, unsigned int nfds, int timeout_msecs)}. */
    POLL("poll", 7, 168, 7, -1,
            Declaration.of("sys_poll", "struct pollfd *ufds, unsigned int nfds, int timeout_msecs")),
    /** {@code lseek(unsigned int fd, off_t offset, unsigned int whence)}. */
    LSEEK("lseek", 8, 19, 8, 62,
            Declaration.of("sys_lseek", "unsigned int fd, off_t offset, unsigned int whence"),
            Declaration.of("compat_sys_lseek", "unsigned int fd, compat_off_t offset, unsigned int whence")),
    /** {@code mmap(unsigned long addr, unsigned long len, unsigned long prot, unsigned long flags, unsigned long fd, unsigned long off)}. */
    MMAP("mmap", 9, 90, 9, 222,
            Declaration.of("sys_mmap", "unsigned long addr, unsigned long len, unsigned long prot, unsigned long flags, unsigned long fd, unsigned long off"),
            Declaration.of("compat_sys_ia32_mmap", "struct mmap_arg_struct32 *arg")),
    /** {@code mprotect(unsigned long start, size_t len, unsigned long prot)}. */
    MPROTECT("mprotect", 10, 125, 10, 226,
            Declaration.of("sys_mprotect", "unsigned long start, size_t len, unsigned long prot")),
    /** {@code munmap(unsigned long addr, size_t len)}. */
    MUNMAP("munmap", 11, 91, 11, 215,
            Declaration.of("sys_munmap", "unsigned long addr, size_t len")),
    /** {@code brk(unsigned long brk)}. */
    BRK("brk", 12, 45, 12, 214,
            Declaration.of("sys_brk", "unsigned long brk")),
    /** {@code rt_sigaction(int sig, const struct sigaction *act, struct sigaction *oact, size_t sigsetsize)}. */
    RT_SIGACTION("rt_sigaction", 13, 174, 512, 134,
            Declaration.of("sys_rt_sigaction", "int sig, const struct sigaction *act, struct sigaction *oact, size_t sigsetsize"),
            Declaration.of("compat_sys_rt_sigaction", "int sig, const struct compat_sigaction *act, struct compat_sigaction *oact, compat_size_t sigsetsize"),
            Declaration.of("compat_sys_rt_sigaction", "int sig, const struct compat_sigaction *act, struct compat_sigaction *oact, compat_size_t sigsetsize"),
            Declaration.of("sys_rt_sigaction", "int sig, const struct sigaction *act, struct sigaction *oact, size_t sigsetsize")),
    /** {@code rt_sigprocmask(int how, sigset_t *nset, sigset_t *oset, size_t sigsetsize)}. */
    RT_SIGPROCMASK("rt_sigprocmask", 14, 175, 14, 135,
            Declaration.of("sys_rt_sigprocmask", "int how, sigset_t *nset, sigset_t *oset, size_t sigsetsize"),
            Declaration.of("compat_sys_rt_sigprocmask", "int how, compat_sigset_t *nset, compat_sigset_t *oset, compat_size_t sigsetsize")),
    /** {@code rt_sigreturn(void)}. */
    RT_SIGRETURN("rt_sigreturn", 15, 173, 513, 139,
            Declaration.of("sys_rt_sigreturn", "void"),
            Declaration.of("compat_sys_rt_sigreturn", "void"),
            Declaration.of("compat_sys_x32_rt_sigreturn", "void"),
            Declaration.of("sys_rt_sigreturn", "void")),
    /** {@code ioctl(unsigned int fd, unsigned int cmd, unsigned long arg)}. */
    IOCTL("ioctl", 16, 54, 514, 29,
            Declaration.of("sys_ioctl", "unsigned int fd, unsigned int cmd, unsigned long arg"),
            Declaration.of("compat_sys_ioctl", "unsigned int fd, unsigned int cmd, compat_ulong_t arg"),
            Declaration.of("compat_sys_ioctl", "unsigned int fd, unsigned int cmd, compat_ulong_t arg"),
            Declaration.of("sys_ioctl", "unsigned int fd, unsigned int cmd, unsigned long arg")),
    /** {@code pread64(unsigned int fd, char *buf, size_t count, loff_t pos)}. */
    PREAD64("pread64", 17, 180, 17, 67,
            Declaration.of("sys_pread64", "unsigned int fd, char *buf, size_t count, loff_t pos"),
            Declaration.of("sys_ia32_pread64", "unsigned int fd, char *ubuf, u32 count, u32 poslo, u32 poshi")),
    /** {@code pwrite64(unsigned int fd, const char *buf, size_t count, loff_t pos)}. */
    PWRITE64("pwrite64", 18, 181, 18, 68,
            Declaration.of("sys_pwrite64", "unsigned int fd, const char *buf, size_t count, loff_t pos"),
            Declaration.of("sys_ia32_pwrite64", "unsigned int fd, const char *ubuf, u32 count, u32 poslo, u32 poshi")),
    /** {@code readv(unsigned long fd, const struct iovec *vec, unsigned long vlen)}. */
    READV("readv", 19, 145, 515, 65,
            Declaration.of("sys_readv", "unsigned long fd, const struct iovec *vec, unsigned long vlen")),
    /** {@code writev(unsigned long fd, const struct iovec *vec, unsigned long vlen)}. */
    WRITEV("writev", 20, 146, 516, 66,
            Declaration.of("sys_writev", "unsigned long fd, const struct iovec *vec, unsigned long vlen")),
    /** {@code access(const char *filename, int mode)}. */
    ACCESS("access", 21, 33, 21, -1,
            Declaration.of("sys_access", "const char *filename, int mode")),
    /** {@code pipe(int *fildes)}. */
    PIPE("pipe", 22, 42, 22, -1,
            Declaration.of("sys_pipe", "int *fildes")),
    /** {@code select(int n, fd_set *inp, fd_set *outp, fd_set *exp, struct __kernel_old_timeval *tvp)}. */
    SELECT("select", 23, 82, 23, -1,
            Declaration.of("sys_select", "int n, fd_set *inp, fd_set *outp, fd_set *exp, struct __kernel_old_timeval *tvp"),
            Declaration.of("compat_sys_old_select", "struct compat_sel_arg_struct *arg")),
    /** {@code sched_yield(void)}. */
    SCHED_YIELD("sched_yield", 24, 158, 24, 124,
            Declaration.of("sys_sched_yield", "void")),
    /** {@code mremap(unsigned long addr, unsigned long old_len, unsigned long new_len, unsigned long flags, unsigned long new_addr)}. */
    MREMAP("mremap", 25, 163, 25, 216,
            Declaration.of("sys_mremap", "unsigned long addr, unsigned long old_len, unsigned long new_len, unsigned long flags, unsigned long new_addr")),
    /** {@code msync(unsigned long start, size_t len, int flags)}. */
    MSYNC("msync", 26, 144, 26, 227,
            Declaration.of("sys_msync", "unsigned long start, size_t len, int flags")),
    /** {@code mincore(unsigned long start, size_t len, unsigned char *vec)}. */
    MINCORE("mincore", 27, 218, 27, 232,
            Declaration.of("sys_mincore", "unsigned long start, size_t len, unsigned char *vec")),
    /** {@code madvise(unsigned long start, size_t len_in, int behavior)}. */
    MADVISE("madvise", 28, 219, 28, 233,
            Declaration.of("sys_madvise", "unsigned long start, size_t len_in, int behavior")),
    /** {@code shmget(key_t key, size_t size, int shmflg)}. */
    SHMGET("shmget", 29, 395, 29, 194,
            Declaration.of("sys_shmget", "key_t key, size_t size, int shmflg")),
    /** {@code shmat(int shmid, char *shmaddr, int shmflg)}. */
    SHMAT("shmat", 30, 397, 30, 196,
            Declaration.of("sys_shmat", "int shmid, char *shmaddr, int shmflg"),
            Declaration.of("compat_sys_shmat", "int shmid, compat_uptr_t shmaddr, int shmflg")),
    /** {@code shmctl(int shmid, int cmd, struct shmid_ds *buf)}. */
    SHMCTL("shmctl", 31, 396, 31, 195,
            Declaration.of("sys_shmctl", "int shmid, int cmd, struct shmid_ds *buf"),
            Declaration.of("compat_sys_shmctl", "int shmid, int cmd, void *uptr")),
    /** {@code dup(unsigned int fildes)}. */
    DUP("dup", 32, 41, 32, 23,
            Declaration.of("sys_dup", "unsigned int fildes")),
    /** {@code dup2(unsigned int oldfd, unsigned int newfd)}. */
    DUP2("dup2", 33, 63, 33, -1,
            Declaration.of("sys_dup2", "unsigned int oldfd, unsigned int newfd")),
    /** {@code pause(void)}. */
    PAUSE("pause", 34, 29, 34, -1,
            Declaration.of("sys_pause", "void")),
    /** {@code nanosleep(struct __kernel_timespec *rqtp, struct __kernel_timespec *rmtp)}. */
    NANOSLEEP("nanosleep", 35, 162, 35, 101,
            Declaration.of("sys_nanosleep", "struct __kernel_timespec *rqtp, struct __kernel_timespec *rmtp"),
            Declaration.of("sys_nanosleep_time32", "struct old_timespec32 *rqtp, struct old_timespec32 *rmtp")),
    /** {@code getitimer(int which, struct __kernel_old_itimerval *value)}. */
    GETITIMER("getitimer", 36, 105, 36, 102,
            Declaration.of("sys_getitimer", "int which, struct __kernel_old_itimerval *value"),
            Declaration.of("compat_sys_getitimer", "int which, struct old_itimerval32 *value")),
    /** {@code alarm(unsigned int seconds)}. */
    ALARM("alarm", 37, 27, 37, -1,
            Declaration.of("sys_alarm", "unsigned int seconds")),
    /** {@code setitimer(int which, struct __kernel_old_itimerval *value, struct __kernel_old_itimerval *ovalue)}. */
    SETITIMER("setitimer", 38, 104, 38, 103,
            Declaration.of("sys_setitimer", "int which, struct __kernel_old_itimerval *value, struct __kernel_old_itimerval *ovalue"),
            Declaration.of("compat_sys_setitimer", "int which, struct old_itimerval32 *value, struct old_itimerval32 *ovalue")),
    /** {@code getpid(void)}. */
    GETPID("getpid", 39, 20, 39, 172,
            Declaration.of("sys_getpid", "void")),
    /** {@code sendfile(int out_fd, int in_fd, loff_t *offset, size_t count)}. */
    SENDFILE("sendfile", 40, 187, 40, 71,
            Declaration.of("sys_sendfile64", "int out_fd, int in_fd, loff_t *offset, size_t count"),
            Declaration.of("compat_sys_sendfile", "int out_fd, int in_fd, compat_off_t *offset, compat_size_t count")),
    /** {@code socket(int family, int type, int protocol)}. */
    SOCKET("socket", 41, 359, 41, 198,
            Declaration.of("sys_socket", "int family, int type, int protocol")),
    /** {@code connect(int fd, struct sockaddr *uservaddr, int addrlen)}. */
    CONNECT("connect", 42, 362, 42, 203,
            Declaration.of("sys_connect", "int fd, struct sockaddr *uservaddr, int addrlen")),
    /** {@code accept(int fd, struct sockaddr *upeer_sockaddr, int *upeer_addrlen)}. */
    ACCEPT("accept", 43, -1, 43, 202,
            Declaration.of("sys_accept", "int fd, struct sockaddr *upeer_sockaddr, int *upeer_addrlen")),
    /** {@code sendto(int fd, void *buff, size_t len, unsigned int flags, struct sockaddr *addr, int addr_len)}. */
    SENDTO("sendto", 44, 369, 44, 206,
            Declaration.of("sys_sendto", "int fd, void *buff, size_t len, unsigned int flags, struct sockaddr *addr, int addr_len")),
    /** {@code recvfrom(int fd, void *ubuf, size_t size, unsigned int flags, struct sockaddr *addr, int *addr_len)}. */
    RECVFROM("recvfrom", 45, 371, 517, 207,
            Declaration.of("sys_recvfrom", "int fd, void *ubuf, size_t size, unsigned int flags, struct sockaddr *addr, int *addr_len"),
            Declaration.of("compat_sys_recvfrom", "int fd, void *buf, compat_size_t len, unsigned int flags, struct sockaddr *addr, int *addrlen"),
            Declaration.of("compat_sys_recvfrom", "int fd, void *buf, compat_size_t len, unsigned int flags, struct sockaddr *addr, int *addrlen"),
            Declaration.of("sys_recvfrom", "int fd, void *ubuf, size_t size, unsigned int flags, struct sockaddr *addr, int *addr_len")),
    /** {@code sendmsg(int fd, struct user_msghdr *msg, unsigned int flags)}. */
    SENDMSG("sendmsg", 46, 370, 518, 211,
            Declaration.of("sys_sendmsg", "int fd, struct user_msghdr *msg, unsigned int flags"),
            Declaration.of("compat_sys_sendmsg", "int fd, struct compat_msghdr *msg, unsigned int flags"),
            Declaration.of("compat_sys_sendmsg", "int fd, struct compat_msghdr *msg, unsigned int flags"),
            Declaration.of("sys_sendmsg", "int fd, struct user_msghdr *msg, unsigned int flags")),
    /** {@code recvmsg(int fd, struct user_msghdr *msg, unsigned int flags)}. */
    RECVMSG("recvmsg", 47, 372, 519, 212,
            Declaration.of("sys_recvmsg", "int fd, struct user_msghdr *msg, unsigned int flags"),
            Declaration.of("compat_sys_recvmsg", "int fd, struct compat_msghdr *msg, unsigned int flags"),
            Declaration.of("compat_sys_recvmsg", "int fd, struct compat_msghdr *msg, unsigned int flags"),
            Declaration.of("sys_recvmsg", "int fd, struct user_msghdr *msg, unsigned int flags")),
    /** {@code shutdown(int fd, int how)}. */
    SHUTDOWN("shutdown", 48, 373, 48, 210,
            Declaration.of("sys_shutdown", "int fd, int how")),
    /** {@code bind(int fd, struct sockaddr *umyaddr, int addrlen)}. */
    BIND("bind", 49, 361, 49, 200,
            Declaration.of("sys_bind", "int fd, struct sockaddr *umyaddr, int addrlen")),
    /** {@code listen(int fd, int backlog)}. */
    LISTEN("listen", 50, 363, 50, 201,
            Declaration.of("sys_listen", "int fd, int backlog")),
    /** {@code getsockname(int fd, struct sockaddr *usockaddr, int *usockaddr_len)}. */
    GETSOCKNAME("getsockname", 51, 367, 51, 204,
            Declaration.of("sys_getsockname", "int fd, struct sockaddr *usockaddr, int *usockaddr_len")),
    /** {@code getpeername(int fd, struct sockaddr *usockaddr, int *usockaddr_len)}. */
    GETPEERNAME("getpeername", 52, 368, 52, 205,
            Declaration.of("sys_getpeername", "int fd, struct sockaddr *usockaddr, int *usockaddr_len")),
    /** {@code socketpair(int family, int type, int protocol, int *usockvec)}. */
    SOCKETPAIR("socketpair", 53, 360, 53, 199,
            Declaration.of("sys_socketpair", "int family, int type, int protocol, int *usockvec")),
    /** {@code setsockopt(int fd, int level, int optname, char *optval, int optlen)}. */
    SETSOCKOPT("setsockopt", 54, 366, 541, 208,
            Declaration.of("sys_setsockopt", "int fd, int level, int optname, char *optval, int optlen")),
    /** {@code getsockopt(int fd, int level, int optname, char *optval, int *optlen)}. */
    GETSOCKOPT("getsockopt", 55, 365, 542, 209,
            Declaration.of("sys_getsockopt", "int fd, int level, int optname, char *optval, int *optlen")),
    /** {@code clone(unsigned long clone_flags, unsigned long newsp, int *parent_tidptr, int *child_tidptr, unsigned long tls)}. */
    CLONE("clone", 56, 120, 56, 220,
            Declaration.of("sys_clone", "unsigned long clone_flags, unsigned long newsp, int *parent_tidptr, int *child_tidptr, unsigned long tls"),
            Declaration.of("compat_sys_ia32_clone", "unsigned long clone_flags, unsigned long newsp, int *parent_tidptr, unsigned long tls_val, int *child_tidptr"),
            Declaration.of("sys_clone", "unsigned long clone_flags, unsigned long newsp, int *parent_tidptr, int *child_tidptr, unsigned long tls"),
            Declaration.of("sys_clone", "unsigned long clone_flags, unsigned long newsp, int *parent_tidptr, unsigned long tls, int *child_tidptr")),
    /** {@code fork(void)}. */
    FORK("fork", 57, 2, 57, -1,
            Declaration.of("sys_fork", "void")),
    /** {@code vfork(void)}. */
    VFORK("vfork", 58, 190, 58, -1,
            Declaration.of("sys_vfork", "void")),
    /** {@code execve(const char *filename, const char *const *argv, const char *const *envp)}. */
    EXECVE("execve", 59, 11, 520, 221,
            Declaration.of("sys_execve", "const char *filename, const char *const *argv, const char *const *envp"),
            Declaration.of("compat_sys_execve", "const char *filename, const compat_uptr_t *argv, const compat_uptr_t *envp"),
            Declaration.of("compat_sys_execve", "const char *filename, const compat_uptr_t *argv, const compat_uptr_t *envp"),
            Declaration.of("sys_execve", "const char *filename, const char *const *argv, const char *const *envp")),
    /** {@code exit(int error_code)}. */
    EXIT("exit", 60, 1, 60, 93,
            Declaration.of("sys_exit", "int error_code")),
    /** {@code wait4(pid_t upid, int *stat_addr, int options, struct rusage *ru)}. */
    WAIT4("wait4", 61, 114, 61, 260,
            Declaration.of("sys_wait4", "pid_t upid, int *stat_addr, int options, struct rusage *ru"),
            Declaration.of("compat_sys_wait4", "compat_pid_t pid, compat_uint_t *stat_addr, int options, struct compat_rusage *ru")),
    /** {@code kill(pid_t pid, int sig)}. */
    KILL("kill", 62, 37, 62, 129,
            Declaration.of("sys_kill", "pid_t pid, int sig")),
    /** {@code uname(struct new_utsname *name)}. */
    UNAME("uname", 63, 122, 63, 160,
            Declaration.of("sys_newuname", "struct new_utsname *name")),
    /** {@code semget(key_t key, int nsems, int semflg)}. */
    SEMGET("semget", 64, 393, 64, 190,
            Declaration.of("sys_semget", "key_t key, int nsems, int semflg")),
    /** {@code semop(int semid, struct sembuf *tsops, unsigned nsops)}. */
    SEMOP("semop", 65, -1, 65, 193,
            Declaration.of("sys_semop", "int semid, struct sembuf *tsops, unsigned nsops")),
    /** {@code semctl(int semid, int semnum, int cmd, unsigned long arg)}. */
    SEMCTL("semctl", 66, 394, 66, 191,
            Declaration.of("sys_semctl", "int semid, int semnum, int cmd, unsigned long arg"),
            Declaration.of("compat_sys_semctl", "int semid, int semnum, int cmd, int arg")),
    /** {@code shmdt(char *shmaddr)}. */
    SHMDT("shmdt", 67, 398, 67, 197,
            Declaration.of("sys_shmdt", "char *shmaddr")),
    /** {@code msgget(key_t key, int msgflg)}. */
    MSGGET("msgget", 68, 399, 68, 186,
            Declaration.of("sys_msgget", "key_t key, int msgflg")),
    /** {@code msgsnd(int msqid, struct msgbuf *msgp, size_t msgsz, int msgflg)}. */
    MSGSND("msgsnd", 69, 400, 69, 189,
            Declaration.of("sys_msgsnd", "int msqid, struct msgbuf *msgp, size_t msgsz, int msgflg"),
            Declaration.of("compat_sys_msgsnd", "int msqid, compat_uptr_t msgp, compat_ssize_t msgsz, int msgflg")),
    /** {@code msgrcv(int msqid, struct msgbuf *msgp, size_t msgsz, long msgtyp, int msgflg)}. */
    MSGRCV("msgrcv", 70, 401, 70, 188,
            Declaration.of("sys_msgrcv", "int msqid, struct msgbuf *msgp, size_t msgsz, long msgtyp, int msgflg"),
            Declaration.of("compat_sys_msgrcv", "int msqid, compat_uptr_t msgp, compat_ssize_t msgsz, compat_long_t msgtyp, int msgflg")),
    /** {@code msgctl(int msqid, int cmd, struct msqid_ds *buf)}. */
    MSGCTL("msgctl", 71, 402, 71, 187,
            Declaration.of("sys_msgctl", "int msqid, int cmd, struct msqid_ds *buf"),
            Declaration.of("compat_sys_msgctl", "int msqid, int cmd, void *uptr")),
    /** {@code fcntl(unsigned int fd, unsigned int cmd, unsigned long arg)}. */
    FCNTL("fcntl", 72, 55, 72, 25,
            Declaration.of("sys_fcntl", "unsigned int fd, unsigned int cmd, unsigned long arg"),
            Declaration.of("compat_sys_fcntl64", "unsigned int fd, unsigned int cmd, compat_ulong_t arg")),
    /** {@code flock(unsigned int fd, unsigned int cmd)}. */
    FLOCK("flock", 73, 143, 73, 32,
            Declaration.of("sys_flock", "unsigned int fd, unsigned int cmd")),
    /** {@code fsync(unsigned int fd)}. */
    FSYNC("fsync", 74, 118, 74, 82,
            Declaration.of("sys_fsync", "unsigned int fd")),
    /** {@code fdatasync(unsigned int fd)}. */
    FDATASYNC("fdatasync", 75, 148, 75, 83,
            Declaration.of("sys_fdatasync", "unsigned int fd")),
    /** {@code truncate(const char *path, long length)}. */
    TRUNCATE("truncate", 76, 92, 76, 45,
            Declaration.of("sys_truncate", "const char *path, long length"),
            Declaration.of("compat_sys_truncate", "const char *path, compat_off_t length")),
    /** {@code ftruncate(unsigned int fd, off_t length)}. */
    FTRUNCATE("ftruncate", 77, 93, 77, 46,
            Declaration.of("sys_ftruncate", "unsigned int fd, off_t length"),
            Declaration.of("compat_sys_ftruncate", "unsigned int fd, compat_off_t length")),
    /** {@code getdents(unsigned int fd, struct linux_dirent *dirent, unsigned int count)}. */
    GETDENTS("getdents", 78, 141, 78, -1,
            Declaration.of("sys_getdents", "unsigned int fd, struct linux_dirent *dirent, unsigned int count"),
            Declaration.of("compat_sys_getdents", "unsigned int fd, struct compat_linux_dirent *dirent, unsigned int count")),
    /** {@code getcwd(char *buf, unsigned long size)}. */
    GETCWD("getcwd", 79, 183, 79, 17,
            Declaration.of("sys_getcwd", "char *buf, unsigned long size")),
    /** {@code chdir(const char *filename)}. */
    CHDIR("chdir", 80, 12, 80, 49,
            Declaration.of("sys_chdir", "const char *filename")),
    /** {@code fchdir(unsigned int fd)}. */
    FCHDIR("fchdir", 81, 133, 81, 50,
            Declaration.of("sys_fchdir", "unsigned int fd")),
    /** {@code rename(const char *oldname, const char *newname)}. */
    RENAME("rename", 82, 38, 82, -1,
            Declaration.of("sys_rename", "const char *oldname, const char *newname")),
    /** {@code mkdir(const char *pathname, umode_t mode)}. */
    MKDIR("mkdir", 83, 39, 83, -1,
            Declaration.of("sys_mkdir", "const char *pathname, umode_t mode")),
    /** {@code rmdir(const char *pathname)}. */
    RMDIR("rmdir", 84, 40, 84, -1,
            Declaration.of("sys_rmdir", "const char *pathname")),
    /** {@code creat(const char *pathname, umode_t mode)}. */
    CREAT("creat", 85, 8, 85, -1,
            Declaration.of("sys_creat", "const char *pathname, umode_t mode")),
    /** {@code link(const char *oldname, const char *newname)}. */
    LINK("link", 86, 9, 86, -1,
            Declaration.of("sys_link", "const char *oldname, const char *newname")),
    /** {@code unlink(const char *pathname)}. */
    UNLINK("unlink", 87, 10, 87, -1,
            Declaration.of("sys_unlink", "const char *pathname")),
    /** {@code symlink(const char *oldname, const char *newname)}. */
    SYMLINK("symlink", 88, 83, 88, -1,
            Declaration.of("sys_symlink", "const char *oldname, const char *newname")),
    /** {@code readlink(const char *path, char *buf, int bufsiz)}. */
    READLINK("readlink", 89, 85, 89, -1,
            Declaration.of("sys_readlink", "const char *path, char *buf, int bufsiz")),
    /** {@code chmod(const char *filename, umode_t mode)}. */
    CHMOD("chmod", 90, 15, 90, -1,
            Declaration.of("sys_chmod", "const char *filename, umode_t mode")),
    /** {@code fchmod(unsigned int fd, umode_t mode)}. */
    FCHMOD("fchmod", 91, 94, 91, 52,
            Declaration.of("sys_fchmod", "unsigned int fd, umode_t mode")),
    /** {@code chown(const char *filename, uid_t user, gid_t group)}. */
    CHOWN("chown", 92, 182, 92, -1,
            Declaration.of("sys_chown", "const char *filename, uid_t user, gid_t group"),
            Declaration.of("sys_chown16", "const char *filename, old_uid_t user, old_gid_t group")),
    /** {@code fchown(unsigned int fd, uid_t user, gid_t group)}. */
    FCHOWN("fchown", 93, 95, 93, 55,
            Declaration.of("sys_fchown", "unsigned int fd, uid_t user, gid_t group"),
            Declaration.of("sys_fchown16", "unsigned int fd, old_uid_t user, old_gid_t group")),
    /** {@code lchown(const char *filename, uid_t user, gid_t group)}. */
    LCHOWN("lchown", 94, 16, 94, -1,
            Declaration.of("sys_lchown", "const char *filename, uid_t user, gid_t group"),
            Declaration.of("sys_lchown16", "const char *filename, old_uid_t user, old_gid_t group")),
    /** {@code umask(int mask)}. */
    UMASK("umask", 95, 60, 95, 166,
            Declaration.of("sys_umask", "int mask")),
    /** {@code gettimeofday(struct __kernel_old_timeval *tv, struct timezone *tz)}. */
    GETTIMEOFDAY("gettimeofday", 96, 78, 96, 169,
            Declaration.of("sys_gettimeofday", "struct __kernel_old_timeval *tv, struct timezone *tz"),
            Declaration.of("compat_sys_gettimeofday", "struct old_timeval32 *tv, struct timezone *tz")),
    /** {@code getrlimit(unsigned int resource, struct rlimit *rlim)}. */
    GETRLIMIT("getrlimit", 97, 76, 97, 163,
            Declaration.of("sys_getrlimit", "unsigned int resource, struct rlimit *rlim"),
            Declaration.of("compat_sys_old_getrlimit", "unsigned int resource, struct compat_rlimit *rlim")),
    /** {@code getrusage(int who, struct rusage *ru)}. */
    GETRUSAGE("getrusage", 98, 77, 98, 165,
            Declaration.of("sys_getrusage", "int who, struct rusage *ru"),
            Declaration.of("compat_sys_getrusage", "int who, struct compat_rusage *ru")),
    /** {@code sysinfo(struct sysinfo *info)}. */
    SYSINFO("sysinfo", 99, 116, 99, 179,
            Declaration.of("sys_sysinfo", "struct sysinfo *info"),
            Declaration.of("compat_sys_sysinfo", "struct compat_sysinfo *info")),
    /** {@code times(struct tms *tbuf)}. */
    TIMES("times", 100, 43, 100, 153,
            Declaration.of("sys_times", "struct tms *tbuf"),
            Declaration.of("compat_sys_times", "struct compat_tms *tbuf")),
    /** {@code ptrace(long request, long pid, unsigned long addr, unsigned long data)}. */
    PTRACE("ptrace", 101, 26, 521, 117,
            Declaration.of("sys_ptrace", "long request, long pid, unsigned long addr, unsigned long data"),
            Declaration.of("compat_sys_ptrace", "compat_long_t request, compat_long_t pid, compat_long_t addr, compat_long_t data"),
            Declaration.of("compat_sys_ptrace", "compat_long_t request, compat_long_t pid, compat_long_t addr, compat_long_t data"),
            Declaration.of("sys_ptrace", "long request, long pid, unsigned long addr, unsigned long data")),
    /** {@code getuid(void)}. */
    GETUID("getuid", 102, 24, 102, 174,
            Declaration.of("sys_getuid", "void"),
            Declaration.of("sys_getuid16", "void")),
    /** {@code syslog(int type, char *buf, int len)}. */
    SYSLOG("syslog", 103, 103, 103, 116,
            Declaration.of("sys_syslog", "int type, char *buf, int len")),
    /** {@code getgid(void)}. */
    GETGID("getgid", 104, 47, 104, 176,
            Declaration.of("sys_getgid", "void"),
            Declaration.of("sys_getgid16", "void")),
    /** {@code setuid(uid_t uid)}. */
    SETUID("setuid", 105, 23, 105, 146,
            Declaration.of("sys_setuid", "uid_t uid"),
            Declaration.of("sys_setuid16", "old_uid_t uid")),
    /** {@code setgid(gid_t gid)}. */
    SETGID("setgid", 106, 46, 106, 144,
            Declaration.of("sys_setgid", "gid_t gid"),
            Declaration.of("sys_setgid16", "old_gid_t gid")),
    /** {@code geteuid(void)}. */
    GETEUID("geteuid", 107, 49, 107, 175,
            Declaration.of("sys_geteuid", "void"),
            Declaration.of("sys_geteuid16", "void")),
    /** {@code getegid(void)}. */
    GETEGID("getegid", 108, 50, 108, 177,
            Declaration.of("sys_getegid", "void"),
            Declaration.of("sys_getegid16", "void")),
    /** {@code setpgid(pid_t pid, pid_t pgid)}. */
    SETPGID("setpgid", 109, 57, 109, 154,
            Declaration.of("sys_setpgid", "pid_t pid, pid_t pgid")),
    /** {@code getppid(void)}. */
    GETPPID("getppid", 110, 64, 110, 173,
            Declaration.of("sys_getppid", "void")),
    /** {@code getpgrp(void)}. */
    GETPGRP("getpgrp", 111, 65, 111, -1,
            Declaration.of("sys_getpgrp", "void")),
    /** {@code setsid(void)}. */
    SETSID("setsid", 112, 66, 112, 157,
            Declaration.of("sys_setsid", "void")),
    /** {@code setreuid(uid_t ruid, uid_t euid)}. */
    SETREUID("setreuid", 113, 70, 113, 145,
            Declaration.of("sys_setreuid", "uid_t ruid, uid_t euid"),
            Declaration.of("sys_setreuid16", "old_uid_t ruid, old_uid_t euid")),
    /** {@code setregid(gid_t rgid, gid_t egid)}. */
    SETREGID("setregid", 114, 71, 114, 143,
            Declaration.of("sys_setregid", "gid_t rgid, gid_t egid"),
            Declaration.of("sys_setregid16", "old_gid_t rgid, old_gid_t egid")),
    /** {@code getgroups(int gidsetsize, gid_t *grouplist)}. */
    GETGROUPS("getgroups", 115, 80, 115, 158,
            Declaration.of("sys_getgroups", "int gidsetsize, gid_t *grouplist"),
            Declaration.of("sys_getgroups16", "int gidsetsize, old_gid_t *grouplist")),
    /** {@code setgroups(int gidsetsize, gid_t *grouplist)}. */
    SETGROUPS("setgroups", 116, 81, 116, 159,
            Declaration.of("sys_setgroups", "int gidsetsize, gid_t *grouplist"),
            Declaration.of("sys_setgroups16", "int gidsetsize, old_gid_t *grouplist")),
    /** {@code setresuid(uid_t ruid, uid_t euid, uid_t suid)}. */
    SETRESUID("setresuid", 117, 164, 117, 147,
            Declaration.of("sys_setresuid", "uid_t ruid, uid_t euid, uid_t suid"),
            Declaration.of("sys_setresuid16", "old_uid_t ruid, old_uid_t euid, old_uid_t suid")),
    /** {@code getresuid(uid_t *ruidp, uid_t *euidp, uid_t *suidp)}. */
    GETRESUID("getresuid", 118, 165, 118, 148,
            Declaration.of("sys_getresuid", "uid_t *ruidp, uid_t *euidp, uid_t *suidp"),
            Declaration.of("sys_getresuid16", "old_uid_t *ruidp, old_uid_t *euidp, old_uid_t *suidp")),
    /** {@code setresgid(gid_t rgid, gid_t egid, gid_t sgid)}. */
    SETRESGID("setresgid", 119, 170, 119, 149,
            Declaration.of("sys_setresgid", "gid_t rgid, gid_t egid, gid_t sgid"),
            Declaration.of("sys_setresgid16", "old_gid_t rgid, old_gid_t egid, old_gid_t sgid")),
    /** {@code getresgid(gid_t *rgidp, gid_t *egidp, gid_t *sgidp)}. */
    GETRESGID("getresgid", 120, 171, 120, 150,
            Declaration.of("sys_getresgid", "gid_t *rgidp, gid_t *egidp, gid_t *sgidp"),
            Declaration.of("sys_getresgid16", "old_gid_t *rgidp, old_gid_t *egidp, old_gid_t *sgidp")),
    /** {@code getpgid(pid_t pid)}. */
    GETPGID("getpgid", 121, 132, 121, 155,
            Declaration.of("sys_getpgid", "pid_t pid")),
    /** {@code setfsuid(uid_t uid)}. */
    SETFSUID("setfsuid", 122, 138, 122, 151,
            Declaration.of("sys_setfsuid", "uid_t uid"),
            Declaration.of("sys_setfsuid16", "old_uid_t uid")),
    /** {@code setfsgid(gid_t gid)}. */
    SETFSGID("setfsgid", 123, 139, 123, 152,
            Declaration.of("sys_setfsgid", "gid_t gid"),
            Declaration.of("sys_setfsgid16", "old_gid_t gid")),
    /** {@code getsid(pid_t pid)}. */
    GETSID("getsid", 124, 147, 124, 156,
            Declaration.of("sys_getsid", "pid_t pid")),
    /** {@code capget(cap_user_header_t header, cap_user_data_t dataptr)}. */
    CAPGET("capget", 125, 184, 125, 90,
            Declaration.of("sys_capget", "cap_user_header_t header, cap_user_data_t dataptr")),
    /** {@code capset(cap_user_header_t header, const cap_user_data_t data)}. */
    CAPSET("capset", 126, 185, 126, 91,
            Declaration.of("sys_capset", "cap_user_header_t header, const cap_user_data_t data")),
    /** {@code rt_sigpending(sigset_t *uset, size_t sigsetsize)}. */
    RT_SIGPENDING("rt_sigpending", 127, 176, 522, 136,
            Declaration.of("sys_rt_sigpending", "sigset_t *uset, size_t sigsetsize"),
            Declaration.of("compat_sys_rt_sigpending", "compat_sigset_t *uset, compat_size_t sigsetsize"),
            Declaration.of("compat_sys_rt_sigpending", "compat_sigset_t *uset, compat_size_t sigsetsize"),
            Declaration.of("sys_rt_sigpending", "sigset_t *uset, size_t sigsetsize")),
    /** {@code rt_sigtimedwait(const sigset_t *uthese, siginfo_t *uinfo, const struct __kernel_timespec *uts, size_t sigsetsize)}. */
    RT_SIGTIMEDWAIT("rt_sigtimedwait", 128, 177, 523, 137,
            Declaration.of("sys_rt_sigtimedwait", "const sigset_t *uthese, siginfo_t *uinfo, const struct __kernel_timespec *uts, size_t sigsetsize"),
            Declaration.of("compat_sys_rt_sigtimedwait_time32", "compat_sigset_t *uthese, struct compat_siginfo *uinfo, struct old_timespec32 *uts, compat_size_t sigsetsize"),
            Declaration.of("compat_sys_rt_sigtimedwait_time64", "compat_sigset_t *uthese, struct compat_siginfo *uinfo, struct __kernel_timespec *uts, compat_size_t sigsetsize"),
            Declaration.of("sys_rt_sigtimedwait", "const sigset_t *uthese, siginfo_t *uinfo, const struct __kernel_timespec *uts, size_t sigsetsize")),
    /** {@code rt_sigqueueinfo(pid_t pid, int sig, siginfo_t *uinfo)}. */
    RT_SIGQUEUEINFO("rt_sigqueueinfo", 129, 178, 524, 138,
            Declaration.of("sys_rt_sigqueueinfo", "pid_t pid, int sig, siginfo_t *uinfo"),
            Declaration.of("compat_sys_rt_sigqueueinfo", "compat_pid_t pid, int sig, struct compat_siginfo *uinfo"),
            Declaration.of("compat_sys_rt_sigqueueinfo", "compat_pid_t pid, int sig, struct compat_siginfo *uinfo"),
            Declaration.of("sys_rt_sigqueueinfo", "pid_t pid, int sig, siginfo_t *uinfo")),
    /** {@code rt_sigsuspend(sigset_t *unewset, size_t sigsetsize)}. */
    RT_SIGSUSPEND("rt_sigsuspend", 130, 179, 130, 133,
            Declaration.of("sys_rt_sigsuspend", "sigset_t *unewset, size_t sigsetsize"),
            Declaration.of("compat_sys_rt_sigsuspend", "compat_sigset_t *unewset, compat_size_t sigsetsize")),
    /** {@code sigaltstack(const stack_t *uss, stack_t *uoss)}. */
    SIGALTSTACK("sigaltstack", 131, 186, 525, 132,
            Declaration.of("sys_sigaltstack", "const stack_t *uss, stack_t *uoss"),
            Declaration.of("compat_sys_sigaltstack", "const compat_stack_t *uss_ptr, compat_stack_t *uoss_ptr"),
            Declaration.of("compat_sys_sigaltstack", "const compat_stack_t *uss_ptr, compat_stack_t *uoss_ptr"),
            Declaration.of("sys_sigaltstack", "const stack_t *uss, stack_t *uoss")),
    /** {@code utime(char *filename, struct utimbuf *times)}. */
    UTIME("utime", 132, 30, 132, -1,
            Declaration.of("sys_utime", "char *filename, struct utimbuf *times"),
            Declaration.of("sys_utime32", "const char *filename, struct old_utimbuf32 *t")),
    /** {@code mknod(const char *filename, umode_t mode, unsigned dev)}. */
    MKNOD("mknod", 133, 14, 133, -1,
            Declaration.of("sys_mknod", "const char *filename, umode_t mode, unsigned dev")),
    /** {@code uselib(const char *library)}. */
    USELIB("uselib", 134, 86, -1, -1,
            Declaration.removed("const char *library"),
            Declaration.of("sys_uselib", "const char *library")),
    /** {@code personality(unsigned int personality)}. */
    PERSONALITY("personality", 135, 136, 135, 92,
            Declaration.of("sys_personality", "unsigned int personality"),
            Declaration.of("sys_personality", "unsigned int personality"),
            Declaration.of("sys_personality", "unsigned int personality"),
            Declaration.of("sys_arm64_personality", "unsigned int personality")),
    /** {@code ustat(unsigned dev, struct ustat *ubuf)}. */
    USTAT("ustat", 136, 62, 136, -1,
            Declaration.of("sys_ustat", "unsigned dev, struct ustat *ubuf"),
            Declaration.of("compat_sys_ustat", "unsigned dev, struct compat_ustat *u")),
    /** {@code statfs(const char *pathname, struct statfs *buf)}. */
    STATFS("statfs", 137, 99, 137, 43,
            Declaration.of("sys_statfs", "const char *pathname, struct statfs *buf"),
            Declaration.of("compat_sys_statfs", "const char *pathname, struct compat_statfs *buf")),
    /** {@code fstatfs(unsigned int fd, struct statfs *buf)}. */
    FSTATFS("fstatfs", 138, 100, 138, 44,
            Declaration.of("sys_fstatfs", "unsigned int fd, struct statfs *buf"),
            Declaration.of("compat_sys_fstatfs", "unsigned int fd, struct compat_statfs *buf")),
    /** {@code sysfs(int option, unsigned long arg1, unsigned long arg2)}. */
    SYSFS("sysfs", 139, 135, 139, -1,
            Declaration.of("sys_sysfs", "int option, unsigned long arg1, unsigned long arg2")),
    /** {@code getpriority(int which, int who)}. */
    GETPRIORITY("getpriority", 140, 96, 140, 141,
            Declaration.of("sys_getpriority", "int which, int who")),
    /** {@code setpriority(int which, int who, int niceval)}. */
    SETPRIORITY("setpriority", 141, 97, 141, 140,
            Declaration.of("sys_setpriority", "int which, int who, int niceval")),
    /** {@code sched_setparam(pid_t pid, struct sched_param *param)}. */
    SCHED_SETPARAM("sched_setparam", 142, 154, 142, 118,
            Declaration.of("sys_sched_setparam", "pid_t pid, struct sched_param *param")),
    /** {@code sched_getparam(pid_t pid, struct sched_param *param)}. */
    SCHED_GETPARAM("sched_getparam", 143, 155, 143, 121,
            Declaration.of("sys_sched_getparam", "pid_t pid, struct sched_param *param")),
    /** {@code sched_setscheduler(pid_t pid, int policy, struct sched_param *param)}. */
    SCHED_SETSCHEDULER("sched_setscheduler", 144, 156, 144, 119,
            Declaration.of("sys_sched_setscheduler", "pid_t pid, int policy, struct sched_param *param")),
    /** {@code sched_getscheduler(pid_t pid)}. */
    SCHED_GETSCHEDULER("sched_getscheduler", 145, 157, 145, 120,
            Declaration.of("sys_sched_getscheduler", "pid_t pid")),
    /** {@code sched_get_priority_max(int policy)}. */
    SCHED_GET_PRIORITY_MAX("sched_get_priority_max", 146, 159, 146, 125,
            Declaration.of("sys_sched_get_priority_max", "int policy")),
    /** {@code sched_get_priority_min(int policy)}. */
    SCHED_GET_PRIORITY_MIN("sched_get_priority_min", 147, 160, 147, 126,
            Declaration.of("sys_sched_get_priority_min", "int policy")),
    /** {@code sched_rr_get_interval(pid_t pid, struct __kernel_timespec *interval)}. */
    SCHED_RR_GET_INTERVAL("sched_rr_get_interval", 148, 161, 148, 127,
            Declaration.of("sys_sched_rr_get_interval", "pid_t pid, struct __kernel_timespec *interval"),
            Declaration.of("sys_sched_rr_get_interval_time32", "pid_t pid, struct old_timespec32 *interval")),
    /** {@code mlock(unsigned long start, size_t len)}. */
    MLOCK("mlock", 149, 150, 149, 228,
            Declaration.of("sys_mlock", "unsigned long start, size_t len")),
    /** {@code munlock(unsigned long start, size_t len)}. */
    MUNLOCK("munlock", 150, 151, 150, 229,
            Declaration.of("sys_munlock", "unsigned long start, size_t len")),
    /** {@code mlockall(int flags)}. */
    MLOCKALL("mlockall", 151, 152, 151, 230,
            Declaration.of("sys_mlockall", "int flags")),
    /** {@code munlockall(void)}. */
    MUNLOCKALL("munlockall", 152, 153, 152, 231,
            Declaration.of("sys_munlockall", "void")),
    /** {@code vhangup(void)}. */
    VHANGUP("vhangup", 153, 111, 153, 58,
            Declaration.of("sys_vhangup", "void")),
    /** {@code modify_ldt(int func, void *ptr, unsigned long bytecount)}. */
    MODIFY_LDT("modify_ldt", 154, 123, 154, -1,
            Declaration.of("sys_modify_ldt", "int func, void *ptr, unsigned long bytecount")),
    /** {@code pivot_root(const char *new_root, const char *put_old)}. */
    PIVOT_ROOT("pivot_root", 155, 217, 155, 41,
            Declaration.of("sys_pivot_root", "const char *new_root, const char *put_old")),
    /** {@code _sysctl(struct __sysctl_args *args)}. */
    _SYSCTL("_sysctl", 156, 149, -1, -1,
            Declaration.removed("struct __sysctl_args *args")),
    /** {@code prctl(int option, unsigned long arg2, unsigned long arg3, unsigned long arg4, unsigned long arg5)}. */
    PRCTL("prctl", 157, 172, 157, 167,
            Declaration.of("sys_prctl", "int option, unsigned long arg2, unsigned long arg3, unsigned long arg4, unsigned long arg5")),
    /** {@code arch_prctl(int option, unsigned long arg2)}. */
    ARCH_PRCTL("arch_prctl", 158, 384, 158, -1,
            Declaration.of("sys_arch_prctl", "int option, unsigned long arg2")),
    /** {@code adjtimex(struct __kernel_timex *txc_p)}. */
    ADJTIMEX("adjtimex", 159, 124, 159, 171,
            Declaration.of("sys_adjtimex", "struct __kernel_timex *txc_p"),
            Declaration.of("sys_adjtimex_time32", "struct old_timex32 *utp")),
    /** {@code setrlimit(unsigned int resource, struct rlimit *rlim)}. */
    SETRLIMIT("setrlimit", 160, 75, 160, 164,
            Declaration.of("sys_setrlimit", "unsigned int resource, struct rlimit *rlim"),
            Declaration.of("compat_sys_setrlimit", "unsigned int resource, struct compat_rlimit *rlim")),
    /** {@code chroot(const char *filename)}. */
    CHROOT("chroot", 161, 61, 161, 51,
            Declaration.of("sys_chroot", "const char *filename")),
    /** {@code sync(void)}. */
    SYNC("sync", 162, 36, 162, 81,
            Declaration.of("sys_sync", "void")),
    /** {@code acct(const char *name)}. */
    ACCT("acct", 163, 51, 163, 89,
            Declaration.of("sys_acct", "const char *name")),
    /** {@code settimeofday(struct __kernel_old_timeval *tv, struct timezone *tz)}. */
    SETTIMEOFDAY("settimeofday", 164, 79, 164, 170,
            Declaration.of("sys_settimeofday", "struct __kernel_old_timeval *tv, struct timezone *tz"),
            Declaration.of("compat_sys_settimeofday", "struct old_timeval32 *tv, struct timezone *tz")),
    /** {@code mount(char *dev_name, char *dir_name, char *type, unsigned long flags, void *data)}. */
    MOUNT("mount", 165, 21, 165, 40,
            Declaration.of("sys_mount", "char *dev_name, char *dir_name, char *type, unsigned long flags, void *data")),
    /** {@code umount2(char *name, int flags)}. */
    UMOUNT2("umount2", 166, 52, 166, 39,
            Declaration.of("sys_umount", "char *name, int flags")),
    /** {@code swapon(const char *specialfile, int swap_flags)}. */
    SWAPON("swapon", 167, 87, 167, 224,
            Declaration.of("sys_swapon", "const char *specialfile, int swap_flags")),
    /** {@code swapoff(const char *specialfile)}. */
    SWAPOFF("swapoff", 168, 115, 168, 225,
            Declaration.of("sys_swapoff", "const char *specialfile")),
    /** {@code reboot(int magic1, int magic2, unsigned int cmd, void *arg)}. */
    REBOOT("reboot", 169, 88, 169, 142,
            Declaration.of("sys_reboot", "int magic1, int magic2, unsigned int cmd, void *arg")),
    /** {@code sethostname(char *name, int len)}. */
    SETHOSTNAME("sethostname", 170, 74, 170, 161,
            Declaration.of("sys_sethostname", "char *name, int len")),
    /** {@code setdomainname(char *name, int len)}. */
    SETDOMAINNAME("setdomainname", 171, 121, 171, 162,
            Declaration.of("sys_setdomainname", "char *name, int len")),
    /** {@code iopl(unsigned int level)}. */
    IOPL("iopl", 172, 110, 172, -1,
            Declaration.of("sys_iopl", "unsigned int level")),
    /** {@code ioperm(unsigned long from, unsigned long num, int turn_on)}. */
    IOPERM("ioperm", 173, 101, 173, -1,
            Declaration.of("sys_ioperm", "unsigned long from, unsigned long num, int turn_on")),
    /** {@code create_module(const char *name_user, size_t size)}. */
    CREATE_MODULE("create_module", 174, 127, -1, -1,
            Declaration.removed("const char *name_user, size_t size")),
    /** {@code init_module(void *umod, unsigned long len, const char *uargs)}. */
    INIT_MODULE("init_module", 175, 128, 175, 105,
            Declaration.of("sys_init_module", "void *umod, unsigned long len, const char *uargs")),
    /** {@code delete_module(const char *name_user, unsigned int flags)}. */
    DELETE_MODULE("delete_module", 176, 129, 176, 106,
            Declaration.of("sys_delete_module", "const char *name_user, unsigned int flags")),
    /** {@code get_kernel_syms(struct kernel_sym *table)}. */
    GET_KERNEL_SYMS("get_kernel_syms", 177, 130, -1, -1,
            Declaration.removed("struct kernel_sym *table")),
    /** {@code query_module(const char *name_user, int which, char *buf, size_t bufsize, size_t *ret)}. */
    QUERY_MODULE("query_module", 178, 167, -1, -1,
            Declaration.removed("const char *name_user, int which, char *buf, size_t bufsize, size_t *ret")),
    /** {@code quotactl(unsigned int cmd, const char *special, qid_t id, void *addr)}. */
    QUOTACTL("quotactl", 179, 131, 179, 60,
            Declaration.of("sys_quotactl", "unsigned int cmd, const char *special, qid_t id, void *addr")),
    /** {@code nfsservctl(int cmd, struct nfsctl_arg *arg, void *res)}. */
    NFSSERVCTL("nfsservctl", 180, 169, -1, 42,
            Declaration.removed("int cmd, struct nfsctl_arg *arg, void *res"),
            Declaration.removed("int cmd, struct nfsctl_arg *arg, void *res"),
            Declaration.removed("int cmd, struct nfsctl_arg *arg, void *res"),
            Declaration.reserved("int cmd, struct nfsctl_arg *arg, void *res")),
    /** {@code getpmsg()}. */
    GETPMSG("getpmsg", 181, 188, 181, -1,
            Declaration.reserved("void")),
    /** {@code putpmsg()}. */
    PUTPMSG("putpmsg", 182, 189, 182, -1,
            Declaration.reserved("void")),
    /** {@code afs_syscall()}. */
    AFS_SYSCALL("afs_syscall", 183, 137, 183, -1,
            Declaration.reserved("void")),
    /** {@code tuxcall()}. */
    TUXCALL("tuxcall", 184, -1, 184, -1,
            Declaration.reserved("void")),
    /** {@code security()}. */
    SECURITY("security", 185, -1, 185, -1,
            Declaration.reserved("void")),
    /** {@code gettid(void)}. */
    GETTID("gettid", 186, 224, 186, 178,
            Declaration.of("sys_gettid", "void")),
    /** {@code readahead(int fd, loff_t offset, size_t count)}. */
    READAHEAD("readahead", 187, 225, 187, 213,
            Declaration.of("sys_readahead", "int fd, loff_t offset, size_t count"),
            Declaration.of("sys_ia32_readahead", "int fd, unsigned int off_lo, unsigned int off_hi, size_t count")),
    /** {@code setxattr(const char *pathname, const char *name, const void *value, size_t size, int flags)}. */
    SETXATTR("setxattr", 188, 226, 188, 5,
            Declaration.of("sys_setxattr", "const char *pathname, const char *name, const void *value, size_t size, int flags")),
    /** {@code lsetxattr(const char *pathname, const char *name, const void *value, size_t size, int flags)}. */
    LSETXATTR("lsetxattr", 189, 227, 189, 6,
            Declaration.of("sys_lsetxattr", "const char *pathname, const char *name, const void *value, size_t size, int flags")),
    /** {@code fsetxattr(int fd, const char *name, const void *value, size_t size, int flags)}. */
    FSETXATTR("fsetxattr", 190, 228, 190, 7,
            Declaration.of("sys_fsetxattr", "int fd, const char *name, const void *value, size_t size, int flags")),
    /** {@code getxattr(const char *pathname, const char *name, void *value, size_t size)}. */
    GETXATTR("getxattr", 191, 229, 191, 8,
            Declaration.of("sys_getxattr", "const char *pathname, const char *name, void *value, size_t size")),
    /** {@code lgetxattr(const char *pathname, const char *name, void *value, size_t size)}. */
    LGETXATTR("lgetxattr", 192, 230, 192, 9,
            Declaration.of("sys_lgetxattr", "const char *pathname, const char *name, void *value, size_t size")),
    /** {@code fgetxattr(int fd, const char *name, void *value, size_t size)}. */
    FGETXATTR("fgetxattr", 193, 231, 193, 10,
            Declaration.of("sys_fgetxattr", "int fd, const char *name, void *value, size_t size")),
    /** {@code listxattr(const char *pathname, char *list, size_t size)}. */
    LISTXATTR("listxattr", 194, 232, 194, 11,
            Declaration.of("sys_listxattr", "const char *pathname, char *list, size_t size")),
    /** {@code llistxattr(const char *pathname, char *list, size_t size)}. */
    LLISTXATTR("llistxattr", 195, 233, 195, 12,
            Declaration.of("sys_llistxattr", "const char *pathname, char *list, size_t size")),
    /** {@code flistxattr(int fd, char *list, size_t size)}. */
    FLISTXATTR("flistxattr", 196, 234, 196, 13,
            Declaration.of("sys_flistxattr", "int fd, char *list, size_t size")),
    /** {@code removexattr(const char *pathname, const char *name)}. */
    REMOVEXATTR("removexattr", 197, 235, 197, 14,
            Declaration.of("sys_removexattr", "const char *pathname, const char *name")),
    /** {@code lremovexattr(const char *pathname, const char *name)}. */
    LREMOVEXATTR("lremovexattr", 198, 236, 198, 15,
            Declaration.of("sys_lremovexattr", "const char *pathname, const char *name")),
    /** {@code fremovexattr(int fd, const char *name)}. */
    FREMOVEXATTR("fremovexattr", 199, 237, 199, 16,
            Declaration.of("sys_fremovexattr", "int fd, const char *name")),
    /** {@code tkill(pid_t pid, int sig)}. */
    TKILL("tkill", 200, 238, 200, 130,
            Declaration.of("sys_tkill", "pid_t pid, int sig")),
    /** {@code time(__kernel_old_time_t *tloc)}. */
    TIME("time", 201, 13, 201, -1,
            Declaration.of("sys_time", "__kernel_old_time_t *tloc"),
            Declaration.of("sys_time32", "old_time32_t *tloc")),
    /** {@code futex(u32 *uaddr, int op, u32 val, const struct __kernel_timespec *utime, u32 *uaddr2, u32 val3)}. */
    FUTEX("futex", 202, 240, 202, 98,
            Declaration.of("sys_futex", "u32 *uaddr, int op, u32 val, const struct __kernel_timespec *utime, u32 *uaddr2, u32 val3"),
            Declaration.of("sys_futex_time32", "u32 *uaddr, int op, u32 val, const struct old_timespec32 *utime, u32 *uaddr2, u32 val3")),
    /** {@code sched_setaffinity(pid_t pid, unsigned int len, unsigned long *user_mask_ptr)}. */
    SCHED_SETAFFINITY("sched_setaffinity", 203, 241, 203, 122,
            Declaration.of("sys_sched_setaffinity", "pid_t pid, unsigned int len, unsigned long *user_mask_ptr"),
            Declaration.of("compat_sys_sched_setaffinity", "compat_pid_t pid, unsigned int len, compat_ulong_t *user_mask_ptr")),
    /** {@code sched_getaffinity(pid_t pid, unsigned int len, unsigned long *user_mask_ptr)}. */
    SCHED_GETAFFINITY("sched_getaffinity", 204, 242, 204, 123,
            Declaration.of("sys_sched_getaffinity", "pid_t pid, unsigned int len, unsigned long *user_mask_ptr"),
            Declaration.of("compat_sys_sched_getaffinity", "compat_pid_t pid, unsigned int len, compat_ulong_t *user_mask_ptr")),
    /** {@code set_thread_area(struct user_desc *u_info)}. */
    SET_THREAD_AREA("set_thread_area", 205, 243, -1, -1,
            Declaration.reserved("struct user_desc *u_info"),
            Declaration.of("sys_set_thread_area", "struct user_desc *u_info")),
    /** {@code io_setup(unsigned nr_events, aio_context_t *ctxp)}. */
    IO_SETUP("io_setup", 206, 245, 543, 0,
            Declaration.of("sys_io_setup", "unsigned nr_events, aio_context_t *ctxp"),
            Declaration.of("compat_sys_io_setup", "unsigned nr_events, u32 *ctx32p"),
            Declaration.of("compat_sys_io_setup", "unsigned nr_events, u32 *ctx32p"),
            Declaration.of("sys_io_setup", "unsigned nr_events, aio_context_t *ctxp")),
    /** {@code io_destroy(aio_context_t ctx)}. */
    IO_DESTROY("io_destroy", 207, 246, 207, 1,
            Declaration.of("sys_io_destroy", "aio_context_t ctx")),
    /** {@code io_getevents(aio_context_t ctx_id, long min_nr, long nr, struct io_event *events, struct __kernel_timespec *timeout)}. */
    IO_GETEVENTS("io_getevents", 208, 247, 208, 4,
            Declaration.of("sys_io_getevents", "aio_context_t ctx_id, long min_nr, long nr, struct io_event *events, struct __kernel_timespec *timeout"),
            Declaration.of("sys_io_getevents_time32", "__u32 ctx_id, __s32 min_nr, __s32 nr, struct io_event *events, struct old_timespec32 *timeout")),
    /** {@code io_submit(aio_context_t ctx_id, long nr, struct iocb **iocbpp)}. */
    IO_SUBMIT("io_submit", 209, 248, 544, 2,
            Declaration.of("sys_io_submit", "aio_context_t ctx_id, long nr, struct iocb **iocbpp"),
            Declaration.of("compat_sys_io_submit", "compat_aio_context_t ctx_id, int nr, compat_uptr_t *iocbpp"),
            Declaration.of("compat_sys_io_submit", "compat_aio_context_t ctx_id, int nr, compat_uptr_t *iocbpp"),
            Declaration.of("sys_io_submit", "aio_context_t ctx_id, long nr, struct iocb **iocbpp")),
    /** {@code io_cancel(aio_context_t ctx_id, struct iocb *iocb, struct io_event *result)}. */
    IO_CANCEL("io_cancel", 210, 249, 210, 3,
            Declaration.of("sys_io_cancel", "aio_context_t ctx_id, struct iocb *iocb, struct io_event *result")),
    /** {@code get_thread_area(struct user_desc *u_info)}. */
    GET_THREAD_AREA("get_thread_area", 211, 244, -1, -1,
            Declaration.reserved("struct user_desc *u_info"),
            Declaration.of("sys_get_thread_area", "struct user_desc *u_info")),
    /** {@code lookup_dcookie(u64 cookie64, char *buf, size_t len)}. */
    LOOKUP_DCOOKIE("lookup_dcookie", 212, 253, 212, 18,
            Declaration.removed("u64 cookie64, char *buf, size_t len"),
            Declaration.removed("u32 w0, u32 w1, char *buf, compat_size_t len")),
    /** {@code epoll_create(int size)}. */
    EPOLL_CREATE("epoll_create", 213, 254, 213, -1,
            Declaration.of("sys_epoll_create", "int size")),
    /** {@code epoll_ctl_old()}. */
    EPOLL_CTL_OLD("epoll_ctl_old", 214, -1, -1, -1,
            Declaration.reserved("void")),
    /** {@code epoll_wait_old()}. */
    EPOLL_WAIT_OLD("epoll_wait_old", 215, -1, -1, -1,
            Declaration.reserved("void")),
    /** {@code remap_file_pages(unsigned long start, unsigned long size, unsigned long prot, unsigned long pgoff, unsigned long flags)}. */
    REMAP_FILE_PAGES("remap_file_pages", 216, 257, 216, 234,
            Declaration.of("sys_remap_file_pages", "unsigned long start, unsigned long size, unsigned long prot, unsigned long pgoff, unsigned long flags")),
    /** {@code getdents64(unsigned int fd, struct linux_dirent64 *dirent, unsigned int count)}. */
    GETDENTS64("getdents64", 217, 220, 217, 61,
            Declaration.of("sys_getdents64", "unsigned int fd, struct linux_dirent64 *dirent, unsigned int count")),
    /** {@code set_tid_address(int *tidptr)}. */
    SET_TID_ADDRESS("set_tid_address", 218, 258, 218, 96,
            Declaration.of("sys_set_tid_address", "int *tidptr")),
    /** {@code restart_syscall(void)}. */
    RESTART_SYSCALL("restart_syscall", 219, 0, 219, 128,
            Declaration.of("sys_restart_syscall", "void")),
    /** {@code semtimedop(int semid, struct sembuf *tsops, unsigned int nsops, const struct __kernel_timespec *timeout)}. */
    SEMTIMEDOP("semtimedop", 220, -1, 220, 192,
            Declaration.of("sys_semtimedop", "int semid, struct sembuf *tsops, unsigned int nsops, const struct __kernel_timespec *timeout")),
    /** {@code fadvise64(int fd, loff_t offset, size_t len, int advice)}. */
    FADVISE64("fadvise64", 221, 250, 221, 223,
            Declaration.of("sys_fadvise64", "int fd, loff_t offset, size_t len, int advice"),
            Declaration.of("sys_ia32_fadvise64", "int fd, unsigned int offset_lo, unsigned int offset_hi, size_t len, int advice"),
            Declaration.of("sys_fadvise64", "int fd, loff_t offset, size_t len, int advice"),
            Declaration.of("sys_fadvise64_64", "int fd, loff_t offset, loff_t len, int advice")),
    /** {@code timer_create(const clockid_t which_clock, struct sigevent *timer_event_spec, timer_t *created_timer_id)}. */
    TIMER_CREATE("timer_create", 222, 259, 526, 107,
            Declaration.of("sys_timer_create", "const clockid_t which_clock, struct sigevent *timer_event_spec, timer_t *created_timer_id"),
            Declaration.of("compat_sys_timer_create", "clockid_t which_clock, struct compat_sigevent *timer_event_spec, timer_t *created_timer_id"),
            Declaration.of("compat_sys_timer_create", "clockid_t which_clock, struct compat_sigevent *timer_event_spec, timer_t *created_timer_id"),
            Declaration.of("sys_timer_create", "const clockid_t which_clock, struct sigevent *timer_event_spec, timer_t *created_timer_id")),
    /** {@code timer_settime(timer_t timer_id, int flags, const struct __kernel_itimerspec *new_setting, struct __kernel_itimerspec *old_setting)}. */
    TIMER_SETTIME("timer_settime", 223, 260, 223, 110,
            Declaration.of("sys_timer_settime", "timer_t timer_id, int flags, const struct __kernel_itimerspec *new_setting, struct __kernel_itimerspec *old_setting"),
            Declaration.of("sys_timer_settime32", "timer_t timer_id, int flags, struct old_itimerspec32 *new, struct old_itimerspec32 *old")),
    /** {@code timer_gettime(timer_t timer_id, struct __kernel_itimerspec *setting)}. */
    TIMER_GETTIME("timer_gettime", 224, 261, 224, 108,
            Declaration.of("sys_timer_gettime", "timer_t timer_id, struct __kernel_itimerspec *setting"),
            Declaration.of("sys_timer_gettime32", "timer_t timer_id, struct old_itimerspec32 *setting")),
    /** {@code timer_getoverrun(timer_t timer_id)}. */
    TIMER_GETOVERRUN("timer_getoverrun", 225, 262, 225, 109,
            Declaration.of("sys_timer_getoverrun", "timer_t timer_id")),
    /** {@code timer_delete(timer_t timer_id)}. */
    TIMER_DELETE("timer_delete", 226, 263, 226, 111,
            Declaration.of("sys_timer_delete", "timer_t timer_id")),
    /** {@code clock_settime(const clockid_t which_clock, const struct __kernel_timespec *tp)}. */
    CLOCK_SETTIME("clock_settime", 227, 264, 227, 112,
            Declaration.of("sys_clock_settime", "const clockid_t which_clock, const struct __kernel_timespec *tp"),
            Declaration.of("sys_clock_settime32", "const clockid_t which_clock, struct old_timespec32 *tp")),
    /** {@code clock_gettime(const clockid_t which_clock, struct __kernel_timespec *tp)}. */
    CLOCK_GETTIME("clock_gettime", 228, 265, 228, 113,
            Declaration.of("sys_clock_gettime", "const clockid_t which_clock, struct __kernel_timespec *tp"),
            Declaration.of("sys_clock_gettime32", "clockid_t which_clock, struct old_timespec32 *tp")),
    /** {@code clock_getres(const clockid_t which_clock, struct __kernel_timespec *tp)}. */
    CLOCK_GETRES("clock_getres", 229, 266, 229, 114,
            Declaration.of("sys_clock_getres", "const clockid_t which_clock, struct __kernel_timespec *tp"),
            Declaration.of("sys_clock_getres_time32", "clockid_t which_clock, struct old_timespec32 *tp")),
    /** {@code clock_nanosleep(const clockid_t which_clock, int flags, const struct __kernel_timespec *rqtp, struct __kernel_timespec *rmtp)}. */
    CLOCK_NANOSLEEP("clock_nanosleep", 230, 267, 230, 115,
            Declaration.of("sys_clock_nanosleep", "const clockid_t which_clock, int flags, const struct __kernel_timespec *rqtp, struct __kernel_timespec *rmtp"),
            Declaration.of("sys_clock_nanosleep_time32", "clockid_t which_clock, int flags, struct old_timespec32 *rqtp, struct old_timespec32 *rmtp")),
    /** {@code exit_group(int error_code)}. */
    EXIT_GROUP("exit_group", 231, 252, 231, 94,
            Declaration.of("sys_exit_group", "int error_code")),
    /** {@code epoll_wait(int epfd, struct epoll_event *events, int maxevents, int timeout)}. */
    EPOLL_WAIT("epoll_wait", 232, 256, 232, -1,
            Declaration.of("sys_epoll_wait", "int epfd, struct epoll_event *events, int maxevents, int timeout")),
    /** {@code epoll_ctl(int epfd, int op, int fd, struct epoll_event *event)}. */
    EPOLL_CTL("epoll_ctl", 233, 255, 233, 21,
            Declaration.of("sys_epoll_ctl", "int epfd, int op, int fd, struct epoll_event *event")),
    /** {@code tgkill(pid_t tgid, pid_t pid, int sig)}. */
    TGKILL("tgkill", 234, 270, 234, 131,
            Declaration.of("sys_tgkill", "pid_t tgid, pid_t pid, int sig")),
    /** {@code utimes(char *filename, struct __kernel_old_timeval *utimes)}. */
    UTIMES("utimes", 235, 271, 235, -1,
            Declaration.of("sys_utimes", "char *filename, struct __kernel_old_timeval *utimes"),
            Declaration.of("sys_utimes_time32", "const char *filename, struct old_timeval32 *t")),
    /** {@code vserver()}. */
    VSERVER("vserver", 236, 273, -1, -1,
            Declaration.reserved("void")),
    /** {@code mbind(unsigned long start, unsigned long len, unsigned long mode, const unsigned long *nmask, unsigned long maxnode, unsigned int flags)}. */
    MBIND("mbind", 237, 274, 237, 235,
            Declaration.of("sys_mbind", "unsigned long start, unsigned long len, unsigned long mode, const unsigned long *nmask, unsigned long maxnode, unsigned int flags")),
    /** {@code set_mempolicy(int mode, const unsigned long *nmask, unsigned long maxnode)}. */
    SET_MEMPOLICY("set_mempolicy", 238, 276, 238, 237,
            Declaration.of("sys_set_mempolicy", "int mode, const unsigned long *nmask, unsigned long maxnode")),
    /** {@code get_mempolicy(int *policy, unsigned long *nmask, unsigned long maxnode, unsigned long addr, unsigned long flags)}. */
    GET_MEMPOLICY("get_mempolicy", 239, 275, 239, 236,
            Declaration.of("sys_get_mempolicy", "int *policy, unsigned long *nmask, unsigned long maxnode, unsigned long addr, unsigned long flags")),
    /** {@code mq_open(const char *u_name, int oflag, umode_t mode, struct mq_attr *u_attr)}. */
    MQ_OPEN("mq_open", 240, 277, 240, 180,
            Declaration.of("sys_mq_open", "const char *u_name, int oflag, umode_t mode, struct mq_attr *u_attr"),
            Declaration.of("compat_sys_mq_open", "const char *u_name, int oflag, compat_mode_t mode, struct compat_mq_attr *u_attr")),
    /** {@code mq_unlink(const char *u_name)}. */
    MQ_UNLINK("mq_unlink", 241, 278, 241, 181,
            Declaration.of("sys_mq_unlink", "const char *u_name")),
    /** {@code mq_timedsend(mqd_t mqdes, const char *u_msg_ptr, size_t msg_len, unsigned int msg_prio, const struct __kernel_timespec *u_abs_timeout)}. */
    MQ_TIMEDSEND("mq_timedsend", 242, 279, 242, 182,
            Declaration.of("sys_mq_timedsend", "mqd_t mqdes, const char *u_msg_ptr, size_t msg_len, unsigned int msg_prio, const struct __kernel_timespec *u_abs_timeout"),
            Declaration.of("sys_mq_timedsend_time32", "mqd_t mqdes, const char *u_msg_ptr, unsigned int msg_len, unsigned int msg_prio, const struct old_timespec32 *u_abs_timeout")),
    /** {@code mq_timedreceive(mqd_t mqdes, char *u_msg_ptr, size_t msg_len, unsigned int *u_msg_prio, const struct __kernel_timespec *u_abs_timeout)}. */
    MQ_TIMEDRECEIVE("mq_timedreceive", 243, 280, 243, 183,
            Declaration.of("sys_mq_timedreceive", "mqd_t mqdes, char *u_msg_ptr, size_t msg_len, unsigned int *u_msg_prio, const struct __kernel_timespec *u_abs_timeout"),
            Declaration.of("sys_mq_timedreceive_time32", "mqd_t mqdes, char *u_msg_ptr, unsigned int msg_len, unsigned int *u_msg_prio, const struct old_timespec32 *u_abs_timeout")),
    /** {@code mq_notify(mqd_t mqdes, const struct sigevent *u_notification)}. */
    MQ_NOTIFY("mq_notify", 244, 281, 527, 184,
            Declaration.of("sys_mq_notify", "mqd_t mqdes, const struct sigevent *u_notification"),
            Declaration.of("compat_sys_mq_notify", "mqd_t mqdes, const struct compat_sigevent *u_notification"),
            Declaration.of("compat_sys_mq_notify", "mqd_t mqdes, const struct compat_sigevent *u_notification"),
            Declaration.of("sys_mq_notify", "mqd_t mqdes, const struct sigevent *u_notification")),
    /** {@code mq_getsetattr(mqd_t mqdes, const struct mq_attr *u_mqstat, struct mq_attr *u_omqstat)}. */
    MQ_GETSETATTR("mq_getsetattr", 245, 282, 245, 185,
            Declaration.of("sys_mq_getsetattr", "mqd_t mqdes, const struct mq_attr *u_mqstat, struct mq_attr *u_omqstat"),
            Declaration.of("compat_sys_mq_getsetattr", "mqd_t mqdes, const struct compat_mq_attr *u_mqstat, struct compat_mq_attr *u_omqstat")),
    /** {@code kexec_load(unsigned long entry, unsigned long nr_segments, struct kexec_segment *segments, unsigned long flags)}. */
    KEXEC_LOAD("kexec_load", 246, 283, 528, 104,
            Declaration.of("sys_kexec_load", "unsigned long entry, unsigned long nr_segments, struct kexec_segment *segments, unsigned long flags"),
            Declaration.of("compat_sys_kexec_load", "compat_ulong_t entry, compat_ulong_t nr_segments, struct compat_kexec_segment *segments, compat_ulong_t flags"),
            Declaration.of("compat_sys_kexec_load", "compat_ulong_t entry, compat_ulong_t nr_segments, struct compat_kexec_segment *segments, compat_ulong_t flags"),
            Declaration.of("sys_kexec_load", "unsigned long entry, unsigned long nr_segments, struct kexec_segment *segments, unsigned long flags")),
    /** {@code waitid(int which, pid_t upid, struct siginfo *infop, int options, struct rusage *ru)}. */
    WAITID("waitid", 247, 284, 529, 95,
            Declaration.of("sys_waitid", "int which, pid_t upid, struct siginfo *infop, int options, struct rusage *ru"),
            Declaration.of("compat_sys_waitid", "int which, compat_pid_t pid, struct compat_siginfo *infop, int options, struct compat_rusage *uru"),
            Declaration.of("compat_sys_waitid", "int which, compat_pid_t pid, struct compat_siginfo *infop, int options, struct compat_rusage *uru"),
            Declaration.of("sys_waitid", "int which, pid_t upid, struct siginfo *infop, int options, struct rusage *ru")),
    /** {@code add_key(const char *_type, const char *_description, const void *_payload, size_t plen, key_serial_t ringid)}. */
    ADD_KEY("add_key", 248, 286, 248, 217,
            Declaration.of("sys_add_key", "const char *_type, const char *_description, const void *_payload, size_t plen, key_serial_t ringid")),
    /** {@code request_key(const char *_type, const char *_description, const char *_callout_info, key_serial_t destringid)}. */
    REQUEST_KEY("request_key", 249, 287, 249, 218,
            Declaration.of("sys_request_key", "const char *_type, const char *_description, const char *_callout_info, key_serial_t destringid")),
    /** {@code keyctl(int option, unsigned long arg2, unsigned long arg3, unsigned long arg4, unsigned long arg5)}. */
    KEYCTL("keyctl", 250, 288, 250, 219,
            Declaration.of("sys_keyctl", "int option, unsigned long arg2, unsigned long arg3, unsigned long arg4, unsigned long arg5"),
            Declaration.of("compat_sys_keyctl", "u32 option, u32 arg2, u32 arg3, u32 arg4, u32 arg5")),
    /** {@code ioprio_set(int which, int who, int ioprio)}. */
    IOPRIO_SET("ioprio_set", 251, 289, 251, 30,
            Declaration.of("sys_ioprio_set", "int which, int who, int ioprio")),
    /** {@code ioprio_get(int which, int who)}. */
    IOPRIO_GET("ioprio_get", 252, 290, 252, 31,
            Declaration.of("sys_ioprio_get", "int which, int who")),
    /** {@code inotify_init(void)}. */
    INOTIFY_INIT("inotify_init", 253, 291, 253, -1,
            Declaration.of("sys_inotify_init", "void")),
    /** {@code inotify_add_watch(int fd, const char *pathname, u32 mask)}. */
    INOTIFY_ADD_WATCH("inotify_add_watch", 254, 292, 254, 27,
            Declaration.of("sys_inotify_add_watch", "int fd, const char *pathname, u32 mask")),
    /** {@code inotify_rm_watch(int fd, __s32 wd)}. */
    INOTIFY_RM_WATCH("inotify_rm_watch", 255, 293, 255, 28,
            Declaration.of("sys_inotify_rm_watch", "int fd, __s32 wd")),
    /** {@code migrate_pages(pid_t pid, unsigned long maxnode, const unsigned long *old_nodes, const unsigned long *new_nodes)}. */
    MIGRATE_PAGES("migrate_pages", 256, 294, 256, 238,
            Declaration.of("sys_migrate_pages", "pid_t pid, unsigned long maxnode, const unsigned long *old_nodes, const unsigned long *new_nodes")),
    /** {@code openat(int dfd, const char *filename, int flags, umode_t mode)}. */
    OPENAT("openat", 257, 295, 257, 56,
            Declaration.of("sys_openat", "int dfd, const char *filename, int flags, umode_t mode"),
            Declaration.of("compat_sys_openat", "int dfd, const char *filename, int flags, umode_t mode")),
    /** {@code mkdirat(int dfd, const char *pathname, umode_t mode)}. */
    MKDIRAT("mkdirat", 258, 296, 258, 34,
            Declaration.of("sys_mkdirat", "int dfd, const char *pathname, umode_t mode")),
    /** {@code mknodat(int dfd, const char *filename, umode_t mode, unsigned int dev)}. */
    MKNODAT("mknodat", 259, 297, 259, 33,
            Declaration.of("sys_mknodat", "int dfd, const char *filename, umode_t mode, unsigned int dev")),
    /** {@code fchownat(int dfd, const char *filename, uid_t user, gid_t group, int flag)}. */
    FCHOWNAT("fchownat", 260, 298, 260, 54,
            Declaration.of("sys_fchownat", "int dfd, const char *filename, uid_t user, gid_t group, int flag")),
    /** {@code futimesat(int dfd, const char *filename, struct __kernel_old_timeval *utimes)}. */
    FUTIMESAT("futimesat", 261, 299, 261, -1,
            Declaration.of("sys_futimesat", "int dfd, const char *filename, struct __kernel_old_timeval *utimes"),
            Declaration.of("sys_futimesat_time32", "unsigned int dfd, const char *filename, struct old_timeval32 *t")),
    /** {@code newfstatat(int dfd, const char *filename, struct stat *statbuf, int flag)}. */
    NEWFSTATAT("newfstatat", 262, -1, 262, 79,
            Declaration.of("sys_newfstatat", "int dfd, const char *filename, struct stat *statbuf, int flag")),
    /** {@code unlinkat(int dfd, const char *pathname, int flag)}. */
    UNLINKAT("unlinkat", 263, 301, 263, 35,
            Declaration.of("sys_unlinkat", "int dfd, const char *pathname, int flag")),
    /** {@code renameat(int olddfd, const char *oldname, int newdfd, const char *newname)}. */
    RENAMEAT("renameat", 264, 302, 264, 38,
            Declaration.of("sys_renameat", "int olddfd, const char *oldname, int newdfd, const char *newname")),
    /** {@code linkat(int olddfd, const char *oldname, int newdfd, const char *newname, int flags)}. */
    LINKAT("linkat", 265, 303, 265, 37,
            Declaration.of("sys_linkat", "int olddfd, const char *oldname, int newdfd, const char *newname, int flags")),
    /** {@code symlinkat(const char *oldname, int newdfd, const char *newname)}. */
    SYMLINKAT("symlinkat", 266, 304, 266, 36,
            Declaration.of("sys_symlinkat", "const char *oldname, int newdfd, const char *newname")),
    /** {@code readlinkat(int dfd, const char *pathname, char *buf, int bufsiz)}. */
    READLINKAT("readlinkat", 267, 305, 267, 78,
            Declaration.of("sys_readlinkat", "int dfd, const char *pathname, char *buf, int bufsiz")),
    /** {@code fchmodat(int dfd, const char *filename, umode_t mode)}. */
    FCHMODAT("fchmodat", 268, 306, 268, 53,
            Declaration.of("sys_fchmodat", "int dfd, const char *filename, umode_t mode")),
    /** {@code faccessat(int dfd, const char *filename, int mode)}. */
    FACCESSAT("faccessat", 269, 307, 269, 48,
            Declaration.of("sys_faccessat", "int dfd, const char *filename, int mode")),
    /** {@code pselect6(int n, fd_set *inp, fd_set *outp, fd_set *exp, struct __kernel_timespec *tsp, void *sig)}. */
    PSELECT6("pselect6", 270, 308, 270, 72,
            Declaration.of("sys_pselect6", "int n, fd_set *inp, fd_set *outp, fd_set *exp, struct __kernel_timespec *tsp, void *sig"),
            Declaration.of("compat_sys_pselect6_time32", "int n, compat_ulong_t *inp, compat_ulong_t *outp, compat_ulong_t *exp, struct old_timespec32 *tsp, void *sig")),
    /** {@code ppoll(struct pollfd *ufds, unsigned int nfds, struct __kernel_timespec *tsp, const sigset_t *sigmask, size_t sigsetsize)}. */
    PPOLL("ppoll", 271, 309, 271, 73,
            Declaration.of("sys_ppoll", "struct pollfd *ufds, unsigned int nfds, struct __kernel_timespec *tsp, const sigset_t *sigmask, size_t sigsetsize"),
            Declaration.of("compat_sys_ppoll_time32", "struct pollfd *ufds, unsigned int nfds, struct old_timespec32 *tsp, const compat_sigset_t *sigmask, compat_size_t sigsetsize")),
    /** {@code unshare(unsigned long unshare_flags)}. */
    UNSHARE("unshare", 272, 310, 272, 97,
            Declaration.of("sys_unshare", "unsigned long unshare_flags")),
    /** {@code set_robust_list(struct robust_list_head *head, size_t len)}. */
    SET_ROBUST_LIST("set_robust_list", 273, 311, 530, 99,
            Declaration.of("sys_set_robust_list", "struct robust_list_head *head, size_t len"),
            Declaration.of("compat_sys_set_robust_list", "struct compat_robust_list_head *head, compat_size_t len"),
            Declaration.of("compat_sys_set_robust_list", "struct compat_robust_list_head *head, compat_size_t len"),
            Declaration.of("sys_set_robust_list", "struct robust_list_head *head, size_t len")),
    /** {@code get_robust_list(int pid, struct robust_list_head **head_ptr, size_t *len_ptr)}. */
    GET_ROBUST_LIST("get_robust_list", 274, 312, 531, 100,
            Declaration.of("sys_get_robust_list", "int pid, struct robust_list_head **head_ptr, size_t *len_ptr"),
            Declaration.of("compat_sys_get_robust_list", "int pid, compat_uptr_t *head_ptr, compat_size_t *len_ptr"),
            Declaration.of("compat_sys_get_robust_list", "int pid, compat_uptr_t *head_ptr, compat_size_t *len_ptr"),
            Declaration.of("sys_get_robust_list", "int pid, struct robust_list_head **head_ptr, size_t *len_ptr")),
    /** {@code splice(int fd_in, loff_t *off_in, int fd_out, loff_t *off_out, size_t len, unsigned int flags)}. */
    SPLICE("splice", 275, 313, 275, 76,
            Declaration.of("sys_splice", "int fd_in, loff_t *off_in, int fd_out, loff_t *off_out, size_t len, unsigned int flags")),
    /** {@code tee(int fdin, int fdout, size_t len, unsigned int flags)}. */
    TEE("tee", 276, 315, 276, 77,
            Declaration.of("sys_tee", "int fdin, int fdout, size_t len, unsigned int flags")),
    /** {@code sync_file_range(int fd, loff_t offset, loff_t nbytes, unsigned int flags)}. */
    SYNC_FILE_RANGE("sync_file_range", 277, 314, 277, 84,
            Declaration.of("sys_sync_file_range", "int fd, loff_t offset, loff_t nbytes, unsigned int flags"),
            Declaration.of("sys_ia32_sync_file_range", "int fd, unsigned int off_low, unsigned int off_hi, unsigned int n_low, unsigned int n_hi, int flags")),
    /** {@code vmsplice(int fd, const struct iovec *uiov, unsigned long nr_segs, unsigned int flags)}. */
    VMSPLICE("vmsplice", 278, 316, 532, 75,
            Declaration.of("sys_vmsplice", "int fd, const struct iovec *uiov, unsigned long nr_segs, unsigned int flags")),
    /** {@code move_pages(pid_t pid, unsigned long nr_pages, const void **pages, const int *nodes, int *status, int flags)}. */
    MOVE_PAGES("move_pages", 279, 317, 533, 239,
            Declaration.of("sys_move_pages", "pid_t pid, unsigned long nr_pages, const void **pages, const int *nodes, int *status, int flags")),
    /** {@code utimensat(int dfd, const char *filename, struct __kernel_timespec *utimes, int flags)}. */
    UTIMENSAT("utimensat", 280, 320, 280, 88,
            Declaration.of("sys_utimensat", "int dfd, const char *filename, struct __kernel_timespec *utimes, int flags"),
            Declaration.of("sys_utimensat_time32", "unsigned int dfd, const char *filename, struct old_timespec32 *t, int flags")),
    /** {@code epoll_pwait(int epfd, struct epoll_event *events, int maxevents, int timeout, const sigset_t *sigmask, size_t sigsetsize)}. */
    EPOLL_PWAIT("epoll_pwait", 281, 319, 281, 22,
            Declaration.of("sys_epoll_pwait", "int epfd, struct epoll_event *events, int maxevents, int timeout, const sigset_t *sigmask, size_t sigsetsize")),
    /** {@code signalfd(int ufd, sigset_t *user_mask, size_t sizemask)}. */
    SIGNALFD("signalfd", 282, 321, 282, -1,
            Declaration.of("sys_signalfd", "int ufd, sigset_t *user_mask, size_t sizemask"),
            Declaration.of("compat_sys_signalfd", "int ufd, const compat_sigset_t *user_mask, compat_size_t sigsetsize")),
    /** {@code timerfd_create(int clockid, int flags)}. */
    TIMERFD_CREATE("timerfd_create", 283, 322, 283, 85,
            Declaration.of("sys_timerfd_create", "int clockid, int flags")),
    /** {@code eventfd(unsigned int count)}. */
    EVENTFD("eventfd", 284, 323, 284, -1,
            Declaration.of("sys_eventfd", "unsigned int count")),
    /** {@code fallocate(int fd, int mode, loff_t offset, loff_t len)}. */
    FALLOCATE("fallocate", 285, 324, 285, 47,
            Declaration.of("sys_fallocate", "int fd, int mode, loff_t offset, loff_t len"),
            Declaration.of("sys_ia32_fallocate", "int fd, int mode, unsigned int offset_lo, unsigned int offset_hi, unsigned int len_lo, unsigned int len_hi")),
    /** {@code timerfd_settime(int ufd, int flags, const struct __kernel_itimerspec *utmr, struct __kernel_itimerspec *otmr)}. */
    TIMERFD_SETTIME("timerfd_settime", 286, 325, 286, 86,
            Declaration.of("sys_timerfd_settime", "int ufd, int flags, const struct __kernel_itimerspec *utmr, struct __kernel_itimerspec *otmr"),
            Declaration.of("sys_timerfd_settime32", "int ufd, int flags, const struct old_itimerspec32 *utmr, struct old_itimerspec32 *otmr")),
    /** {@code timerfd_gettime(int ufd, struct __kernel_itimerspec *otmr)}. */
    TIMERFD_GETTIME("timerfd_gettime", 287, 326, 287, 87,
            Declaration.of("sys_timerfd_gettime", "int ufd, struct __kernel_itimerspec *otmr"),
            Declaration.of("sys_timerfd_gettime32", "int ufd, struct old_itimerspec32 *otmr")),
    /** {@code accept4(int fd, struct sockaddr *upeer_sockaddr, int *upeer_addrlen, int flags)}. */
    ACCEPT4("accept4", 288, 364, 288, 242,
            Declaration.of("sys_accept4", "int fd, struct sockaddr *upeer_sockaddr, int *upeer_addrlen, int flags")),
    /** {@code signalfd4(int ufd, sigset_t *user_mask, size_t sizemask, int flags)}. */
    SIGNALFD4("signalfd4", 289, 327, 289, 74,
            Declaration.of("sys_signalfd4", "int ufd, sigset_t *user_mask, size_t sizemask, int flags"),
            Declaration.of("compat_sys_signalfd4", "int ufd, const compat_sigset_t *user_mask, compat_size_t sigsetsize, int flags")),
    /** {@code eventfd2(unsigned int count, int flags)}. */
    EVENTFD2("eventfd2", 290, 328, 290, 19,
            Declaration.of("sys_eventfd2", "unsigned int count, int flags")),
    /** {@code epoll_create1(int flags)}. */
    EPOLL_CREATE1("epoll_create1", 291, 329, 291, 20,
            Declaration.of("sys_epoll_create1", "int flags")),
    /** {@code dup3(unsigned int oldfd, unsigned int newfd, int flags)}. */
    DUP3("dup3", 292, 330, 292, 24,
            Declaration.of("sys_dup3", "unsigned int oldfd, unsigned int newfd, int flags")),
    /** {@code pipe2(int *fildes, int flags)}. */
    PIPE2("pipe2", 293, 331, 293, 59,
            Declaration.of("sys_pipe2", "int *fildes, int flags")),
    /** {@code inotify_init1(int flags)}. */
    INOTIFY_INIT1("inotify_init1", 294, 332, 294, 26,
            Declaration.of("sys_inotify_init1", "int flags")),
    /** {@code preadv(unsigned long fd, const struct iovec *vec, unsigned long vlen, unsigned long pos_l, unsigned long pos_h)}. */
    PREADV("preadv", 295, 333, 534, 69,
            Declaration.of("sys_preadv", "unsigned long fd, const struct iovec *vec, unsigned long vlen, unsigned long pos_l, unsigned long pos_h"),
            Declaration.of("compat_sys_preadv", "compat_ulong_t fd, const struct iovec *vec, compat_ulong_t vlen, u32 pos_low, u32 pos_high"),
            Declaration.of("compat_sys_preadv64", "unsigned long fd, const struct iovec *vec, unsigned long vlen, loff_t pos"),
            Declaration.of("sys_preadv", "unsigned long fd, const struct iovec *vec, unsigned long vlen, unsigned long pos_l, unsigned long pos_h")),
    /** {@code pwritev(unsigned long fd, const struct iovec *vec, unsigned long vlen, unsigned long pos_l, unsigned long pos_h)}. */
    PWRITEV("pwritev", 296, 334, 535, 70,
            Declaration.of("sys_pwritev", "unsigned long fd, const struct iovec *vec, unsigned long vlen, unsigned long pos_l, unsigned long pos_h"),
            Declaration.of("compat_sys_pwritev", "compat_ulong_t fd, const struct iovec *vec, compat_ulong_t vlen, u32 pos_low, u32 pos_high"),
            Declaration.of("compat_sys_pwritev64", "unsigned long fd, const struct iovec *vec, unsigned long vlen, loff_t pos"),
            Declaration.of("sys_pwritev", "unsigned long fd, const struct iovec *vec, unsigned long vlen, unsigned long pos_l, unsigned long pos_h")),
    /** {@code rt_tgsigqueueinfo(pid_t tgid, pid_t pid, int sig, siginfo_t *uinfo)}. */
    RT_TGSIGQUEUEINFO("rt_tgsigqueueinfo", 297, 335, 536, 240,
            Declaration.of("sys_rt_tgsigqueueinfo", "pid_t tgid, pid_t pid, int sig, siginfo_t *uinfo"),
            Declaration.of("compat_sys_rt_tgsigqueueinfo", "compat_pid_t tgid, compat_pid_t pid, int sig, struct compat_siginfo *uinfo"),
            Declaration.of("compat_sys_rt_tgsigqueueinfo", "compat_pid_t tgid, compat_pid_t pid, int sig, struct compat_siginfo *uinfo"),
            Declaration.of("sys_rt_tgsigqueueinfo", "pid_t tgid, pid_t pid, int sig, siginfo_t *uinfo")),
    /** {@code perf_event_open(struct perf_event_attr *attr_uptr, pid_t pid, int cpu, int group_fd, unsigned long flags)}. */
    PERF_EVENT_OPEN("perf_event_open", 298, 336, 298, 241,
            Declaration.of("sys_perf_event_open", "struct perf_event_attr *attr_uptr, pid_t pid, int cpu, int group_fd, unsigned long flags")),
    /** {@code recvmmsg(int fd, struct mmsghdr *mmsg, unsigned int vlen, unsigned int flags, struct __kernel_timespec *timeout)}. */
    RECVMMSG("recvmmsg", 299, 337, 537, 243,
            Declaration.of("sys_recvmmsg", "int fd, struct mmsghdr *mmsg, unsigned int vlen, unsigned int flags, struct __kernel_timespec *timeout"),
            Declaration.of("compat_sys_recvmmsg_time32", "int fd, struct compat_mmsghdr *mmsg, unsigned int vlen, unsigned int flags, struct old_timespec32 *timeout"),
            Declaration.of("compat_sys_recvmmsg_time64", "int fd, struct compat_mmsghdr *mmsg, unsigned int vlen, unsigned int flags, struct __kernel_timespec *timeout"),
            Declaration.of("sys_recvmmsg", "int fd, struct mmsghdr *mmsg, unsigned int vlen, unsigned int flags, struct __kernel_timespec *timeout")),
    /** {@code fanotify_init(unsigned int flags, unsigned int event_f_flags)}. */
    FANOTIFY_INIT("fanotify_init", 300, 338, 300, 262,
            Declaration.of("sys_fanotify_init", "unsigned int flags, unsigned int event_f_flags")),
    /** {@code fanotify_mark(int fanotify_fd, unsigned int flags, __u64 mask, int dfd, const char *pathname)}. */
    FANOTIFY_MARK("fanotify_mark", 301, 339, 301, 263,
            Declaration.of("sys_fanotify_mark", "int fanotify_fd, unsigned int flags, __u64 mask, int dfd, const char *pathname"),
            Declaration.of("compat_sys_fanotify_mark", "int fanotify_fd, unsigned int flags, u32 mask_lo, u32 mask_hi, int dfd, const char *pathname")),
    /** {@code prlimit64(pid_t pid, unsigned int resource, const struct rlimit64 *new_rlim, struct rlimit64 *old_rlim)}. */
    PRLIMIT64("prlimit64", 302, 340, 302, 261,
            Declaration.of("sys_prlimit64", "pid_t pid, unsigned int resource, const struct rlimit64 *new_rlim, struct rlimit64 *old_rlim")),
    /** {@code name_to_handle_at(int dfd, const char *name, struct file_handle *handle, void *mnt_id, int flag)}. */
    NAME_TO_HANDLE_AT("name_to_handle_at", 303, 341, 303, 264,
            Declaration.of("sys_name_to_handle_at", "int dfd, const char *name, struct file_handle *handle, void *mnt_id, int flag")),
    /** {@code open_by_handle_at(int mountdirfd, struct file_handle *handle, int flags)}. */
    OPEN_BY_HANDLE_AT("open_by_handle_at", 304, 342, 304, 265,
            Declaration.of("sys_open_by_handle_at", "int mountdirfd, struct file_handle *handle, int flags"),
            Declaration.of("compat_sys_open_by_handle_at", "int mountdirfd, struct file_handle *handle, int flags")),
    /** {@code clock_adjtime(const clockid_t which_clock, struct __kernel_timex *utx)}. */
    CLOCK_ADJTIME("clock_adjtime", 305, 343, 305, 266,
            Declaration.of("sys_clock_adjtime", "const clockid_t which_clock, struct __kernel_timex *utx"),
            Declaration.of("sys_clock_adjtime32", "clockid_t which_clock, struct old_timex32 *utp")),
    /** {@code syncfs(int fd)}. */
    SYNCFS("syncfs", 306, 344, 306, 267,
            Declaration.of("sys_syncfs", "int fd")),
    /** {@code sendmmsg(int fd, struct mmsghdr *mmsg, unsigned int vlen, unsigned int flags)}. */
    SENDMMSG("sendmmsg", 307, 345, 538, 269,
            Declaration.of("sys_sendmmsg", "int fd, struct mmsghdr *mmsg, unsigned int vlen, unsigned int flags"),
            Declaration.of("compat_sys_sendmmsg", "int fd, struct compat_mmsghdr *mmsg, unsigned int vlen, unsigned int flags"),
            Declaration.of("compat_sys_sendmmsg", "int fd, struct compat_mmsghdr *mmsg, unsigned int vlen, unsigned int flags"),
            Declaration.of("sys_sendmmsg", "int fd, struct mmsghdr *mmsg, unsigned int vlen, unsigned int flags")),
    /** {@code setns(int fd, int flags)}. */
    SETNS("setns", 308, 346, 308, 268,
            Declaration.of("sys_setns", "int fd, int flags")),
    /** {@code getcpu(unsigned *cpup, unsigned *nodep, struct getcpu_cache *unused)}. */
    GETCPU("getcpu", 309, 318, 309, 168,
            Declaration.of("sys_getcpu", "unsigned *cpup, unsigned *nodep, struct getcpu_cache *unused")),
    /** {@code process_vm_readv(pid_t pid, const struct iovec *lvec, unsigned long liovcnt, const struct iovec *rvec, unsigned long riovcnt, unsigned long flags)}. */
    PROCESS_VM_READV("process_vm_readv", 310, 347, 539, 270,
            Declaration.of("sys_process_vm_readv", "pid_t pid, const struct iovec *lvec, unsigned long liovcnt, const struct iovec *rvec, unsigned long riovcnt, unsigned long flags")),
    /** {@code process_vm_writev(pid_t pid, const struct iovec *lvec, unsigned long liovcnt, const struct iovec *rvec, unsigned long riovcnt, unsigned long flags)}. */
    PROCESS_VM_WRITEV("process_vm_writev", 311, 348, 540, 271,
            Declaration.of("sys_process_vm_writev", "pid_t pid, const struct iovec *lvec, unsigned long liovcnt, const struct iovec *rvec, unsigned long riovcnt, unsigned long flags")),
    /** {@code kcmp(pid_t pid1, pid_t pid2, int type, unsigned long idx1, unsigned long idx2)}. */
    KCMP("kcmp", 312, 349, 312, 272,
            Declaration.of("sys_kcmp", "pid_t pid1, pid_t pid2, int type, unsigned long idx1, unsigned long idx2")),
    /** {@code finit_module(int fd, const char *uargs, int flags)}. */
    FINIT_MODULE("finit_module", 313, 350, 313, 273,
            Declaration.of("sys_finit_module", "int fd, const char *uargs, int flags")),
    /** {@code sched_setattr(pid_t pid, struct sched_attr *uattr, unsigned int flags)}. */
    SCHED_SETATTR("sched_setattr", 314, 351, 314, 274,
            Declaration.of("sys_sched_setattr", "pid_t pid, struct sched_attr *uattr, unsigned int flags")),
    /** {@code sched_getattr(pid_t pid, struct sched_attr *uattr, unsigned int usize, unsigned int flags)}. */
    SCHED_GETATTR("sched_getattr", 315, 352, 315, 275,
            Declaration.of("sys_sched_getattr", "pid_t pid, struct sched_attr *uattr, unsigned int usize, unsigned int flags")),
    /** {@code renameat2(int olddfd, const char *oldname, int newdfd, const char *newname, unsigned int flags)}. */
    RENAMEAT2("renameat2", 316, 353, 316, 276,
            Declaration.of("sys_renameat2", "int olddfd, const char *oldname, int newdfd, const char *newname, unsigned int flags")),
    /** {@code seccomp(unsigned int op, unsigned int flags, void *uargs)}. */
    SECCOMP("seccomp", 317, 354, 317, 277,
            Declaration.of("sys_seccomp", "unsigned int op, unsigned int flags, void *uargs")),
    /** {@code getrandom(char *ubuf, size_t len, unsigned int flags)}. */
    GETRANDOM("getrandom", 318, 355, 318, 278,
            Declaration.of("sys_getrandom", "char *ubuf, size_t len, unsigned int flags")),
    /** {@code memfd_create(const char *uname, unsigned int flags)}. */
    MEMFD_CREATE("memfd_create", 319, 356, 319, 279,
            Declaration.of("sys_memfd_create", "const char *uname, unsigned int flags")),
    /** {@code kexec_file_load(int kernel_fd, int initrd_fd, unsigned long cmdline_len, const char *cmdline_ptr, unsigned long flags)}. */
    KEXEC_FILE_LOAD("kexec_file_load", 320, -1, 320, 294,
            Declaration.of("sys_kexec_file_load", "int kernel_fd, int initrd_fd, unsigned long cmdline_len, const char *cmdline_ptr, unsigned long flags")),
    /** {@code bpf(int cmd, union bpf_attr *uattr, unsigned int size)}. */
    BPF("bpf", 321, 357, 321, 280,
            Declaration.of("sys_bpf", "int cmd, union bpf_attr *uattr, unsigned int size")),
    /** {@code execveat(int fd, const char *filename, const char *const *argv, const char *const *envp, int flags)}. */
    EXECVEAT("execveat", 322, 358, 545, 281,
            Declaration.of("sys_execveat", "int fd, const char *filename, const char *const *argv, const char *const *envp, int flags"),
            Declaration.of("compat_sys_execveat", "int fd, const char *filename, const compat_uptr_t *argv, const compat_uptr_t *envp, int flags"),
            Declaration.of("compat_sys_execveat", "int fd, const char *filename, const compat_uptr_t *argv, const compat_uptr_t *envp, int flags"),
            Declaration.of("sys_execveat", "int fd, const char *filename, const char *const *argv, const char *const *envp, int flags")),
    /** {@code userfaultfd(int flags)}. */
    USERFAULTFD("userfaultfd", 323, 374, 323, 282,
            Declaration.of("sys_userfaultfd", "int flags")),
    /** {@code membarrier(int cmd, unsigned int flags, int cpu_id)}. */
    MEMBARRIER("membarrier", 324, 375, 324, 283,
            Declaration.of("sys_membarrier", "int cmd, unsigned int flags, int cpu_id")),
    /** {@code mlock2(unsigned long start, size_t len, int flags)}. */
    MLOCK2("mlock2", 325, 376, 325, 284,
            Declaration.of("sys_mlock2", "unsigned long start, size_t len, int flags")),
    /** {@code copy_file_range(int fd_in, loff_t *off_in, int fd_out, loff_t *off_out, size_t len, unsigned int flags)}. */
    COPY_FILE_RANGE("copy_file_range", 326, 377, 326, 285,
            Declaration.of("sys_copy_file_range", "int fd_in, loff_t *off_in, int fd_out, loff_t *off_out, size_t len, unsigned int flags")),
    /** {@code preadv2(unsigned long fd, const struct iovec *vec, unsigned long vlen, unsigned long pos_l, unsigned long pos_h, rwf_t flags)}. */
    PREADV2("preadv2", 327, 378, 546, 286,
            Declaration.of("sys_preadv2", "unsigned long fd, const struct iovec *vec, unsigned long vlen, unsigned long pos_l, unsigned long pos_h, rwf_t flags"),
            Declaration.of("compat_sys_preadv2", "compat_ulong_t fd, const struct iovec *vec, compat_ulong_t vlen, u32 pos_low, u32 pos_high, rwf_t flags"),
            Declaration.of("compat_sys_preadv64v2", "unsigned long fd, const struct iovec *vec, unsigned long vlen, loff_t pos, rwf_t flags"),
            Declaration.of("sys_preadv2", "unsigned long fd, const struct iovec *vec, unsigned long vlen, unsigned long pos_l, unsigned long pos_h, rwf_t flags")),
    /** {@code pwritev2(unsigned long fd, const struct iovec *vec, unsigned long vlen, unsigned long pos_l, unsigned long pos_h, rwf_t flags)}. */
    PWRITEV2("pwritev2", 328, 379, 547, 287,
            Declaration.of("sys_pwritev2", "unsigned long fd, const struct iovec *vec, unsigned long vlen, unsigned long pos_l, unsigned long pos_h, rwf_t flags"),
            Declaration.of("compat_sys_pwritev2", "compat_ulong_t fd, const struct iovec *vec, compat_ulong_t vlen, u32 pos_low, u32 pos_high, rwf_t flags"),
            Declaration.of("compat_sys_pwritev64v2", "unsigned long fd, const struct iovec *vec, unsigned long vlen, loff_t pos, rwf_t flags"),
            Declaration.of("sys_pwritev2", "unsigned long fd, const struct iovec *vec, unsigned long vlen, unsigned long pos_l, unsigned long pos_h, rwf_t flags")),
    /** {@code pkey_mprotect(unsigned long start, size_t len, unsigned long prot, int pkey)}. */
    PKEY_MPROTECT("pkey_mprotect", 329, 380, 329, 288,
            Declaration.of("sys_pkey_mprotect", "unsigned long start, size_t len, unsigned long prot, int pkey")),
    /** {@code pkey_alloc(unsigned long flags, unsigned long init_val)}. */
    PKEY_ALLOC("pkey_alloc", 330, 381, 330, 289,
            Declaration.of("sys_pkey_alloc", "unsigned long flags, unsigned long init_val")),
    /** {@code pkey_free(int pkey)}. */
    PKEY_FREE("pkey_free", 331, 382, 331, 290,
            Declaration.of("sys_pkey_free", "int pkey")),
    /** {@code statx(int dfd, const char *filename, unsigned flags, unsigned int mask, struct statx *buffer)}. */
    STATX("statx", 332, 383, 332, 291,
            Declaration.of("sys_statx", "int dfd, const char *filename, unsigned flags, unsigned int mask, struct statx *buffer")),
    /** {@code io_pgetevents(aio_context_t ctx_id, long min_nr, long nr, struct io_event *events, struct __kernel_timespec *timeout, const struct __aio_sigset *usig)}. */
    IO_PGETEVENTS("io_pgetevents", 333, 385, 333, 292,
            Declaration.of("sys_io_pgetevents", "aio_context_t ctx_id, long min_nr, long nr, struct io_event *events, struct __kernel_timespec *timeout, const struct __aio_sigset *usig"),
            Declaration.of("compat_sys_io_pgetevents", "compat_aio_context_t ctx_id, compat_long_t min_nr, compat_long_t nr, struct io_event *events, struct old_timespec32 *timeout, const struct __compat_aio_sigset *usig")),
    /** {@code rseq(struct rseq *rseq, u32 rseq_len, int flags, u32 sig)}. */
    RSEQ("rseq", 334, 386, 334, 293,
            Declaration.of("sys_rseq", "struct rseq *rseq, u32 rseq_len, int flags, u32 sig")),
    /** {@code uretprobe(void)}. */
    URETPROBE("uretprobe", 335, -1, 335, -1,
            Declaration.of("sys_uretprobe", "void")),
    /** {@code uprobe(void)}. */
    UPROBE("uprobe", 336, -1, 336, -1,
            Declaration.of("sys_uprobe", "void")),
    /** {@code pidfd_send_signal(int pidfd, int sig, siginfo_t *info, unsigned int flags)}. */
    PIDFD_SEND_SIGNAL("pidfd_send_signal", 424, 424, 424, 424,
            Declaration.of("sys_pidfd_send_signal", "int pidfd, int sig, siginfo_t *info, unsigned int flags")),
    /** {@code io_uring_setup(u32 entries, struct io_uring_params *params)}. */
    IO_URING_SETUP("io_uring_setup", 425, 425, 425, 425,
            Declaration.of("sys_io_uring_setup", "u32 entries, struct io_uring_params *params")),
    /** {@code io_uring_enter(unsigned int fd, u32 to_submit, u32 min_complete, u32 flags, const void *argp, size_t argsz)}. */
    IO_URING_ENTER("io_uring_enter", 426, 426, 426, 426,
            Declaration.of("sys_io_uring_enter", "unsigned int fd, u32 to_submit, u32 min_complete, u32 flags, const void *argp, size_t argsz")),
    /** {@code io_uring_register(unsigned int fd, unsigned int opcode, void *arg, unsigned int nr_args)}. */
    IO_URING_REGISTER("io_uring_register", 427, 427, 427, 427,
            Declaration.of("sys_io_uring_register", "unsigned int fd, unsigned int opcode, void *arg, unsigned int nr_args")),
    /** {@code open_tree(int dfd, const char *filename, unsigned flags)}. */
    OPEN_TREE("open_tree", 428, 428, 428, 428,
            Declaration.of("sys_open_tree", "int dfd, const char *filename, unsigned flags")),
    /** {@code move_mount(int from_dfd, const char *from_pathname, int to_dfd, const char *to_pathname, unsigned int flags)}. */
    MOVE_MOUNT("move_mount", 429, 429, 429, 429,
            Declaration.of("sys_move_mount", "int from_dfd, const char *from_pathname, int to_dfd, const char *to_pathname, unsigned int flags")),
    /** {@code fsopen(const char *_fs_name, unsigned int flags)}. */
    FSOPEN("fsopen", 430, 430, 430, 430,
            Declaration.of("sys_fsopen", "const char *_fs_name, unsigned int flags")),
    /** {@code fsconfig(int fd, unsigned int cmd, const char *_key, const void *_value, int aux)}. */
    FSCONFIG("fsconfig", 431, 431, 431, 431,
            Declaration.of("sys_fsconfig", "int fd, unsigned int cmd, const char *_key, const void *_value, int aux")),
    /** {@code fsmount(int fs_fd, unsigned int flags, unsigned int attr_flags)}. */
    FSMOUNT("fsmount", 432, 432, 432, 432,
            Declaration.of("sys_fsmount", "int fs_fd, unsigned int flags, unsigned int attr_flags")),
    /** {@code fspick(int dfd, const char *path, unsigned int flags)}. */
    FSPICK("fspick", 433, 433, 433, 433,
            Declaration.of("sys_fspick", "int dfd, const char *path, unsigned int flags")),
    /** {@code pidfd_open(pid_t pid, unsigned int flags)}. */
    PIDFD_OPEN("pidfd_open", 434, 434, 434, 434,
            Declaration.of("sys_pidfd_open", "pid_t pid, unsigned int flags")),
    /** {@code clone3(struct clone_args *uargs, size_t size)}. */
    CLONE3("clone3", 435, 435, 435, 435,
            Declaration.of("sys_clone3", "struct clone_args *uargs, size_t size")),
    /** {@code close_range(unsigned int fd, unsigned int max_fd, unsigned int flags)}. */
    CLOSE_RANGE("close_range", 436, 436, 436, 436,
            Declaration.of("sys_close_range", "unsigned int fd, unsigned int max_fd, unsigned int flags")),
    /** {@code openat2(int dfd, const char *filename, struct open_how *how, size_t usize)}. */
    OPENAT2("openat2", 437, 437, 437, 437,
            Declaration.of("sys_openat2", "int dfd, const char *filename, struct open_how *how, size_t usize")),
    /** {@code pidfd_getfd(int pidfd, int fd, unsigned int flags)}. */
    PIDFD_GETFD("pidfd_getfd", 438, 438, 438, 438,
            Declaration.of("sys_pidfd_getfd", "int pidfd, int fd, unsigned int flags")),
    /** {@code faccessat2(int dfd, const char *filename, int mode, int flags)}. */
    FACCESSAT2("faccessat2", 439, 439, 439, 439,
            Declaration.of("sys_faccessat2", "int dfd, const char *filename, int mode, int flags")),
    /** {@code process_madvise(int pidfd, const struct iovec *vec, size_t vlen, int behavior, unsigned int flags)}. */
    PROCESS_MADVISE("process_madvise", 440, 440, 440, 440,
            Declaration.of("sys_process_madvise", "int pidfd, const struct iovec *vec, size_t vlen, int behavior, unsigned int flags")),
    /** {@code epoll_pwait2(int epfd, struct epoll_event *events, int maxevents, const struct __kernel_timespec *timeout, const sigset_t *sigmask, size_t sigsetsize)}. */
    EPOLL_PWAIT2("epoll_pwait2", 441, 441, 441, 441,
            Declaration.of("sys_epoll_pwait2", "int epfd, struct epoll_event *events, int maxevents, const struct __kernel_timespec *timeout, const sigset_t *sigmask, size_t sigsetsize"),
            Declaration.of("compat_sys_epoll_pwait2", "int epfd, struct epoll_event *events, int maxevents, const struct __kernel_timespec *timeout, const compat_sigset_t *sigmask, compat_size_t sigsetsize")),
    /** {@code mount_setattr(int dfd, const char *path, unsigned int flags, struct mount_attr *uattr, size_t usize)}. */
    MOUNT_SETATTR("mount_setattr", 442, 442, 442, 442,
            Declaration.of("sys_mount_setattr", "int dfd, const char *path, unsigned int flags, struct mount_attr *uattr, size_t usize")),
    /** {@code quotactl_fd(unsigned int fd, unsigned int cmd, qid_t id, void *addr)}. */
    QUOTACTL_FD("quotactl_fd", 443, 443, 443, 443,
            Declaration.of("sys_quotactl_fd", "unsigned int fd, unsigned int cmd, qid_t id, void *addr")),
    /** {@code landlock_create_ruleset(const struct landlock_ruleset_attr *const attr, const size_t size, const __u32 flags)}. */
    LANDLOCK_CREATE_RULESET("landlock_create_ruleset", 444, 444, 444, 444,
            Declaration.of("sys_landlock_create_ruleset", "const struct landlock_ruleset_attr *const attr, const size_t size, const __u32 flags")),
    /** {@code landlock_add_rule(const int ruleset_fd, const enum landlock_rule_type rule_type, const void *const rule_attr, const __u32 flags)}. */
    LANDLOCK_ADD_RULE("landlock_add_rule", 445, 445, 445, 445,
            Declaration.of("sys_landlock_add_rule", "const int ruleset_fd, const enum landlock_rule_type rule_type, const void *const rule_attr, const __u32 flags")),
    /** {@code landlock_restrict_self(const int ruleset_fd, const __u32 flags)}. */
    LANDLOCK_RESTRICT_SELF("landlock_restrict_self", 446, 446, 446, 446,
            Declaration.of("sys_landlock_restrict_self", "const int ruleset_fd, const __u32 flags")),
    /** {@code memfd_secret(unsigned int flags)}. */
    MEMFD_SECRET("memfd_secret", 447, 447, 447, 447,
            Declaration.of("sys_memfd_secret", "unsigned int flags")),
    /** {@code process_mrelease(int pidfd, unsigned int flags)}. */
    PROCESS_MRELEASE("process_mrelease", 448, 448, 448, 448,
            Declaration.of("sys_process_mrelease", "int pidfd, unsigned int flags")),
    /** {@code futex_waitv(struct futex_waitv *waiters, unsigned int nr_futexes, unsigned int flags, struct __kernel_timespec *timeout, clockid_t clockid)}. */
    FUTEX_WAITV("futex_waitv", 449, 449, 449, 449,
            Declaration.of("sys_futex_waitv", "struct futex_waitv *waiters, unsigned int nr_futexes, unsigned int flags, struct __kernel_timespec *timeout, clockid_t clockid")),
    /** {@code set_mempolicy_home_node(unsigned long start, unsigned long len, unsigned long home_node, unsigned long flags)}. */
    SET_MEMPOLICY_HOME_NODE("set_mempolicy_home_node", 450, 450, 450, 450,
            Declaration.of("sys_set_mempolicy_home_node", "unsigned long start, unsigned long len, unsigned long home_node, unsigned long flags")),
    /** {@code cachestat(unsigned int fd, struct cachestat_range *cstat_range, struct cachestat *cstat, unsigned int flags)}. */
    CACHESTAT("cachestat", 451, 451, 451, 451,
            Declaration.of("sys_cachestat", "unsigned int fd, struct cachestat_range *cstat_range, struct cachestat *cstat, unsigned int flags")),
    /** {@code fchmodat2(int dfd, const char *filename, umode_t mode, unsigned int flags)}. */
    FCHMODAT2("fchmodat2", 452, 452, 452, 452,
            Declaration.of("sys_fchmodat2", "int dfd, const char *filename, umode_t mode, unsigned int flags")),
    /** {@code map_shadow_stack(unsigned long addr, unsigned long size, unsigned int flags)}. */
    MAP_SHADOW_STACK("map_shadow_stack", 453, 453, 453, 453,
            Declaration.of("sys_map_shadow_stack", "unsigned long addr, unsigned long size, unsigned int flags")),
    /** {@code futex_wake(void *uaddr, unsigned long mask, int nr, unsigned int flags)}. */
    FUTEX_WAKE("futex_wake", 454, 454, 454, 454,
            Declaration.of("sys_futex_wake", "void *uaddr, unsigned long mask, int nr, unsigned int flags")),
    /** {@code futex_wait(void *uaddr, unsigned long val, unsigned long mask, unsigned int flags, struct __kernel_timespec *timeout, clockid_t clockid)}. */
    FUTEX_WAIT("futex_wait", 455, 455, 455, 455,
            Declaration.of("sys_futex_wait", "void *uaddr, unsigned long val, unsigned long mask, unsigned int flags, struct __kernel_timespec *timeout, clockid_t clockid")),
    /** {@code futex_requeue(struct futex_waitv *waiters, unsigned int flags, int nr_wake, int nr_requeue)}. */
    FUTEX_REQUEUE("futex_requeue", 456, 456, 456, 456,
            Declaration.of("sys_futex_requeue", "struct futex_waitv *waiters, unsigned int flags, int nr_wake, int nr_requeue")),
    /** {@code statmount(const struct mnt_id_req *req, struct statmount *buf, size_t bufsize, unsigned int flags)}. */
    STATMOUNT("statmount", 457, 457, 457, 457,
            Declaration.of("sys_statmount", "const struct mnt_id_req *req, struct statmount *buf, size_t bufsize, unsigned int flags")),
    /** {@code listmount(const struct mnt_id_req *req, u64 *mnt_ids, size_t nr_mnt_ids, unsigned int flags)}. */
    LISTMOUNT("listmount", 458, 458, 458, 458,
            Declaration.of("sys_listmount", "const struct mnt_id_req *req, u64 *mnt_ids, size_t nr_mnt_ids, unsigned int flags")),
    /** {@code lsm_get_self_attr(unsigned int attr, struct lsm_ctx *ctx, u32 *size, u32 flags)}. */
    LSM_GET_SELF_ATTR("lsm_get_self_attr", 459, 459, 459, 459,
            Declaration.of("sys_lsm_get_self_attr", "unsigned int attr, struct lsm_ctx *ctx, u32 *size, u32 flags")),
    /** {@code lsm_set_self_attr(unsigned int attr, struct lsm_ctx *ctx, u32 size, u32 flags)}. */
    LSM_SET_SELF_ATTR("lsm_set_self_attr", 460, 460, 460, 460,
            Declaration.of("sys_lsm_set_self_attr", "unsigned int attr, struct lsm_ctx *ctx, u32 size, u32 flags")),
    /** {@code lsm_list_modules(u64 *ids, u32 *size, u32 flags)}. */
    LSM_LIST_MODULES("lsm_list_modules", 461, 461, 461, 461,
            Declaration.of("sys_lsm_list_modules", "u64 *ids, u32 *size, u32 flags")),
    /** {@code mseal(unsigned long start, size_t len, unsigned long flags)}. */
    MSEAL("mseal", 462, 462, 462, 462,
            Declaration.of("sys_mseal", "unsigned long start, size_t len, unsigned long flags")),
    /** {@code setxattrat(int dfd, const char *pathname, unsigned int at_flags, const char *name, const struct xattr_args *uargs, size_t usize)}. */
    SETXATTRAT("setxattrat", 463, 463, 463, 463,
            Declaration.of("sys_setxattrat", "int dfd, const char *pathname, unsigned int at_flags, const char *name, const struct xattr_args *uargs, size_t usize")),
    /** {@code getxattrat(int dfd, const char *pathname, unsigned int at_flags, const char *name, struct xattr_args *uargs, size_t usize)}. */
    GETXATTRAT("getxattrat", 464, 464, 464, 464,
            Declaration.of("sys_getxattrat", "int dfd, const char *pathname, unsigned int at_flags, const char *name, struct xattr_args *uargs, size_t usize")),
    /** {@code listxattrat(int dfd, const char *pathname, unsigned int at_flags, char *list, size_t size)}. */
    LISTXATTRAT("listxattrat", 465, 465, 465, 465,
            Declaration.of("sys_listxattrat", "int dfd, const char *pathname, unsigned int at_flags, char *list, size_t size")),
    /** {@code removexattrat(int dfd, const char *pathname, unsigned int at_flags, const char *name)}. */
    REMOVEXATTRAT("removexattrat", 466, 466, 466, 466,
            Declaration.of("sys_removexattrat", "int dfd, const char *pathname, unsigned int at_flags, const char *name")),
    /** {@code open_tree_attr(int dfd, const char *filename, unsigned flags, struct mount_attr *uattr, size_t usize)}. */
    OPEN_TREE_ATTR("open_tree_attr", 467, 467, 467, 467,
            Declaration.of("sys_open_tree_attr", "int dfd, const char *filename, unsigned flags, struct mount_attr *uattr, size_t usize")),
    /** {@code file_getattr(int dfd, const char *filename, struct file_attr *ufattr, size_t usize, unsigned int at_flags)}. */
    FILE_GETATTR("file_getattr", 468, 468, 468, 468,
            Declaration.of("sys_file_getattr", "int dfd, const char *filename, struct file_attr *ufattr, size_t usize, unsigned int at_flags")),
    /** {@code file_setattr(int dfd, const char *filename, struct file_attr *ufattr, size_t usize, unsigned int at_flags)}. */
    FILE_SETATTR("file_setattr", 469, 469, 469, 469,
            Declaration.of("sys_file_setattr", "int dfd, const char *filename, struct file_attr *ufattr, size_t usize, unsigned int at_flags")),
    /** {@code listns(const struct ns_id_req *req, u64 *ns_ids, size_t nr_ns_ids, unsigned int flags)}. */
    LISTNS("listns", 470, 470, 470, 470,
            Declaration.of("sys_listns", "const struct ns_id_req *req, u64 *ns_ids, size_t nr_ns_ids, unsigned int flags")),
    /** {@code rseq_slice_yield(void)}. */
    RSEQ_SLICE_YIELD("rseq_slice_yield", 471, 471, 471, 471,
            Declaration.of("sys_rseq_slice_yield", "void")),
    /** {@code waitpid(pid_t pid, int *stat_addr, int options)}. */
    WAITPID("waitpid", -1, 7, -1, -1,
            Declaration.of("sys_waitpid", "pid_t pid, int *stat_addr, int options")),
    /** {@code break()}. */
    BREAK("break", -1, 17, -1, -1,
            Declaration.reserved("void")),
    /** {@code oldstat(const char *filename, struct __old_kernel_stat *statbuf)}. */
    OLDSTAT("oldstat", -1, 18, -1, -1,
            Declaration.of("sys_stat", "const char *filename, struct __old_kernel_stat *statbuf")),
    /** {@code umount(char *name)}. */
    UMOUNT("umount", -1, 22, -1, -1,
            Declaration.of("sys_oldumount", "char *name")),
    /** {@code stime(old_time32_t *tptr)}. */
    STIME("stime", -1, 25, -1, -1,
            Declaration.of("sys_stime32", "old_time32_t *tptr")),
    /** {@code oldfstat(unsigned int fd, struct __old_kernel_stat *statbuf)}. */
    OLDFSTAT("oldfstat", -1, 28, -1, -1,
            Declaration.of("sys_fstat", "unsigned int fd, struct __old_kernel_stat *statbuf")),
    /** {@code stty()}. */
    STTY("stty", -1, 31, -1, -1,
            Declaration.reserved("void")),
    /** {@code gtty()}. */
    GTTY("gtty", -1, 32, -1, -1,
            Declaration.reserved("void")),
    /** {@code nice(int increment)}. */
    NICE("nice", -1, 34, -1, -1,
            Declaration.of("sys_nice", "int increment")),
    /** {@code ftime()}. */
    FTIME("ftime", -1, 35, -1, -1,
            Declaration.reserved("void")),
    /** {@code prof()}. */
    PROF("prof", -1, 44, -1, -1,
            Declaration.reserved("void")),
    /** {@code signal(int sig, __sighandler_t handler)}. */
    SIGNAL("signal", -1, 48, -1, -1,
            Declaration.of("sys_signal", "int sig, __sighandler_t handler")),
    /** {@code lock()}. */
    LOCK("lock", -1, 53, -1, -1,
            Declaration.reserved("void")),
    /** {@code mpx()}. */
    MPX("mpx", -1, 56, -1, -1,
            Declaration.reserved("void")),
    /** {@code ulimit()}. */
    ULIMIT("ulimit", -1, 58, -1, -1,
            Declaration.reserved("void")),
    /** {@code oldolduname(struct oldold_utsname *name)}. */
    OLDOLDUNAME("oldolduname", -1, 59, -1, -1,
            Declaration.of("sys_olduname", "struct oldold_utsname *name")),
    /** {@code sigaction(int sig, const struct compat_old_sigaction *act, struct compat_old_sigaction *oact)}. */
    SIGACTION("sigaction", -1, 67, -1, -1,
            Declaration.of("compat_sys_sigaction", "int sig, const struct compat_old_sigaction *act, struct compat_old_sigaction *oact")),
    /** {@code sgetmask(void)}. */
    SGETMASK("sgetmask", -1, 68, -1, -1,
            Declaration.of("sys_sgetmask", "void")),
    /** {@code ssetmask(int newmask)}. */
    SSETMASK("ssetmask", -1, 69, -1, -1,
            Declaration.of("sys_ssetmask", "int newmask")),
    /** {@code sigsuspend(int unused1, int unused2, old_sigset_t mask)}. */
    SIGSUSPEND("sigsuspend", -1, 72, -1, -1,
            Declaration.of("sys_sigsuspend", "int unused1, int unused2, old_sigset_t mask")),
    /** {@code sigpending(compat_old_sigset_t *set32)}. */
    SIGPENDING("sigpending", -1, 73, -1, -1,
            Declaration.of("compat_sys_sigpending", "compat_old_sigset_t *set32")),
    /** {@code oldlstat(const char *filename, struct __old_kernel_stat *statbuf)}. */
    OLDLSTAT("oldlstat", -1, 84, -1, -1,
            Declaration.of("sys_lstat", "const char *filename, struct __old_kernel_stat *statbuf")),
    /** {@code readdir(unsigned int fd, struct compat_old_linux_dirent *dirent, unsigned int count)}. */
    READDIR("readdir", -1, 89, -1, -1,
            Declaration.of("compat_sys_old_readdir", "unsigned int fd, struct compat_old_linux_dirent *dirent, unsigned int count")),
    /** {@code profil()}. */
    PROFIL("profil", -1, 98, -1, -1,
            Declaration.reserved("void")),
    /** {@code socketcall(int call, u32 *args)}. */
    SOCKETCALL("socketcall", -1, 102, -1, -1,
            Declaration.of("compat_sys_socketcall", "int call, u32 *args")),
    /** {@code olduname(struct old_utsname *name)}. */
    OLDUNAME("olduname", -1, 109, -1, -1,
            Declaration.of("sys_uname", "struct old_utsname *name")),
    /** {@code idle(void)}. */
    IDLE("idle", -1, 112, -1, -1,
            Declaration.removed("void")),
    /** {@code vm86old(struct vm86_struct *user_vm86)}. */
    VM86OLD("vm86old", -1, 113, -1, -1,
            Declaration.kernel32("struct vm86_struct *user_vm86")),
    /** {@code ipc(u32 call, int first, int second, u32 third, compat_uptr_t ptr, u32 fifth)}. */
    IPC("ipc", -1, 117, -1, -1,
            Declaration.of("compat_sys_ipc", "u32 call, int first, int second, u32 third, compat_uptr_t ptr, u32 fifth")),
    /** {@code sigreturn(void)}. */
    SIGRETURN("sigreturn", -1, 119, -1, -1,
            Declaration.of("compat_sys_sigreturn", "void")),
    /** {@code sigprocmask(int how, compat_old_sigset_t *nset, compat_old_sigset_t *oset)}. */
    SIGPROCMASK("sigprocmask", -1, 126, -1, -1,
            Declaration.of("compat_sys_sigprocmask", "int how, compat_old_sigset_t *nset, compat_old_sigset_t *oset")),
    /** {@code bdflush(int func, long data)}. */
    BDFLUSH("bdflush", -1, 134, -1, -1,
            Declaration.removed("int func, long data")),
    /** {@code _llseek(unsigned int fd, unsigned long offset_high, unsigned long offset_low, loff_t *result, unsigned int whence)}. */
    _LLSEEK("_llseek", -1, 140, -1, -1,
            Declaration.of("sys_llseek", "unsigned int fd, unsigned long offset_high, unsigned long offset_low, loff_t *result, unsigned int whence")),
    /** {@code _newselect(int n, compat_ulong_t *inp, compat_ulong_t *outp, compat_ulong_t *exp, struct old_timeval32 *tvp)}. */
    _NEWSELECT("_newselect", -1, 142, -1, -1,
            Declaration.of("compat_sys_select", "int n, compat_ulong_t *inp, compat_ulong_t *outp, compat_ulong_t *exp, struct old_timeval32 *tvp")),
    /** {@code vm86(unsigned long cmd, unsigned long arg)}. */
    VM86("vm86", -1, 166, -1, -1,
            Declaration.kernel32("unsigned long cmd, unsigned long arg")),
    /** {@code ugetrlimit(unsigned int resource, struct compat_rlimit *rlim)}. */
    UGETRLIMIT("ugetrlimit", -1, 191, -1, -1,
            Declaration.of("compat_sys_getrlimit", "unsigned int resource, struct compat_rlimit *rlim")),
    /** {@code mmap2(unsigned long addr, unsigned long len, unsigned long prot, unsigned long flags, unsigned long fd, unsigned long pgoff)}. */
    MMAP2("mmap2", -1, 192, -1, -1,
            Declaration.of("sys_mmap_pgoff", "unsigned long addr, unsigned long len, unsigned long prot, unsigned long flags, unsigned long fd, unsigned long pgoff")),
    /** {@code truncate64(const char *filename, unsigned long offset_low, unsigned long offset_high)}. */
    TRUNCATE64("truncate64", -1, 193, -1, -1,
            Declaration.of("sys_ia32_truncate64", "const char *filename, unsigned long offset_low, unsigned long offset_high")),
    /** {@code ftruncate64(unsigned int fd, unsigned long offset_low, unsigned long offset_high)}. */
    FTRUNCATE64("ftruncate64", -1, 194, -1, -1,
            Declaration.of("sys_ia32_ftruncate64", "unsigned int fd, unsigned long offset_low, unsigned long offset_high")),
    /** {@code stat64(const char *filename, struct stat64 *statbuf)}. */
    STAT64("stat64", -1, 195, -1, -1,
            Declaration.of("compat_sys_ia32_stat64", "const char *filename, struct stat64 *statbuf")),
    /** {@code lstat64(const char *filename, struct stat64 *statbuf)}. */
    LSTAT64("lstat64", -1, 196, -1, -1,
            Declaration.of("compat_sys_ia32_lstat64", "const char *filename, struct stat64 *statbuf")),
    /** {@code fstat64(unsigned int fd, struct stat64 *statbuf)}. */
    FSTAT64("fstat64", -1, 197, -1, -1,
            Declaration.of("compat_sys_ia32_fstat64", "unsigned int fd, struct stat64 *statbuf")),
    /** {@code lchown32(const char *filename, uid_t user, gid_t group)}. */
    LCHOWN32("lchown32", -1, 198, -1, -1,
            Declaration.of("sys_lchown", "const char *filename, uid_t user, gid_t group")),
    /** {@code getuid32(void)}. */
    GETUID32("getuid32", -1, 199, -1, -1,
            Declaration.of("sys_getuid", "void")),
    /** {@code getgid32(void)}. */
    GETGID32("getgid32", -1, 200, -1, -1,
            Declaration.of("sys_getgid", "void")),
    /** {@code geteuid32(void)}. */
    GETEUID32("geteuid32", -1, 201, -1, -1,
            Declaration.of("sys_geteuid", "void")),
    /** {@code getegid32(void)}. */
    GETEGID32("getegid32", -1, 202, -1, -1,
            Declaration.of("sys_getegid", "void")),
    /** {@code setreuid32(uid_t ruid, uid_t euid)}. */
    SETREUID32("setreuid32", -1, 203, -1, -1,
            Declaration.of("sys_setreuid", "uid_t ruid, uid_t euid")),
    /** {@code setregid32(gid_t rgid, gid_t egid)}. */
    SETREGID32("setregid32", -1, 204, -1, -1,
            Declaration.of("sys_setregid", "gid_t rgid, gid_t egid")),
    /** {@code getgroups32(int gidsetsize, gid_t *grouplist)}. */
    GETGROUPS32("getgroups32", -1, 205, -1, -1,
            Declaration.of("sys_getgroups", "int gidsetsize, gid_t *grouplist")),
    /** {@code setgroups32(int gidsetsize, gid_t *grouplist)}. */
    SETGROUPS32("setgroups32", -1, 206, -1, -1,
            Declaration.of("sys_setgroups", "int gidsetsize, gid_t *grouplist")),
    /** {@code fchown32(unsigned int fd, uid_t user, gid_t group)}. */
    FCHOWN32("fchown32", -1, 207, -1, -1,
            Declaration.of("sys_fchown", "unsigned int fd, uid_t user, gid_t group")),
    /** {@code setresuid32(uid_t ruid, uid_t euid, uid_t suid)}. */
    SETRESUID32("setresuid32", -1, 208, -1, -1,
            Declaration.of("sys_setresuid", "uid_t ruid, uid_t euid, uid_t suid")),
    /** {@code getresuid32(uid_t *ruidp, uid_t *euidp, uid_t *suidp)}. */
    GETRESUID32("getresuid32", -1, 209, -1, -1,
            Declaration.of("sys_getresuid", "uid_t *ruidp, uid_t *euidp, uid_t *suidp")),
    /** {@code setresgid32(gid_t rgid, gid_t egid, gid_t sgid)}. */
    SETRESGID32("setresgid32", -1, 210, -1, -1,
            Declaration.of("sys_setresgid", "gid_t rgid, gid_t egid, gid_t sgid")),
    /** {@code getresgid32(gid_t *rgidp, gid_t *egidp, gid_t *sgidp)}. */
    GETRESGID32("getresgid32", -1, 211, -1, -1,
            Declaration.of("sys_getresgid", "gid_t *rgidp, gid_t *egidp, gid_t *sgidp")),
    /** {@code chown32(const char *filename, uid_t user, gid_t group)}. */
    CHOWN32("chown32", -1, 212, -1, -1,
            Declaration.of("sys_chown", "const char *filename, uid_t user, gid_t group")),
    /** {@code setuid32(uid_t uid)}. */
    SETUID32("setuid32", -1, 213, -1, -1,
            Declaration.of("sys_setuid", "uid_t uid")),
    /** {@code setgid32(gid_t gid)}. */
    SETGID32("setgid32", -1, 214, -1, -1,
            Declaration.of("sys_setgid", "gid_t gid")),
    /** {@code setfsuid32(uid_t uid)}. */
    SETFSUID32("setfsuid32", -1, 215, -1, -1,
            Declaration.of("sys_setfsuid", "uid_t uid")),
    /** {@code setfsgid32(gid_t gid)}. */
    SETFSGID32("setfsgid32", -1, 216, -1, -1,
            Declaration.of("sys_setfsgid", "gid_t gid")),
    /** {@code fcntl64(unsigned int fd, unsigned int cmd, compat_ulong_t arg)}. */
    FCNTL64("fcntl64", -1, 221, -1, -1,
            Declaration.of("compat_sys_fcntl64", "unsigned int fd, unsigned int cmd, compat_ulong_t arg")),
    /** {@code sendfile64(int out_fd, int in_fd, loff_t *offset, size_t count)}. */
    SENDFILE64("sendfile64", -1, 239, -1, -1,
            Declaration.of("sys_sendfile64", "int out_fd, int in_fd, loff_t *offset, size_t count")),
    /** {@code statfs64(const char *pathname, compat_size_t sz, struct compat_statfs64 *buf)}. */
    STATFS64("statfs64", -1, 268, -1, -1,
            Declaration.of("compat_sys_statfs64", "const char *pathname, compat_size_t sz, struct compat_statfs64 *buf")),
    /** {@code fstatfs64(unsigned int fd, compat_size_t sz, struct compat_statfs64 *buf)}. */
    FSTATFS64("fstatfs64", -1, 269, -1, -1,
            Declaration.of("compat_sys_fstatfs64", "unsigned int fd, compat_size_t sz, struct compat_statfs64 *buf")),
    /** {@code fadvise64_64(int fd, __u32 offset_low, __u32 offset_high, __u32 len_low, __u32 len_high, int advice)}. */
    FADVISE64_64("fadvise64_64", -1, 272, -1, -1,
            Declaration.of("sys_ia32_fadvise64_64", "int fd, __u32 offset_low, __u32 offset_high, __u32 len_low, __u32 len_high, int advice")),
    /** {@code fstatat64(unsigned int dfd, const char *filename, struct stat64 *statbuf, int flag)}. */
    FSTATAT64("fstatat64", -1, 300, -1, -1,
            Declaration.of("compat_sys_ia32_fstatat64", "unsigned int dfd, const char *filename, struct stat64 *statbuf, int flag")),
    /** {@code clock_gettime64(const clockid_t which_clock, struct __kernel_timespec *tp)}. */
    CLOCK_GETTIME64("clock_gettime64", -1, 403, -1, -1,
            Declaration.of("sys_clock_gettime", "const clockid_t which_clock, struct __kernel_timespec *tp")),
    /** {@code clock_settime64(const clockid_t which_clock, const struct __kernel_timespec *tp)}. */
    CLOCK_SETTIME64("clock_settime64", -1, 404, -1, -1,
            Declaration.of("sys_clock_settime", "const clockid_t which_clock, const struct __kernel_timespec *tp")),
    /** {@code clock_adjtime64(const clockid_t which_clock, struct __kernel_timex *utx)}. */
    CLOCK_ADJTIME64("clock_adjtime64", -1, 405, -1, -1,
            Declaration.of("sys_clock_adjtime", "const clockid_t which_clock, struct __kernel_timex *utx")),
    /** {@code clock_getres_time64(const clockid_t which_clock, struct __kernel_timespec *tp)}. */
    CLOCK_GETRES_TIME64("clock_getres_time64", -1, 406, -1, -1,
            Declaration.of("sys_clock_getres", "const clockid_t which_clock, struct __kernel_timespec *tp")),
    /** {@code clock_nanosleep_time64(const clockid_t which_clock, int flags, const struct __kernel_timespec *rqtp, struct __kernel_timespec *rmtp)}. */
    CLOCK_NANOSLEEP_TIME64("clock_nanosleep_time64", -1, 407, -1, -1,
            Declaration.of("sys_clock_nanosleep", "const clockid_t which_clock, int flags, const struct __kernel_timespec *rqtp, struct __kernel_timespec *rmtp")),
    /** {@code timer_gettime64(timer_t timer_id, struct __kernel_itimerspec *setting)}. */
    TIMER_GETTIME64("timer_gettime64", -1, 408, -1, -1,
            Declaration.of("sys_timer_gettime", "timer_t timer_id, struct __kernel_itimerspec *setting")),
    /** {@code timer_settime64(timer_t timer_id, int flags, const struct __kernel_itimerspec *new_setting, struct __kernel_itimerspec *old_setting)}. */
    TIMER_SETTIME64("timer_settime64", -1, 409, -1, -1,
            Declaration.of("sys_timer_settime", "timer_t timer_id, int flags, const struct __kernel_itimerspec *new_setting, struct __kernel_itimerspec *old_setting")),
    /** {@code timerfd_gettime64(int ufd, struct __kernel_itimerspec *otmr)}. */
    TIMERFD_GETTIME64("timerfd_gettime64", -1, 410, -1, -1,
            Declaration.of("sys_timerfd_gettime", "int ufd, struct __kernel_itimerspec *otmr")),
    /** {@code timerfd_settime64(int ufd, int flags, const struct __kernel_itimerspec *utmr, struct __kernel_itimerspec *otmr)}. */
    TIMERFD_SETTIME64("timerfd_settime64", -1, 411, -1, -1,
            Declaration.of("sys_timerfd_settime", "int ufd, int flags, const struct __kernel_itimerspec *utmr, struct __kernel_itimerspec *otmr")),
    /** {@code utimensat_time64(int dfd, const char *filename, struct __kernel_timespec *utimes, int flags)}. */
    UTIMENSAT_TIME64("utimensat_time64", -1, 412, -1, -1,
            Declaration.of("sys_utimensat", "int dfd, const char *filename, struct __kernel_timespec *utimes, int flags")),
    /** {@code pselect6_time64(int n, compat_ulong_t *inp, compat_ulong_t *outp, compat_ulong_t *exp, struct __kernel_timespec *tsp, void *sig)}. */
    PSELECT6_TIME64("pselect6_time64", -1, 413, -1, -1,
            Declaration.of("compat_sys_pselect6_time64", "int n, compat_ulong_t *inp, compat_ulong_t *outp, compat_ulong_t *exp, struct __kernel_timespec *tsp, void *sig")),
    /** {@code ppoll_time64(struct pollfd *ufds, unsigned int nfds, struct __kernel_timespec *tsp, const compat_sigset_t *sigmask, compat_size_t sigsetsize)}. */
    PPOLL_TIME64("ppoll_time64", -1, 414, -1, -1,
            Declaration.of("compat_sys_ppoll_time64", "struct pollfd *ufds, unsigned int nfds, struct __kernel_timespec *tsp, const compat_sigset_t *sigmask, compat_size_t sigsetsize")),
    /** {@code io_pgetevents_time64(compat_aio_context_t ctx_id, compat_long_t min_nr, compat_long_t nr, struct io_event *events, struct __kernel_timespec *timeout, const struct __compat_aio_sigset *usig)}. */
    IO_PGETEVENTS_TIME64("io_pgetevents_time64", -1, 416, -1, -1,
            Declaration.of("compat_sys_io_pgetevents_time64", "compat_aio_context_t ctx_id, compat_long_t min_nr, compat_long_t nr, struct io_event *events, struct __kernel_timespec *timeout, const struct __compat_aio_sigset *usig")),
    /** {@code recvmmsg_time64(int fd, struct compat_mmsghdr *mmsg, unsigned int vlen, unsigned int flags, struct __kernel_timespec *timeout)}. */
    RECVMMSG_TIME64("recvmmsg_time64", -1, 417, -1, -1,
            Declaration.of("compat_sys_recvmmsg_time64", "int fd, struct compat_mmsghdr *mmsg, unsigned int vlen, unsigned int flags, struct __kernel_timespec *timeout")),
    /** {@code mq_timedsend_time64(mqd_t mqdes, const char *u_msg_ptr, size_t msg_len, unsigned int msg_prio, const struct __kernel_timespec *u_abs_timeout)}. */
    MQ_TIMEDSEND_TIME64("mq_timedsend_time64", -1, 418, -1, -1,
            Declaration.of("sys_mq_timedsend", "mqd_t mqdes, const char *u_msg_ptr, size_t msg_len, unsigned int msg_prio, const struct __kernel_timespec *u_abs_timeout")),
    /** {@code mq_timedreceive_time64(mqd_t mqdes, char *u_msg_ptr, size_t msg_len, unsigned int *u_msg_prio, const struct __kernel_timespec *u_abs_timeout)}. */
    MQ_TIMEDRECEIVE_TIME64("mq_timedreceive_time64", -1, 419, -1, -1,
            Declaration.of("sys_mq_timedreceive", "mqd_t mqdes, char *u_msg_ptr, size_t msg_len, unsigned int *u_msg_prio, const struct __kernel_timespec *u_abs_timeout")),
    /** {@code semtimedop_time64(int semid, struct sembuf *tsops, unsigned int nsops, const struct __kernel_timespec *timeout)}. */
    SEMTIMEDOP_TIME64("semtimedop_time64", -1, 420, -1, -1,
            Declaration.of("sys_semtimedop", "int semid, struct sembuf *tsops, unsigned int nsops, const struct __kernel_timespec *timeout")),
    /** {@code rt_sigtimedwait_time64(compat_sigset_t *uthese, struct compat_siginfo *uinfo, struct __kernel_timespec *uts, compat_size_t sigsetsize)}. */
    RT_SIGTIMEDWAIT_TIME64("rt_sigtimedwait_time64", -1, 421, -1, -1,
            Declaration.of("compat_sys_rt_sigtimedwait_time64", "compat_sigset_t *uthese, struct compat_siginfo *uinfo, struct __kernel_timespec *uts, compat_size_t sigsetsize")),
    /** {@code futex_time64(u32 *uaddr, int op, u32 val, const struct __kernel_timespec *utime, u32 *uaddr2, u32 val3)}. */
    FUTEX_TIME64("futex_time64", -1, 422, -1, -1,
            Declaration.of("sys_futex", "u32 *uaddr, int op, u32 val, const struct __kernel_timespec *utime, u32 *uaddr2, u32 val3")),
    /** {@code sched_rr_get_interval_time64(pid_t pid, struct __kernel_timespec *interval)}. */
    SCHED_RR_GET_INTERVAL_TIME64("sched_rr_get_interval_time64", -1, 423, -1, -1,
            Declaration.of("sys_sched_rr_get_interval", "pid_t pid, struct __kernel_timespec *interval"));

    /** What became of a call's number in an ABI. */
    public enum Standing {
        /** The kernel has an entry point for it; a kernel built without the feature still answers ENOSYS. */
        IMPLEMENTED,
        /** A kernel of that ABI once had it; today's answers ENOSYS. */
        REMOVED,
        /** A number set aside; no mainline kernel of that ABI ever had the call, all answer ENOSYS. */
        RESERVED,
        /** Only a 32-bit kernel has it; under a 64-bit one it is ENOSYS. */
        KERNEL32
    }

    private static final int ABSENT = -1;

    private static final List<Boolean> X8664_PROMPT = marks(
            39, 95, 96, 100, 102, 104, 107, 108, 110, 111, 118, 120, 121, 124, 135, 146, 147, 186, 201, 228, 229, 309);
    private static final List<Boolean> I386_PROMPT = marks(
            13, 20, 24, 43, 47, 49, 50, 60, 64, 65, 78, 132, 136, 147, 159, 160, 165, 171, 199, 200, 201, 202, 209, 211, 224, 265, 266, 318, 403, 406);
    private static final List<Boolean> X32_PROMPT = marks(
            39, 95, 96, 100, 102, 104, 107, 108, 110, 111, 118, 120, 121, 124, 135, 146, 147, 186, 201, 228, 229, 309);
    private static final List<Boolean> AARCH64_PROMPT = marks(
            92, 113, 114, 125, 126, 148, 150, 153, 155, 156, 166, 168, 169, 172, 173, 174, 175, 176, 177, 178);

    private final String callName;
    private final int x8664;
    private final int i386;
    private final int x32;
    private final int aarch64;
    private final Declaration x8664Declaration;
    private final Declaration i386Declaration;
    private final Declaration x32Declaration;
    private final Declaration aarch64Declaration;

    Syscall(String callName, int x8664, int i386, int x32, int aarch64, Declaration everywhere) {
        this(callName, x8664, i386, x32, aarch64, everywhere, everywhere);
    }

    Syscall(
            String callName,
            int x8664,
            int i386,
            int x32,
            int aarch64,
            Declaration elsewhere,
            Declaration i386Declaration) {
        this(callName, x8664, i386, x32, aarch64, elsewhere, i386Declaration, elsewhere, elsewhere);
    }

    Syscall(
            String callName,
            int x8664,
            int i386,
            int x32,
            int aarch64,
            Declaration x8664Declaration,
            Declaration i386Declaration,
            Declaration x32Declaration,
            Declaration aarch64Declaration) {
        this.callName = callName;
        this.x8664 = x8664;
        this.i386 = i386;
        this.x32 = x32;
        this.aarch64 = aarch64;
        this.x8664Declaration = x8664Declaration;
        this.i386Declaration = i386Declaration;
        this.x32Declaration = x32Declaration;
        this.aarch64Declaration = aarch64Declaration;
    }

    /**
     * Finds a call by the kernel's name for it. Constant time, no allocation.
     *
     * @param callName the name as in {@code <asm/unistd.h>} without {@code __NR_}, for example {@code openat}
     * @return the call, or empty if no ABI has one of that name
     */
    public static Optional<Syscall> named(String callName) {
        return Index.BY_NAME.getOrDefault(callName, Optional.empty());
    }

    /**
     * Finds a call by its number in an ABI. Constant time, no allocation.
     *
     * @param abi whose number it is
     * @param number any number; for {@link Abi#X32} without {@link Abi#X32_SYSCALL_BIT}
     * @return the call, or empty if {@code abi} gives that number to none
     */
    public static Optional<Syscall> numbered(Abi abi, int number) {
        List<Optional<Syscall>> calls = Index.BY_NUMBER.get(abi.ordinal());
        return isWithin(calls, number) ? calls.get(number) : Optional.empty();
    }

    /**
     * {@return whether a number is that of a {@linkplain #prompt() prompt} call} The answer folds to a constant where the
     * JIT compiler knows both arguments.
     *
     * @param abi whose number it is
     * @param number any number
     */
    public static boolean isPrompt(Abi abi, int number) {
        // In methods of at most 35 bytes, which are always inlined; the elements of an unmodifiable list fold (@Stable).
        return abi == Abi.X86_64 ? isMarked(X8664_PROMPT, number) : isPromptElsewhere(abi, number);
    }

    private static boolean isPromptElsewhere(Abi abi, int number) {
        return isMarked(abi == Abi.I386 ? I386_PROMPT : abi == Abi.X32 ? X32_PROMPT : AARCH64_PROMPT, number);
    }

    private static boolean isMarked(List<Boolean> marks, int number) {
        return isWithin(marks, number) && marks.get(number);
    }

    private static boolean isWithin(List<?> table, int number) {
        return number >= 0 && number < table.size();
    }

    private static List<Boolean> marks(int... numbers) {
        Boolean[] marks = new Boolean[numbers[numbers.length - 1] + 1];
        Arrays.fill(marks, false);
        for (int number : numbers) {
            marks[number] = true;
        }
        return List.of(marks);
    }

    /** {@return the kernel's name, for example {@code openat}} */
    public String callName() {
        return callName;
    }

    /**
     * {@return whether an ABI has a number for this call} Whether a kernel does anything for it, {@link #standing} says.
     *
     * @param abi the ABI
     */
    public boolean existsOn(Abi abi) {
        return numberOrAbsent(abi) != ABSENT;
    }

    /**
     * {@return this call's number in an ABI} For {@link Abi#X32} it is without {@link Abi#X32_SYSCALL_BIT}.
     *
     * @param abi the ABI
     * @throws UnsupportedOperationException if {@code abi} has no such call
     */
    public int number(Abi abi) {
        int number = numberOrAbsent(abi);
        if (number == ABSENT) {
            throw absentFrom(abi);
        }
        return number;
    }

    /**
     * {@return the parameters as the kernel declares them for an ABI, at most six} Without any where the call takes none
     * or was never implemented.
     *
     * <p>For {@link Abi#I386} these are the parameters of the 64-bit kernel's compat entry point, which
     * {@code int $0x80} reaches: 64-bit arguments come in two halves, structures are the 32-bit ones.
     *
     * @param abi the ABI
     * @throws UnsupportedOperationException if {@code abi} has no such call
     */
    public List<Parameter> parameters(Abi abi) {
        return declaration(abi).parameters();
    }

    /**
     * {@return what became of this call's number in an ABI}
     *
     * @param abi the ABI
     * @throws UnsupportedOperationException if {@code abi} has no such call
     */
    public Standing standing(Abi abi) {
        return declaration(abi).standing();
    }

    /**
     * {@return the kernel function behind this call, for example {@code sys_newuname}; empty unless its standing is
     * {@link Standing#IMPLEMENTED}}
     *
     * @param abi the ABI
     * @throws UnsupportedOperationException if {@code abi} has no such call
     */
    public Optional<String> entryPoint(Abi abi) {
        return declaration(abi).entryPoint();
    }

    /**
     * {@return whether this call never sleeps, so that it may be made through a linkage that holds up safepoints}
     *
     * <p>A clock made from a descriptor (a negative clock id, {@code clock_gettime(2)}, "Dynamic clocks") is the one
     * exception: reading it may sleep.
     */
    public boolean prompt() {
        return x8664 == ABSENT ? isPrompt(Abi.I386, i386) : isPrompt(Abi.X86_64, x8664);
    }

    /** {@return the kernel's name, as {@link #callName()}} */
    @Override
    public String toString() {
        return callName;
    }

    private int numberOrAbsent(Abi abi) {
        return switch (abi) {
            case X86_64 -> x8664;
            case I386 -> i386;
            case X32 -> x32;
            case AARCH64 -> aarch64;
        };
    }

    private Declaration declaration(Abi abi) {
        if (!existsOn(abi)) {
            throw absentFrom(abi);
        }
        return switch (abi) {
            case X86_64 -> x8664Declaration;
            case I386 -> i386Declaration;
            case X32 -> x32Declaration;
            case AARCH64 -> aarch64Declaration;
        };
    }

    private UnsupportedOperationException absentFrom(Abi abi) {
        List<String> others = new ArrayList<>();
        for (Abi other : Abi.values()) {
            if (existsOn(other)) {
                others.add(other + " (" + numberOrAbsent(other) + ")");
            }
        }
        return new UnsupportedOperationException(
                "the " + abi + " ABI has no system call " + callName + "; it is one of " + String.join(", ", others));
    }

    /** The ways to find a call; every answer is made once, so that finding allocates nothing. */
    private static final class Index {

        static final Map<String, Optional<Syscall>> BY_NAME = byName();
        static final List<List<Optional<Syscall>>> BY_NUMBER = byNumber();

        private static Map<String, Optional<Syscall>> byName() {
            Map<String, Optional<Syscall>> calls = new HashMap<>();
            for (Syscall call : values()) {
                calls.put(call.callName, Optional.of(call));
            }
            return calls;
        }

        private static List<List<Optional<Syscall>>> byNumber() {
            List<List<Optional<Syscall>>> tables = new ArrayList<>();
            for (Abi abi : Abi.values()) {
                tables.add(byNumber(abi));
            }
            return List.copyOf(tables);
        }

        private static List<Optional<Syscall>> byNumber(Abi abi) {
            List<Optional<Syscall>> calls = new ArrayList<>();
            for (Syscall call : values()) {
                int number = call.numberOrAbsent(abi);
                if (number >= calls.size()) {
                    calls.addAll(Collections.nCopies(number + 1 - calls.size(), Optional.empty()));
                }
                if (number != ABSENT) {
                    calls.set(number, Optional.of(call));
                }
            }
            return List.copyOf(calls);
        }
    }
}
