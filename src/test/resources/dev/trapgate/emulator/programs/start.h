/* What a program needs without a C library: an entry, and system calls. */
typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef long long s64;

int run(int argc, char **argv, char **envp);

#ifdef __x86_64__
__asm__(".globl _start\n_start:\n\txor %ebp, %ebp\n\tmov (%rsp), %edi\n\tlea 8(%rsp), %rsi\n"
        "\tlea 8(%rsi,%rdi,8), %rdx\n\tand $-16, %rsp\n\tcall begin\n");
static long call3(long number, long a, long b, long c)
{
    long result;
    __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
    return result;
}
#define NR_write 1
#define NR_exit 60
#else
__asm__(".globl _start\n_start:\n\txor %ebp, %ebp\n\tmov (%esp), %eax\n\tlea 4(%esp), %ecx\n"
        "\tlea 4(%ecx,%eax,4), %edx\n\tand $-16, %esp\n\tsub $4, %esp\n\tpush %edx\n\tpush %ecx\n\tpush %eax\n\tcall begin\n");
static long call3(long number, long a, long b, long c)
{
    long result;
    __asm__ volatile("int $0x80" : "=a"(result) : "a"(number), "b"(a), "c"(b), "d"(c) : "memory");
    return result;
}
#define NR_write 4
#define NR_exit 1
#endif

void *memcpy(void *to, const void *from, unsigned long size)
{
    u8 *t = to;
    const u8 *f = from;
    while (size--)
        *t++ = *f++;
    return to;
}

void *memset(void *to, int value, unsigned long size)
{
    u8 *t = to;
    while (size--)
        *t++ = (u8)value;
    return to;
}

static unsigned long length(const char *text)
{
    unsigned long n = 0;
    while (text[n])
        n++;
    return n;
}

static char buffer[4096];
static unsigned used;

static void flush(void)
{
    call3(NR_write, 1, (long)buffer, used);
    used = 0;
}

static void put(char c)
{
    if (used == sizeof buffer)
        flush();
    buffer[used++] = c;
}

static void text(const char *s)
{
    while (*s)
        put(*s++);
}

static void hex(u64 value)
{
    for (int shift = 60; shift >= 0; shift -= 4)
        put("0123456789abcdef"[value >> shift & 15]);
}

static void decimal(int value)
{
    char digits[12];
    int n = 0;
    unsigned rest = value < 0 ? -(unsigned)value : (unsigned)value;
    do
        digits[n++] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0)
        put('-');
    while (n)
        put(digits[--n]);
}

__attribute__((used)) void begin(int argc, char **argv, char **envp)
{
    int status = run(argc, argv, envp);
    flush();
    call3(NR_exit, status, 0, 0);
    __builtin_unreachable();
}
