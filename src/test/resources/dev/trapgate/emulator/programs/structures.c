/* Recursion, structures, function pointers, strings, sorting, switch tables. */
#include "start.h"

struct node {
    struct node *left, *right;
    int key;
    u16 depth;
    u8 mark[5];
};

static struct node nodes[2000];
static int count;

static struct node *insert(struct node *root, int key, int depth)
{
    if (!root) {
        struct node *fresh = &nodes[count++];
        fresh->key = key;
        fresh->depth = (u16)depth;
        memset(fresh->mark, key & 255, sizeof fresh->mark);
        return fresh;
    }
    if (key < root->key)
        root->left = insert(root->left, key, depth + 1);
    else if (key > root->key)
        root->right = insert(root->right, key, depth + 1);
    return root;
}

static int walk(const struct node *root, int (*visit)(const struct node *))
{
    return root ? walk(root->left, visit) + visit(root) + walk(root->right, visit) : 0;
}

static int weigh(const struct node *n)
{
    return n->depth * n->mark[3] + (n->key & 15);
}

static int one(const struct node *n)
{
    return n->key != 0;
}

static int ackermann(int m, int n)
{
    return m == 0 ? n + 1 : n == 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1));
}

static int fibonacci(int n)
{
    return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

static void sort(int *from, int *to)
{
    int *i = from, *j = to, pivot = from[(to - from) / 2];
    while (i <= j) {
        while (*i < pivot)
            i++;
        while (*j > pivot)
            j--;
        if (i <= j) {
            int swap = *i;
            *i++ = *j;
            *j-- = swap;
        }
    }
    if (from < j)
        sort(from, j);
    if (i < to)
        sort(i, to);
}

static const char *word(int n)
{
    switch (n % 11) {
    case 0: return "nought";
    case 1: return "one";
    case 2: return "two";
    case 3: return "three";
    case 4: return "four";
    case 5: return "five";
    case 6: return "six";
    case 8: return "eight";
    case 9: return "nine";
    default: return "many";
    }
}

static u32 crc32(const u8 *bytes, unsigned long size)
{
    u32 crc = ~0u;
    for (unsigned long i = 0; i < size; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (0xedb88320 & -(crc & 1));
    }
    return ~crc;
}

int run(int argc, char **argv, char **envp)
{
    static int numbers[5000];
    struct node *root = 0;
    u32 seed = 1;
    for (int i = 0; i < 2000; i++) {
        seed = seed * 1103515245 + 12345;
        root = insert(root, (int)(seed >> 8), 0);
    }
    text("tree ");
    decimal(walk(root, weigh));
    put(' ');
    decimal(walk(root, one));
    put('\n');
    for (int i = 0; i < 5000; i++) {
        seed = seed * 1103515245 + 12345;
        numbers[i] = (int)seed;
    }
    sort(numbers, numbers + 4999);
    int sorted = 1;
    for (int i = 1; i < 5000; i++)
        sorted &= numbers[i - 1] <= numbers[i];
    text(sorted ? "sorted " : "unsorted ");
    hex(crc32((const u8 *)numbers, sizeof numbers));
    put('\n');
    decimal(ackermann(2, 9));
    put(' ');
    decimal(fibonacci(20));
    put('\n');
    for (int i = 0; i < 22; i++) {
        text(word(i));
        put(i == 21 ? '\n' : ' ');
    }
    for (int i = 0; i < argc; i++) {
        text(argv[i]);
        put(' ');
        decimal((int)length(argv[i]));
        put('\n');
    }
    for (; *envp; envp++) {
        text(*envp);
        put('\n');
    }
    return 42;
}
