package dev.trapgate.emulator.linux.net.core;

import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.FilesStruct;
import dev.trapgate.emulator.linux.fs.FilesStruct.OnExec;
import dev.trapgate.emulator.linux.kernel.Capability;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Pids;
import dev.trapgate.emulator.linux.kernel.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What goes along with messages of AF_UNIX: net/core/scm.c, Linux 6.18. */
public final class Scm {

    private static final int SCM_RIGHTS = 1;
    private static final int SCM_CREDENTIALS = 2;
    private static final int SCM_MAX_FD = 253;

    private Scm() {}

    /** What was fetched, or why nothing was. */
    public record Fetched(ScmCookie cookie, long error) {}

    /** What was fetched so far. */
    private static final class Draft {
        private final List<PassedFile> files = new ArrayList<>();
        private Ucred sender;

        Draft(Task current) {
            sender = Ucred.sender(current);
        }
    }

    /**
     * Fetches what goes along with a message: {@code scm_send}.
     *
     * @param current the calling task
     * @param message the message
     * @param passing makes a file one that is on its way
     * @return the files, each with a reference of its own, and who sends; or −EINVAL, −EBADF, −EPERM, −ESRCH
     */
    public static Fetched fetch(Task current, Message message, Function<File, PassedFile> passing) {
        Draft draft = new Draft(current);
        long error = ControlMessage.forEach(
                message, piece -> piece.level() == SockOptions.SOL_SOCKET ? one(current, draft, piece, passing) : 0);
        if (error != 0) {
            draft.files.forEach(PassedFile::drop);
            return new Fetched(ScmCookie.NONE, error);
        }
        return new Fetched(new ScmCookie(draft.sender, draft.files), 0);
    }

    private static long one(Task current, Draft draft, ControlMessage piece, Function<File, PassedFile> passing) {
        return switch (piece.type()) {
            case SCM_RIGHTS -> files(current, draft, piece, passing);
            case SCM_CREDENTIALS -> credentials(current, draft, piece);
            default -> ErrorNumbers.EINVAL;
        };
    }

    /** {@code scm_fp_copy}. */
    private static long files(Task current, Draft draft, ControlMessage piece, Function<File, PassedFile> passing) {
        long count = piece.size() / Integer.BYTES;
        if (count > SCM_MAX_FD || draft.files.size() + count > SCM_MAX_FD) {
            return ErrorNumbers.EINVAL;
        }
        for (int i = 0; i < count; i++) {
            int descriptor = piece.get32((long) i * Integer.BYTES);
            File file = descriptor < 0 ? null : current.files().getRaw(descriptor);
            if (file == null) {
                return ErrorNumbers.EBADF;
            }
            draft.files.add(passing.apply(file));
        }
        return 0;
    }

    private static long credentials(Task current, Draft draft, ControlMessage piece) {
        if (piece.size() != Ucred.SIZE) {
            return ErrorNumbers.EINVAL;
        }
        Ucred said = new Ucred(piece.get32(0), piece.get32(4), piece.get32(8), List.of());
        if (said.uid() == -1 || said.gid() == -1) {
            return ErrorNumbers.EINVAL;
        }
        if (!mayClaim(current, said)) {
            return ErrorNumbers.EPERM;
        }
        if (said.pid() != current.process().tgid() && Pids.find(current, said.pid() == 0 ? -1 : said.pid()) == null) {
            return ErrorNumbers.ESRCH;
        }
        draft.sender = said;
        return 0;
    }

    /** {@code scm_check_creds}. */
    private static boolean mayClaim(Task current, Ucred said) {
        Credentials own = current.credentials();
        boolean pid = said.pid() == current.process().tgid() || own.capable(Capability.CAP_SYS_ADMIN);
        boolean uid = said.uid() == own.uid()
                || said.uid() == own.euid()
                || said.uid() == own.suid()
                || own.capable(Capability.CAP_SETUID);
        boolean gid = said.gid() == own.gid()
                || said.gid() == own.egid()
                || said.gid() == own.sgid()
                || own.capable(Capability.CAP_SETGID);
        boolean valid = said.uid() != -1 && said.gid() != -1;
        return !valid || (pid && uid && gid);
    }

    /**
     * Hands over what came along with a message: {@code scm_recv_unix}.
     *
     * @param current the calling task
     * @param sock the receiver
     * @param message the message
     * @param cookie what came; the files are used up
     */
    public static void deliver(Task current, Sock sock, Message message, ScmCookie cookie) {
        boolean wantsSender = sock.options().has(SockOptions.SO_PASSCRED);
        if (message.control().isAbsent()) {
            if (wantsSender || !cookie.files().isEmpty()) {
                message.tell(Message.MSG_CTRUNC);
            }
        } else {
            if (wantsSender) {
                byte[] who = cookie.sender().shown().bytes();
                message.control().put(current, message, SockOptions.SOL_SOCKET, SCM_CREDENTIALS, who);
            }
            if (!cookie.files().isEmpty()) {
                deliverFiles(current, message, cookie.files());
            }
        }
        cookie.files().forEach(PassedFile::drop);
    }

    /** {@code scm_detach_fds}: as many as there is room for, and as the task may open. */
    private static void deliverFiles(Task current, Message message, List<PassedFile> files) {
        ControlBuffer control = message.control();
        long most = Math.min(control.roomForDescriptors(), files.size());
        int done = 0;
        while (done < most && deliverFile(current, message, files.get(done).file(), done)) {
            done++;
        }
        if (done > 0) {
            control.putDescriptors(current, SockOptions.SOL_SOCKET, SCM_RIGHTS, done);
        }
        if (done < files.size()) {
            message.tell(Message.MSG_CTRUNC);
        }
    }

    private static boolean deliverFile(Task current, Message message, File file, int index) {
        OnExec onExec = message.has(Message.MSG_CMSG_CLOEXEC) ? OnExec.CLOSE : OnExec.KEEP;
        long descriptor = FilesStruct.allocate(current, onExec);
        if (descriptor < 0) {
            return false;
        }
        if (!current.uaccess().putUser32(message.control().descriptorAddress(index), descriptor)) {
            current.files().putUnused((int) descriptor);
            return false;
        }
        current.files().install((int) descriptor, file.acquire());
        return true;
    }
}
