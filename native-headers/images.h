/* Program images: what the kernel hands to a process, and how to read the vDSO. */

/* ELF headers, segments, dynamic tables, symbols, versions, auxiliary vector entries */
#include <elf.h>
/* getauxval */
#include <sys/auxv.h>
