/* Arithmetic of every width, shifts, division, multiplication, comparison. */
#include "start.h"

static u32 state = 12345;

static u32 next(void)
{
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}

static u64 wide(void)
{
    return (u64)next() << 32 | next();
}

static u64 mix(u64 a, u64 b, int n)
{
    u64 sum = a + b;
    u64 difference = a - b;
    u64 product = a * b;
    u64 shifted = (a << (n & 63)) ^ (b >> (n & 63)) ^ (u64)((s64)a >> (n & 31));
    u64 rotated = a << (n & 63) | a >> (-n & 63);
    return sum ^ difference * 3 ^ product ^ shifted ^ rotated;
}

static u32 narrow(int a, int b)
{
    short s = (short)(a * 7 + b);
    signed char c = (signed char)(a - b);
    u8 uc = (u8)(a / (b | 1));
    u16 us = (u16)(a % (b | 3));
    u32 result = (u32)(s * c) ^ (u32)(uc << 5) ^ us;
    if (a < b)
        result += 17;
    if ((u32)a < (u32)b)
        result ^= 0x5555;
    if (s > c)
        result -= 3;
    return result ^ (u32)((long)a * b >> 7);
}

int run(int argc, char **argv, char **envp)
{
    u64 sum = 0;
    (void)argv;
    (void)envp;
    for (int i = 0; i < 20000; i++) {
        u64 a = wide(), b = wide();
        sum += mix(a, b, i);
        sum ^= narrow((int)next(), (int)next());
        sum += a > b ? 1 : 2;
        sum += (s64)a > (s64)b ? 4 : 8;
        sum ^= (u64)(a & 0xff) << (__builtin_ctz((u32)b | 256) + __builtin_clz((u32)a | 1));
        sum += __builtin_bswap32((u32)a);
    }
    text("integers ");
    hex(sum);
    put('\n');
    return (int)(sum + argc) & 63;
}
