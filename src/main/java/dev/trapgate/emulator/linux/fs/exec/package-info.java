/** Programs from files: fs/exec.c and fs/binfmt_elf.c, Linux 5.17. */
@NullMarked
package dev.trapgate.emulator.linux.fs.exec;

import org.jspecify.annotations.NullMarked;
