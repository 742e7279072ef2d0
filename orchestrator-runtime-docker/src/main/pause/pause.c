/*
 * The first process of a pod's sandbox: holds the namespaces, reaps orphans, and ends at SIGTERM or SIGINT.
 *
 * Freestanding, so that the binary is small enough to live in the jar. All signals are blocked and taken one by one:
 * a blocked signal is queued even for process 1, so no handlers are needed.
 */
#if defined(__x86_64__)
#define SYS_wait4 61
#define SYS_exit 60
#define SYS_rt_sigprocmask 14
#define SYS_rt_sigtimedwait 128

static long call4(long n, long a, long b, long c, long d) {
    long result;
    register long r10 __asm__("r10") = d;
    __asm__ volatile("syscall" : "=a"(result) : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10) : "rcx", "r11", "memory");
    return result;
}
#elif defined(__aarch64__)
#define SYS_wait4 260
#define SYS_exit 93
#define SYS_rt_sigprocmask 135
#define SYS_rt_sigtimedwait 137

static long call4(long n, long a, long b, long c, long d) {
    register long x8 __asm__("x8") = n;
    register long x0 __asm__("x0") = a;
    register long x1 __asm__("x1") = b;
    register long x2 __asm__("x2") = c;
    register long x3 __asm__("x3") = d;
    __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3) : "memory");
    return x0;
}
#else
#error "no system calls known for this architecture"
#endif

#define SIGINT 2
#define SIGTERM 15
#define SIGCHLD 17
#define SIG_BLOCK 0
#define WNOHANG 1

void _start(void) {
    unsigned long all = ~0UL;
    call4(SYS_rt_sigprocmask, SIG_BLOCK, (long)&all, 0, sizeof all);
    for (;;) {
        long signal = call4(SYS_rt_sigtimedwait, (long)&all, 0, 0, sizeof all);
        if (signal == SIGTERM || signal == SIGINT) {
            call4(SYS_exit, 0, 0, 0, 0);
        }
        if (signal == SIGCHLD) {
            while (call4(SYS_wait4, -1, 0, WNOHANG, 0) > 0) {
            }
        }
    }
}
