/* What programs do with a C library, one part for each name given as the first argument. Each prints what it found. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <math.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static unsigned seed = 12345;
static unsigned next(void) { return seed = seed * 1103515245u + 12345u; }

static int floats(void) {
    static const char *const texts[] = {"0.1", "1e308", "4.9e-324", "-123456.789", "inf", "nan", "0x1.8p3", "2.5e-10", "1e23"};
    for (unsigned i = 0; i < sizeof texts / sizeof *texts; i++) {
        double d;
        float f;
        long double l;
        sscanf(texts[i], "%lf", &d);
        sscanf(texts[i], "%f", &f);
        sscanf(texts[i], "%Lf", &l);
        printf("%s: %g %.17g %e %a | %.9g | %.21Lg %La\n", texts[i], d, d, d, d, f, l, l);
    }
    for (int i = 1; i <= 20; i++)
        printf("%.15g %.15g %.15g %.15g\n", sqrt(i), (double)i / 7, floor(-i / 3.0), fmod(i * 10, 7));
    printf("%ld %lld %d\n", lrint(2.5), llrint(-3.5), (int)1e9);
    return 0;
}

static int compare(const void *a, const void *b) {
    int x = *(const int *)a, y = *(const int *)b;
    return x < y ? -1 : x > y;
}

static int sort(void) {
    static int numbers[20000];
    unsigned long sum = 0;
    for (int i = 0; i < 20000; i++) numbers[i] = (int)next();
    qsort(numbers, 20000, sizeof *numbers, compare);
    for (int i = 1; i < 20000; i++) {
        if (numbers[i - 1] > numbers[i]) return 1;
        sum = sum * 31 + (unsigned)numbers[i];
    }
    int key = numbers[777];
    int *found = bsearch(&key, numbers, 20000, sizeof *numbers, compare);
    printf("%u %d %d\n", (unsigned)sum, numbers[0], found != NULL && *found == key);
    return 0;
}

static jmp_buf place;
static sigjmp_buf signalPlace;
static int depth(int n) {
    if (n == 0) longjmp(place, 7);
    return depth(n - 1) + 1;
}
static void fault(int number) { siglongjmp(signalPlace, number); }

static int jumps(void) {
    volatile int before = 3;
    int got = setjmp(place);
    if (got == 0) {
        before = 4;
        depth(100);
    }
    printf("%d %d\n", got, before);
    signal(SIGSEGV, fault);
    int number = sigsetjmp(signalPlace, 1);
    if (number == 0) *(volatile int *)16 = 1;
    printf("fault %d\n", number);
    sigset_t mask;
    sigprocmask(SIG_SETMASK, NULL, &mask);
    printf("blocked %d\n", sigismember(&mask, SIGSEGV));
    return 0;
}

static volatile sig_atomic_t count;
static void handler(int number, siginfo_t *info, void *context) {
    (void)context;
    count += number == SIGUSR1 ? 1 : 100;
    if (info->si_code == SI_QUEUE) count += info->si_value.sival_int;
}

static int signals(void) {
    struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};
    sigaction(SIGUSR1, &action, NULL);
    sigaction(SIGALRM, &action, NULL);
    raise(SIGUSR1);
    kill(getpid(), SIGUSR1);
    union sigval value = {.sival_int = 1000};
    sigqueue(getpid(), SIGUSR1, value);
    printf("%d\n", (int)count);
    sigset_t set, old;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigprocmask(SIG_BLOCK, &set, &old);
    raise(SIGUSR1);
    raise(SIGUSR1);
    printf("blocked %d\n", (int)count);
    sigprocmask(SIG_SETMASK, &old, NULL);
    printf("let in %d\n", (int)count);
    struct itimerval timer = {.it_value = {0, 20000}};
    setitimer(ITIMER_REAL, &timer, NULL);
    int paused = pause();
    printf("%d %d %d\n", paused, errno == EINTR, (int)count);
    return 0;
}

static int listening(struct sockaddr_in *address) {
    int server = socket(AF_INET, SOCK_STREAM, 0);
    memset(address, 0, sizeof *address);
    address->sin_family = AF_INET;
    address->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof *address;
    if (bind(server, (struct sockaddr *)address, size) || listen(server, 8)) return -1;
    getsockname(server, (struct sockaddr *)address, &size);
    return server;
}

static int selects(void) {
    struct sockaddr_in address;
    int server = listening(&address), clients[4], peers[4] = {-1, -1, -1, -1}, accepted = 0, echoed = 0;
    for (int i = 0; i < 4; i++) {
        clients[i] = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(clients[i], (struct sockaddr *)&address, sizeof address)) return 1;
        dprintf(clients[i], "client %d", i);
    }
    while (echoed < 4) {
        fd_set set;
        int most = server;
        FD_ZERO(&set);
        FD_SET(server, &set);
        for (int i = 0; i < accepted; i++)
            if (peers[i] >= 0) {
                FD_SET(peers[i], &set);
                most = peers[i] > most ? peers[i] : most;
            }
        struct timeval limit = {5, 0};
        if (select(most + 1, &set, NULL, NULL, &limit) <= 0) return 2;
        if (FD_ISSET(server, &set)) peers[accepted++] = accept(server, NULL, NULL);
        for (int i = 0; i < accepted; i++)
            if (peers[i] >= 0 && FD_ISSET(peers[i], &set)) {
                char text[64];
                long got = read(peers[i], text, sizeof text);
                if (write(peers[i], text, (size_t)got) != got) return 3;
                close(peers[i]);
                peers[i] = -1;
                echoed++;
            }
    }
    for (int i = 0; i < 4; i++) {
        char text[64] = {0};
        if (read(clients[i], text, sizeof text - 1) < 0) return 4;
        printf("%s\n", text);
    }
    return 0;
}

static int epolls(void) {
    struct sockaddr_in address;
    int server = listening(&address), epoll = epoll_create1(0), client = socket(AF_INET, SOCK_STREAM, 0), peer = -1;
    struct epoll_event event = {.events = EPOLLIN, .data.fd = server};
    epoll_ctl(epoll, EPOLL_CTL_ADD, server, &event);
    if (connect(client, (struct sockaddr *)&address, sizeof address)) return 1;
    long total = 0;
    static char block[3000];
    for (int sent = 0; sent < 20;) {
        struct epoll_event ready[4];
        if (peer >= 0 && write(client, block, sizeof block) == sizeof block) sent++;
        int n = epoll_wait(epoll, ready, 4, 5000);
        for (int i = 0; i < n; i++) {
            if (ready[i].data.fd == server) {
                peer = accept(server, NULL, NULL);
                event.data.fd = peer;
                epoll_ctl(epoll, EPOLL_CTL_ADD, peer, &event);
            } else {
                total += read(peer, block, sizeof block);
            }
        }
        if (n <= 0) return 2;
    }
    close(client);
    long got;
    while ((got = read(peer, block, sizeof block)) > 0) total += got;
    printf("%ld %ld\n", total, got);
    return 0;
}

static unsigned long churn(unsigned own) {
    void *kept[64] = {0};
    unsigned long sum = 0;
    for (int i = 0; i < 4000; i++) {
        own = own * 1103515245u + 12345u;
        unsigned at = own >> 16 & 63, size = (own >> 8 & 0xfff) + 1;
        if (own >> 28 == 0) size *= 64;
        if (kept[at]) sum += *(unsigned char *)kept[at];
        free(kept[at]);
        kept[at] = malloc(size);
        memset(kept[at], (int)(size & 0xff), size);
    }
    for (int i = 0; i < 64; i++) free(kept[i]);
    return sum;
}

static int mallocs(void) {
    printf("%lu\n", churn(1));
    char *grown = NULL;
    for (size_t size = 1; size < 4000000; size *= 3) {
        grown = realloc(grown, size);
        grown[size - 1] = 'x';
        if (size >= 3 && grown[size / 3 - 1] != 'x') return 1;
    }
    free(grown);
    return 0;
}

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static long shared;
static int turn;
static __thread int own;

static void *adds(void *argument) {
    own = (int)(long)argument;
    for (int i = 0; i < 5000; i++) {
        pthread_mutex_lock(&mutex);
        shared += own;
        pthread_mutex_unlock(&mutex);
    }
    return (void *)churn((unsigned)own);
}

static void *turns(void *argument) {
    int mine = (int)(long)argument;
    for (int i = 0; i < 200; i++) {
        pthread_mutex_lock(&mutex);
        while (turn != mine) pthread_cond_wait(&condition, &mutex);
        turn = !mine;
        shared++;
        pthread_cond_broadcast(&condition);
        pthread_mutex_unlock(&mutex);
    }
    return NULL;
}

static int threads(void) {
    pthread_t all[8];
    unsigned long sum = 0;
    for (long i = 0; i < 8; i++)
        if (pthread_create(&all[i], NULL, adds, (void *)(i + 1))) return 1;
    for (int i = 0; i < 8; i++) {
        void *result;
        pthread_join(all[i], &result);
        sum += (unsigned long)result;
    }
    printf("%ld %lu %d\n", shared, sum, own);
    shared = 0;
    pthread_create(&all[0], NULL, turns, (void *)0);
    pthread_create(&all[1], NULL, turns, (void *)1);
    pthread_join(all[0], NULL);
    pthread_join(all[1], NULL);
    printf("%ld\n", shared);
    return 0;
}

static int forks(void) {
    int down[2], up[2];
    if (pipe(down) || pipe(up)) return 1;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        char c;
        close(down[1]);
        while (read(down[0], &c, 1) == 1) {
            c = (char)(c >= 'a' && c <= 'z' ? c - 32 : c);
            if (write(up[1], &c, 1) != 1) _exit(2);
        }
        _exit(23);
    }
    close(down[0]);
    close(up[1]);
    if (write(down[1], "through pipes\n", 14) != 14) return 2;
    close(down[1]);
    char text[64] = {0};
    long done = 0, got;
    while ((got = read(up[0], text + done, sizeof text - 1 - (size_t)done)) > 0) done += got;
    int status;
    waitpid(child, &status, 0);
    printf("%s%d %d\n", text, WIFEXITED(status), WEXITSTATUS(status));
    fflush(stdout);
    child = fork();
    if (child == 0) {
        pause();
        _exit(0);
    }
    kill(child, SIGTERM);
    waitpid(child, &status, 0);
    printf("%d %d\n", WIFSIGNALED(status), WTERMSIG(status));
    fflush(stdout);
    child = fork();
    if (child == 0) {
        execl("/proc/self/exe", "suite", "floats", (char *)NULL);
        _exit(127);
    }
    waitpid(child, &status, 0);
    printf("%d\n", WEXITSTATUS(status));
    return 0;
}

int main(int argc, char **argv) {
    static const struct {
        const char *name;
        int (*run)(void);
    } parts[] = {{"floats", floats}, {"sort", sort}, {"jumps", jumps}, {"signals", signals}, {"select", selects},
        {"epoll", epolls}, {"malloc", mallocs}, {"threads", threads}, {"fork", forks}};
    for (unsigned i = 0; argc > 1 && i < sizeof parts / sizeof *parts; i++)
        if (strcmp(argv[1], parts[i].name) == 0) return parts[i].run();
    return 64;
}
