/* What is hard to follow step by step: signals, flags pushed under a tracer, repetition, CPUID, a stack that grows, a child, exec. */
#include "start.h"

#ifdef __x86_64__
#define NR_rt_sigaction 13
#define NR_rt_sigreturn 15
#define NR_getpid 39
#define NR_kill 62
#define NR_fork 57
#define NR_wait4 61
#define NR_execve 59
#define RESTORER "mov $15, %eax\n\tsyscall\n"
#else
#define NR_rt_sigaction 174
#define NR_rt_sigreturn 173
#define NR_getpid 20
#define NR_kill 37
#define NR_fork 2
#define NR_wait4 114
#define NR_execve 11
#define RESTORER "mov $173, %eax\n\tint $0x80\n"
#endif

#define SA_SIGINFO 4
#define SA_RESTORER 0x04000000
#define SA_NODEFER 0x40000000

__asm__("restore:\n\t" RESTORER);
void restore(void);

struct action {
    void (*handler)(int, void *, void *);
    unsigned long flags;
    void (*restorer)(void);
    u64 mask;
};

static volatile int taken;

/* Leads the instruction that faulted around: ip is the 17th word of uc_mcontext in 64 bits, the 15th in 32. */
static void handler(int signal, void *info, void *context)
{
    (void)info;
    taken += signal;
    if (signal == 10)
        return;
#ifdef __x86_64__
    u64 *ip = (u64 *)((u8 *)context + 40) + 16;
    *ip += 2;
#else
    u32 *ip = (u32 *)((u8 *)context + 20) + 14;
    *ip += 2;
#endif
}

static long call4(long number, long a, long b, long c, long d)
{
    long result;
#ifdef __x86_64__
    register long r10 __asm__("r10") = d;
    __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10) : "rcx", "r11", "memory");
#else
    __asm__ volatile("int $0x80" : "=a"(result) : "a"(number), "b"(a), "c"(b), "d"(c), "S"(d) : "memory");
#endif
    return result;
}

static void handle(int signal)
{
    struct action action = {handler, SA_SIGINFO | SA_RESTORER | SA_NODEFER, restore, 0};
    call4(NR_rt_sigaction, signal, (long)&action, 0, 8);
}

static int deep(int depth)
{
    volatile u8 frame[4096];
    frame[0] = (u8)depth;
    return depth ? deep(depth - 1) + frame[0] : 0;
}

static unsigned long flags(void)
{
    unsigned long value;
    __asm__ volatile("std\n\tpushf\n\tcld\n\tpop %0" : "=r"(value));
    return value;
}

static u8 area[20000];

static void copies(void)
{
    unsigned long count = sizeof area;
    u8 *to = area;
    __asm__ volatile("rep stosb" : "+D"(to), "+c"(count) : "a"(7) : "memory");
    count = sizeof area / 8;
    to = area;
    const u8 *from = area + sizeof area / 2;
    __asm__ volatile("rep movsl" : "+D"(to), "+S"(from), "+c"(count) : : "memory");
}

int run(int argc, char **argv, char **envp)
{
    u32 eax = 0, ebx, ecx, edx;
    int status = 0;
    char *again[] = {argv[0], "again", 0};

    if (argc > 1) {
        text("again\n");
        return taken + 42;
    }
    handle(4);
    handle(10);
    handle(11);
    __asm__ volatile("ud2");
    __asm__ volatile(".byte 0x8a, 0x00" : : "a"(0)); /* mov (%rax), %al */
    call3(NR_kill, call3(NR_getpid, 0, 0, 0), 10, 0);
    decimal(taken);
    text(" taken\n");
    __asm__ volatile("cpuid" : "+a"(eax), "=b"(ebx), "=c"(ecx), "=d"(edx));
    hex(ebx);
    hex(flags());
    decimal(deep(40));
    copies();
    put((char)('0' + area[5]));
    put('\n');
    flush();
    long child = call3(NR_fork, 0, 0, 0);
    if (child == 0)
        call3(NR_exit, 3, 0, 0);
    call4(NR_wait4, child, (long)&status, 0, 0);
    decimal(status);
    put('\n');
    flush();
    call3(NR_execve, (long)argv[0], (long)again, (long)envp);
    return 1;
}
