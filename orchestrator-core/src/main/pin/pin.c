/*
 * Shows what a path leads to within a volume at a place of the agent's own, from where nobody can exchange it: whoever shares the
 * volume may put links in the place of its folders at any moment, which the JDK has no way to open one by one and mount.
 *
 * Freestanding, so that the binary is small enough to live in the jar. It obeys no variable.
 *
 *   pin VOLUME PATH PLACE
 *
 * Each folder of PATH is opened in the one before it, and a link is followed nowhere; what is missing is made, as a folder with the
 * volume's mode. PLACE is made, of the kind of what was opened, and that is mounted there with all that is mounted within. What is
 * mounted in the volume later is seen there; what is unmounted there stays in the volume. Nothing but folders is opened so that it
 * could be read: a pipe would have us wait, and a device act.
 *
 * Ends with 0 where it is there, 2 where PATH leads through a link or over a file, 3 where the machine does not let us mount, and
 * with 1 and a word to the standard error where it fails otherwise. But with 0 nothing is left at PLACE. Without words it does
 * nothing and ends with 0.
 */
#include "../holder/kernel.h"

#if defined(__x86_64__)
enum { FCHMOD = 91, MKDIRAT = 258, STATX = 332, O_DIRECTORY = 0200000, O_NOFOLLOW = 0400000 };
#else
enum { FCHMOD = 52, MKDIRAT = 34, STATX = 291, O_DIRECTORY = 040000, O_NOFOLLOW = 0100000 };
#endif

BEGINS(pin);

enum { O_PATH = 010000000 };
enum { REMOVE_FOLDER = 0x200, ITSELF = 0x1000, BASIC = 0x7ff };
enum { EPERM = 1, ENOENT = 2, EACCES = 13, EEXIST = 17, ENOTDIR = 20, ELOOP = 40 };
enum { MS_SLAVE = 1 << 19 };
enum { FAILED = 1, LEADS_OUT = 2, MAY_NOT = 3, LONGEST_NAME = 255 };
enum { KIND = 0170000, FOLDER = 0040000, LINK = 0120000, MODE = 07777 };

/* What the kernel tells of a file, the same on every architecture. */
struct told {
    unsigned int mask, block;
    unsigned long attributes;
    unsigned int links, user, group;
    unsigned short mode, pad;
    unsigned char rest[256 - 32];
};

static const char *place;

/* The number in decimal digits, which end the text. */
static char *digits(char *end, unsigned long number) {
    *--end = 0;
    do {
        *--end = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    return end;
}

static void fail(const char *about, long failure) {
    char number[24];
    say(about);
    say(": error ");
    say(digits(number + sizeof number, (unsigned long)-failure));
    say("\n");
    exit_with(FAILED);
}

static unsigned mode_of(long file) {
    struct told told;
    long failure = call(STATX, file, (long)"", ITSELF, BASIC, (long)&told);
    if (failure < 0) {
        fail("what lies there is not told", failure);
    }
    return told.mode;
}

static long open_in(long folder, const char *name, long how) {
    return call(OPENAT, folder, (long)name, how | O_NOFOLLOW | O_CLOEXEC, 0, 0);
}

static long made_in(long folder, const char *name, unsigned mode) {
    long made = call(MKDIRAT, folder, (long)name, 0700, 0, 0);
    if (made < 0 && made != -EEXIST) {
        fail(name, made);
    }
    if (made == -EEXIST) {
        return open_in(folder, name, O_PATH); /* somebody else was faster */
    }
    long opened = open_in(folder, name, O_DIRECTORY);
    if (opened >= 0) {
        call(FCHMOD, opened, mode, 0, 0, 0);
    }
    return opened;
}

/* The next name of a path, after which the path goes on. */
static const char *take(const char *path, char *name) {
    unsigned long n = 0;
    for (; *path && *path != '/'; path++) {
        if (n == LONGEST_NAME) {
            fail("a name is too long", 0);
        }
        name[n++] = *path;
    }
    name[n] = 0;
    if (n == 0 || (name[0] == '.' && (n == 1 || (n == 2 && name[1] == '.')))) {
        exit_with(LEADS_OUT);
    }
    return *path ? path + 1 : path;
}

static long walk(const char *volume, const char *path) {
    long held = call(OPENAT, HERE, (long)volume, O_PATH | O_DIRECTORY | O_CLOEXEC, 0, 0);
    if (held < 0) {
        fail(volume, held);
    }
    unsigned mode = mode_of(held) & MODE;
    while (*path) {
        char name[LONGEST_NAME + 1];
        path = take(path, name);
        long next = open_in(held, name, O_PATH);
        if (next == -ENOENT) {
            next = made_in(held, name, mode);
        }
        if (next == -ENOTDIR || next == -ELOOP) {
            exit_with(LEADS_OUT);
        }
        if (next < 0) {
            fail(name, next);
        }
        call(CLOSE, held, 0, 0, 0, 0);
        held = next;
    }
    return held;
}

static void make_place(int folder) {
    long made;
    if (folder) {
        made = call(MKDIRAT, HERE, (long)place, 0700, 0, 0);
    } else {
        made = call(OPENAT, HERE, (long)place, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600, 0);
    }
    if (made < 0) {
        fail(place, made);
    }
    if (!folder) {
        call(CLOSE, made, 0, 0, 0, 0);
    }
}

__attribute__((used)) void pin(long *stack) {
    char **words = (char **)(stack + 1);
    if (stack[0] != 4) {
        exit_with(stack[0] == 1 ? 0 : FAILED);
    }
    place = words[3];
    long held = walk(words[1], words[2]);
    unsigned kind = mode_of(held) & KIND;
    if (kind == LINK) {
        exit_with(LEADS_OUT);
    }
    make_place(kind == FOLDER);
    char source[40] = "/proc/self/fd/";
    char number[24];
    char *to = source + length(source);
    for (const char *from = digits(number + sizeof number, (unsigned long)held); (*to++ = *from++);) {
    }
    long mounted = call(MOUNT, (long)source, (long)place, 0, MS_BIND | MS_REC, 0);
    if (mounted < 0) {
        call(UNLINKAT, HERE, (long)place, kind == FOLDER ? REMOVE_FOLDER : 0, 0, 0);
        if (mounted == -EPERM || mounted == -EACCES) {
            exit_with(MAY_NOT);
        }
        fail("it cannot be mounted", mounted);
    }
    /* what is unmounted with the place would go from the volume as well */
    long apart = call(MOUNT, (long)"none", (long)place, 0, MS_REC | MS_SLAVE, 0);
    exit_with(apart < 0 ? FAILED : 0);
}
