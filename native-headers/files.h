/* Files, directories, links, extended attributes, file systems, terminals. */

/* open, fcntl, fallocate, splice, handles; O_*, F_*, AT_*, SPLICE_F_* */
#include <fcntl.h>
/* stat, statx, chmod, mkdir, mknod, umask; S_I*, STATX_* */
#include <sys/stat.h>
/* read, write, close, lseek, dup, link, access, truncate, fsync, copy_file_range, close_range */
#include <unistd.h>
/* CLOSE_RANGE_* */
#include <linux/close_range.h>
/* readv, writev and their offset forms; RWF_* */
#include <sys/uio.h>
/* rename, renameat, renameat2; RENAME_* */
#include <stdio.h>
/* getdents64 */
#include <dirent.h>
/* statfs, fstatfs */
#include <sys/statfs.h>
/* sendfile */
#include <sys/sendfile.h>
/* flock; LOCK_* */
#include <sys/file.h>
/* extended attributes; XATTR_* */
#include <sys/xattr.h>
/* utime, utimes */
#include <utime.h>
#include <sys/time.h>
/* ioctl and the terminals' requests; TC*, TIO*, FIO* */
#include <sys/ioctl.h>
#include <termios.h>
