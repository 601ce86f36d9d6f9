package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.drivers.CharacterDevices;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Opening the few devices there are, until paths are resolved. */
final class DeviceNames {

    private static final int PATH_MAX = 4096;
    private static final Map<String, Integer> DEVICES = Map.of(
            "/dev/null", CharacterDevices.NULL,
            "/dev/zero", CharacterDevices.ZERO,
            "/dev/full", CharacterDevices.FULL,
            "/dev/random", CharacterDevices.RANDOM,
            "/dev/urandom", CharacterDevices.URANDOM);

    private DeviceNames() {}

    static long open(Task current, PtRegs regs) {
        return openDevice(current, regs.argument(1));
    }

    static long openat(Task current, PtRegs regs) {
        return openDevice(current, regs.argument(2));
    }

    private static long openDevice(Task current, long address) {
        byte[] name = new byte[PATH_MAX];
        int length = 0;
        while (length < PATH_MAX) {
            if (current.uaccess()
                            .copyFromUser(java.lang.foreign.MemorySegment.ofArray(name), length, address + length, 1)
                    != 0) {
                return ErrorNumbers.EFAULT;
            }
            if (name[length] == 0) {
                break;
            }
            length++;
        }
        if (length == PATH_MAX) {
            return ErrorNumbers.ENAMETOOLONG;
        }
        String path = new String(name, 0, length, StandardCharsets.ISO_8859_1);
        int device = DEVICES.getOrDefault(path, 0);
        FileOperations operations = CharacterDevices.find(device).orElse(null);
        if (operations == null) {
            return ErrorNumbers.ENOENT;
        }
        PseudoSuperBlock place = current.process().mounts().devpts();
        Inode inode = new DeviceInode(place, 0666, device, operations);
        File file = new File(place.path(inode, path), File.O_RDWR | File.O_LARGEFILE, operations);
        return FilesStruct.open(current, file, FilesStruct.OnExec.KEEP);
    }
}
