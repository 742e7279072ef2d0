/*
 * The first process of a container that is a process of the machine: becomes the leader of a session, goes into what the container
 * is to be in, begins the command, and outlives it to note how it ended. One small program in the place of several: most of what a
 * container costs to begin is what the loader does for each program.
 *
 * Freestanding, so that the binary is small enough to live in the jar, and obeys no variable: it runs with the rights of the agent
 * and gets the variables of the container, which it hands to the command and does not look at.
 *
 *   holder orchestrator-container FOLDER OPTION... -- PROGRAM WORD...
 *
 *   -x                 become PROGRAM and hold nothing; before all others
 *   -X                 likewise, in the session of whoever began it
 *   -e FILE            enter the control group with this file of processes; before the following
 *   -d BYTES           no process may have more data; before the following
 *   -u USERS GROUPS    a user namespace with these maps
 *   -n                 a mount namespace, from which nothing gets out
 *   -h NAME            a name of its own for the machine
 *   -b SOURCE TARGET   show a file at the place of another
 *   -r FOLDER          all that is mounted there and below is read-only from now on
 *   -w FOLDER          what is mounted there and below may be written
 *   -W FOLDER          what is mounted there may be written, where there is a mount and the machine lets it
 *   -c FOLDER          go there, as another may have been mounted over where it is
 *   -s FILTER          a filter of system calls for PROGRAM, as hexadecimal bytes
 *   -p                 PROGRAM gains no rights
 *   -o FOLDER          mount a folder over itself, so that it can be told from what is around it
 *
 * PROGRAM is run with WORD... as its arguments, from the name on. Options are obeyed in the order in which they stand, from -u on
 * after the file "pid" was made, which tells that the container was begun and by whom. An empty line to the first standard error
 * says that the command comes next; all else that is said goes to the standard output.
 */
#include "kernel.h"

#if defined(__x86_64__)
enum { SIGPROCMASK = 14, GETPID = 39, CLONE = 56, EXECVE = 59, WAIT4 = 61, FCNTL = 72, CHDIR = 80, UMASK = 95, SETSID = 112, PRCTL = 157,
       SETHOSTNAME = 170, UNSHARE = 272, DUP3 = 292, PRLIMIT = 302, MOUNT_SETATTR = 442 };
#else
enum { SIGPROCMASK = 135, GETPID = 172, CLONE = 220, EXECVE = 221, WAIT4 = 260, FCNTL = 25, CHDIR = 49, UMASK = 166, SETSID = 157, PRCTL = 167,
       SETHOSTNAME = 161, UNSHARE = 97, DUP3 = 24, PRLIMIT = 261, MOUNT_SETATTR = 442 };
#endif

BEGINS(hold);

enum { ENOENT = 2, EINTR = 4, EEXIST = 17 };
enum { MS_PRIVATE = 1 << 18 };
enum { NEW_MOUNTS = 0x00020000, NEW_NAMES = 0x04000000, NEW_USERS = 0x10000000, RECURSIVE = 0x8000, READ_ONLY = 1 };
enum { LIMIT_OF_DATA = 2, SIGCHLD = 17, SET_MASK = 2, SET_SECCOMP = 22, BY_FILTER = 2, NO_NEW_RIGHTS = 38 };
enum { COPY_CLOSED_ON_EXEC = 1030, REFUSED = 128, CANNOT_RUN = 126, NOT_FOUND = 127, LONGEST = 4096, MOST_RULES = 512, RULE = 8 };

struct filter {
    unsigned short count;
    unsigned char *rules;
};

struct attributes {
    unsigned long set, clear, propagation, users;
};

/* Null where nothing is to be noted. */
static const char *folder;
/* Null where there is none. */
static const char *filter;
static int gains_no_rights;

static void complain(const char *about, const char *what) {
    say(about);
    say(what);
    say("\n");
}

/* The path of a file in the container's folder, until the next is asked for. */
static const char *within(const char *name) {
    static char path[LONGEST];
    unsigned long n = 0;
    for (const char *from = folder; *from && n < LONGEST - 16; from++) {
        path[n++] = *from;
    }
    path[n++] = '/';
    while (*name) {
        path[n++] = *name++;
    }
    path[n] = 0;
    return path;
}

/* Writes a number into a file that only the first one makes. 0 where that was another; negative where it cannot be written. */
static int note(const char *name, unsigned long number) {
    char digits[24];
    char *at = digits + sizeof digits;
    *--at = '\n';
    do {
        *--at = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    long file = call(OPENAT, HERE, (long)within(name), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644, 0);
    if (file < 0) {
        return file == -EEXIST ? 0 : -1;
    }
    long size = digits + sizeof digits - at;
    long written = call(WRITE, file, (long)at, size, 0, 0);
    call(CLOSE, file, 0, 0, 0, 0);
    if (written != size) {
        call(UNLINKAT, HERE, (long)within(name), 0, 0, 0);
        return -1;
    }
    return 1;
}

static void refuse(const char *about, const char *what) {
    complain(about, what);
    if (folder) {
        note("exit", REFUSED);
    }
    exit_with(REFUSED);
}

static int put(const char *path, const char *text) {
    long file = call(OPENAT, HERE, (long)path, O_WRONLY | O_CLOEXEC, 0, 0);
    if (file < 0) {
        return 0;
    }
    long size = (long)length(text);
    long written = call(WRITE, file, (long)text, size, 0, 0);
    call(CLOSE, file, 0, 0, 0, 0);
    return written == size;
}

static void limit_data(const char *bytes) {
    unsigned long limit[2] = {0, 0};
    while (*bytes >= '0' && *bytes <= '9') {
        limit[0] = limit[0] * 10 + (unsigned long)(*bytes++ - '0');
    }
    limit[1] = limit[0];
    if (call(PRLIMIT, 0, LIMIT_OF_DATA, (long)limit, 0, 0) < 0) {
        complain("", "the data of the container cannot be limited");
        exit_with(1);
    }
}

static long attribute(const char *path, long flags, unsigned long set, unsigned long clear) {
    struct attributes wanted = {set, clear, 0, 0};
    return call(MOUNT_SETATTR, HERE, (long)path, flags, (long)&wanted, sizeof wanted);
}

/* What a container is in before it is noted that it was begun. Returns the option after those. */
static char **limits(char **option) {
    for (; option[0][0] == '-' && (option[0][1] == 'e' || option[0][1] == 'd'); option += 2) {
        if (option[0][1] == 'd') {
            limit_data(option[1]);
        } else if (!put(option[1], "0")) {
            complain(option[1], ": the control group cannot be entered");
            exit_with(1);
        }
    }
    return option;
}

static char **namespaces(char **option) {
    for (; option[0][0] == '-' && option[0][1] != '-'; option++) {
        switch (option[0][1]) {
            case 'u':
                if (call(UNSHARE, NEW_USERS, 0, 0, 0, 0) < 0 || !put("/proc/self/setgroups", "deny")
                    || !put("/proc/self/uid_map", option[1]) || !put("/proc/self/gid_map", option[2])) {
                    refuse("", "the container cannot have a user namespace");
                }
                option += 2;
                break;
            case 'n':
                if (call(UNSHARE, NEW_MOUNTS, 0, 0, 0, 0) < 0
                    || call(MOUNT, (long)"none", (long)"/", 0, MS_REC | MS_PRIVATE, 0) < 0) {
                    refuse("", "the container cannot have a mount namespace");
                }
                break;
            case 'h':
                if (call(UNSHARE, NEW_NAMES, 0, 0, 0, 0) < 0
                    || call(SETHOSTNAME, (long)option[1], (long)length(option[1]), 0, 0, 0) < 0) {
                    refuse(option[1], " cannot be the name of the machine for the container");
                }
                option++;
                break;
            case 'c':
                if (call(CHDIR, (long)option[1], 0, 0, 0, 0) < 0) {
                    refuse(option[1], " cannot be the working directory of the container");
                }
                option++;
                break;
            case 's':
                filter = option[1];
                option++;
                break;
            case 'p':
                gains_no_rights = 1;
                break;
            case 'b':
                if (call(MOUNT, (long)option[1], (long)option[2], 0, MS_BIND, 0) < 0) {
                    refuse(option[2], " of the pod cannot be mounted");
                }
                option += 2;
                break;
            case 'r':
                if (attribute(option[1], RECURSIVE, READ_ONLY, 0) < 0) {
                    refuse(option[1], " cannot be made read-only");
                }
                option++;
                break;
            case 'w':
                if (attribute(option[1], RECURSIVE, 0, READ_ONLY) < 0) {
                    refuse(option[1], " cannot be written by the container");
                }
                option++;
                break;
            case 'W':
                attribute(option[1], 0, 0, READ_ONLY);
                option++;
                break;
            case 'o':
                if (call(MOUNT, (long)option[1], (long)option[1], 0, MS_BIND | MS_REC, 0) < 0) {
                    refuse(option[1], " cannot be mounted");
                }
                option++;
                break;
            default:
                refuse(option[0], " is no option");
        }
    }
    return option;
}

static void mask(unsigned long blocked) {
    call(SIGPROCMASK, SET_MASK, (long)&blocked, 0, sizeof blocked, 0);
}

static int digit(char c) {
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

static void obey(const char *hexadecimal) {
    static unsigned char rules[MOST_RULES * RULE];
    unsigned long n = 0;
    for (; hexadecimal[0] && hexadecimal[1] && n < sizeof rules; hexadecimal += 2) {
        rules[n++] = (unsigned char)(digit(hexadecimal[0]) << 4 | digit(hexadecimal[1]));
    }
    struct filter all = {(unsigned short)(n / RULE), rules};
    if (call(PRCTL, SET_SECCOMP, BY_FILTER, (long)&all, 0, 0) < 0) {
        complain("", "the system calls of the container cannot be filtered");
        exit_with(REFUSED);
    }
}

/* Never returns. */
static void become(char **words, char **variables) {
    mask(0);
    if (gains_no_rights && call(PRCTL, NO_NEW_RIGHTS, 1, 0, 0, 0) < 0) {
        complain("", "the container cannot be kept from gaining rights");
        exit_with(REFUSED);
    }
    if (filter) {
        obey(filter);
    }
    long failure = call(EXECVE, (long)words[0], (long)(words + 1), (long)variables, 0, 0);
    complain(words[0], failure == -ENOENT ? ": not found" : ": cannot be run");
    exit_with(failure == -ENOENT ? NOT_FOUND : CANNOT_RUN);
}

__attribute__((used)) void hold(long *stack) {
    long count = stack[0];
    char **words = (char **)(stack + 1);
    char **variables = words + count + 1;
    if (count < 6) {
        exit_with(0); /* asked only whether it can be run */
    }
    char **option = words + 3;
    if (option[0][0] == '-' && (option[0][1] | 32) == 'x') {
        if (option[0][1] == 'x') {
            call(SETSID, 0, 0, 0, 0, 0);
        }
        option = namespaces(option + 1);
        become(option + 1, variables);
    }
    call(SETSID, 0, 0, 0, 0, 0);
    call(UMASK, 022, 0, 0, 0, 0);
    folder = words[2];
    long reports = call(FCNTL, 2, COPY_CLOSED_ON_EXEC, 3, 0, 0);
    call(DUP3, 1, 2, 0, 0, 0);
    option = limits(option);
    mask(~0UL);
    unsigned long self = (unsigned long)call(GETPID, 0, 0, 0, 0, 0);
    int noted = note("pid", self);
    if (noted < 0) {
        static const char full[] = "nobody would know of the container: its folder cannot be written\n";
        call(WRITE, reports, (long)full, sizeof full - 1, 0, 0);
        exit_with(1);
    }
    if (!noted) {
        exit_with(0); /* another start was faster */
    }
    int apart = option[0][1] == 'u' || option[0][1] == 'n';
    option = namespaces(option);
    if (apart) {
        note("inside", self);
    }
    /* the agent may have been killed meanwhile, which must not end the container: its signal is blocked */
    call(WRITE, reports, (long)"\n", 1, 0, 0);
    long child = call(CLONE, SIGCHLD, 0, 0, 0, 0);
    if (child == 0) {
        become(option + 1, variables);
    }
    if (child < 0) {
        refuse("", "the machine has no room for another process");
    }
    call(CLOSE, reports, 0, 0, 0, 0);
    int status = REFUSED << 8; /* where whoever began this has the system forget how processes end */
    for (long ended = -EINTR; ended == -EINTR;) {
        ended = call(WAIT4, child, (long)&status, 0, 0, 0);
    }
    note("exit", (unsigned long)(status & 127 ? 128 + (status & 127) : status >> 8 & 255));
    exit_with(0);
}
