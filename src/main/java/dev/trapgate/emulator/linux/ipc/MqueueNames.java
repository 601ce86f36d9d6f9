package dev.trapgate.emulator.linux.ipc;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.Filename;
import dev.trapgate.emulator.linux.fs.FilesStruct;
import dev.trapgate.emulator.linux.fs.FilesStruct.OnExec;
import dev.trapgate.emulator.linux.fs.Permissions;
import dev.trapgate.emulator.linux.fs.tmpfs.InodeOwner;
import dev.trapgate.emulator.linux.kernel.Capability;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.ResourceLimits.Resource;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.UserStructure;
import org.jspecify.annotations.Nullable;

/** Opening POSIX message queues and removing their names: ipc/mqueue.c, Linux 6.18. */
final class MqueueNames {

    private static final int O_CREAT = 0x40;
    private static final int O_EXCL = 0x80;
    private static final int O_NOCTTY = 0x100;
    private static final int O_TRUNC = 0x200;
    private static final int NAME_MAX = 255;
    private static final int DFLT_MSG = 10;
    private static final int DFLT_MSGSIZE = 8192;
    private static final int HARD_MSGMAX = 65_536;
    private static final int HARD_MSGSIZEMAX = 16 << 20;
    private static final int ATTRIBUTES = 8;

    private MqueueNames() {}

    /**
     * How large a queue is to be.
     *
     * @param most how many messages
     * @param longest how many bytes in each
     */
    private record Size(long most, long longest) {}

    private static MqueueMount mount(Task current) {
        return current.process().ipcNamespace().mqueues();
    }

    /** {@code mq_open(2)}: 32-bit programs' attributes are looked at only if the queue may be made. */
    static long open(Task current, PtRegs regs) {
        int flags = (int) regs.argument(2);
        long attributes = regs.argument(4);
        int word = regs.abi().pointerSize();
        Size size = new Size(DFLT_MSG, DFLT_MSGSIZE);
        boolean read = attributes != 0 && (regs.abi() != Abi.I386 || (flags & O_CREAT) != 0);
        if (read) {
            UserStructure given = UserStructure.from(current.uaccess(), attributes, ATTRIBUTES * word);
            if (given == null) {
                return ErrorNumbers.EFAULT;
            }
            size = word == Long.BYTES
                    ? new Size(given.get64(Long.BYTES), given.get64(2 * Long.BYTES))
                    : new Size(given.get32(Integer.BYTES), given.get32(2 * Integer.BYTES));
        }
        Filename name = Filename.get(current, regs.argument(1));
        if (name.error() != 0) {
            return name.error();
        }
        long descriptor = FilesStruct.allocate(current, OnExec.CLOSE);
        if (descriptor < 0) {
            return descriptor;
        }
        long result = open(current, name.text(), flags, (int) regs.argument(3), size, (int) descriptor);
        if (result < 0) {
            current.files().putUnused((int) descriptor);
        }
        return result;
    }

    private static long open(Task current, String name, int flags, int mode, Size size, int descriptor) {
        long refusal = checkName(name);
        if (refusal != 0) {
            return refusal;
        }
        MqueueMount mount = mount(current);
        synchronized (mount) {
            Mqueue queue = mount.find(name);
            if (queue == null) {
                refusal = (flags & O_CREAT) == 0 ? ErrorNumbers.ENOENT : mayMake(current, mount, size);
            } else {
                refusal = mayOpen(current, queue, flags);
            }
            if (refusal != 0) {
                return refusal;
            }
            Mqueue opened = queue == null ? make(current, mount, name, mode, size) : queue;
            return install(current, mount, opened, name, flags, descriptor);
        }
    }

    /** {@code lookup_noperm}. */
    private static long checkName(String name) {
        if (name.equals(".") || name.equals("..") || name.indexOf('/') >= 0) {
            return ErrorNumbers.EACCES;
        }
        return name.length() > NAME_MAX ? ErrorNumbers.ENAMETOOLONG : 0;
    }

    private static long mayOpen(Task current, Mqueue queue, int flags) {
        if ((flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL)) {
            return ErrorNumbers.EEXIST;
        }
        int wanted =
                switch (flags & File.O_ACCMODE) {
                    case 0 -> Permissions.MAY_READ;
                    case File.O_WRONLY -> Permissions.MAY_WRITE;
                    case File.O_RDWR -> Permissions.MAY_READ | Permissions.MAY_WRITE;
                    default -> 0;
                };
        return wanted == 0 ? ErrorNumbers.EINVAL : Permissions.check(current.credentials(), queue, wanted);
    }

    private static long mayMake(Task current, MqueueMount mount, Size size) {
        Credentials someone = current.credentials();
        boolean able = someone.capable(Capability.CAP_SYS_RESOURCE);
        if (mount.queues() >= MqueueMount.QUEUES_MAX && !able) {
            return ErrorNumbers.ENOSPC;
        }
        long most = able ? HARD_MSGMAX : DFLT_MSG;
        long longest = able ? HARD_MSGSIZEMAX : DFLT_MSGSIZE;
        if (size.most <= 0 || size.longest <= 0 || size.most > most || size.longest > longest) {
            return ErrorNumbers.EINVAL;
        }
        long total = mount.bytes() + Mqueue.bytes(size.most, size.longest);
        long limit = current.process().limits().soft(Resource.RLIMIT_MSGQUEUE);
        return Long.compareUnsigned(total, limit) > 0 ? ErrorNumbers.EMFILE : 0;
    }

    private static Mqueue make(Task current, MqueueMount mount, String name, int mode, Size size) {
        int permissions = mode & ~current.process().fs().umask();
        Mqueue queue = new Mqueue(mount, InodeOwner.of(current), permissions, size.most, size.longest);
        mount.account(Mqueue.bytes(size.most, size.longest));
        mount.add(name, queue);
        return queue;
    }

    private static long install(
            Task current, MqueueMount mount, Mqueue queue, String name, int flags, int descriptor) {
        if ((flags & File.O_DIRECT) != 0 && (flags & File.O_PATH) == 0) {
            return ErrorNumbers.EINVAL;
        }
        int kept = flags & ~(O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | File.O_CLOEXEC);
        queue.opened();
        File file = new File(mount.superBlock().path(queue, name), kept, queue.operations());
        current.files().install(descriptor, file);
        return descriptor;
    }

    /** {@code mq_unlink(2)}: the directory is the superuser's and sticky. */
    static long unlink(Task current, PtRegs regs) {
        Filename name = Filename.get(current, regs.argument(1));
        long refusal = name.error() != 0 ? name.error() : checkName(name.text());
        if (refusal != 0) {
            return refusal;
        }
        MqueueMount mount = mount(current);
        Mqueue queue;
        synchronized (mount) {
            queue = mount.find(name.text());
            refusal = mayUnlink(current.credentials(), queue);
            if (refusal == 0) {
                mount.remove(name.text());
            }
        }
        if (refusal == 0 && queue != null) {
            queue.unlinked();
        }
        return refusal;
    }

    private static long mayUnlink(Credentials someone, @Nullable Mqueue queue) {
        if (queue == null) {
            return ErrorNumbers.ENOENT;
        }
        boolean owns = someone.fsuid() == queue.uid() || someone.fsuid() == 0;
        return owns || someone.capable(Capability.CAP_FOWNER) ? 0 : ErrorNumbers.EPERM;
    }
}
