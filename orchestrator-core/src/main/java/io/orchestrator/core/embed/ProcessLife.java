package io.orchestrator.core.embed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of one process, which the id alone does not tell: another one may have it later. Told by what no step of the clock moves,
 * where the machine tells it.
 *
 * @param ticks after the machine's start, at which it began
 * @param boot which start of the machine
 * @param space in which the id counts: elsewhere it is that of another process, or of none
 */
record ProcessLife(long pid, String ticks, String boot, String space) {
    private static final Path PROCESSES = Path.of("/proc");
    private static final String UNKNOWN = "-";
    private static final Pattern TEXT = Pattern.compile("(\\d{1,18}) (\\d+|-) (\\S+) (\\S+)\n");
    /** Among the words behind the name of the program, which may itself have some. */
    private static final int BEGINNING = 19;

    static ProcessLife ofThisProcess() {
        return of(ProcessHandle.current().pid());
    }

    private static ProcessLife of(long pid) {
        return new ProcessLife(pid, beginning(pid), bootNow(), spaceHere());
    }

    /** Empty where that is no whole record of one. */
    static Optional<ProcessLife> parse(String text) {
        Matcher words = TEXT.matcher(text);
        return words.matches()
                ? Optional.of(
                        new ProcessLife(Long.parseLong(words.group(1)), words.group(2), words.group(3), words.group(4)))
                : Optional.empty();
    }

    String text() {
        return pid + " " + ticks + " " + boot + " " + space + "\n";
    }

    /** Only when that is certain: whoever cannot be told from a process that runs is taken for it. */
    boolean isOver() {
        String here = bootNow();
        if (differ(boot, here)) {
            return true;
        }
        if (!space.equals(spaceHere())) {
            return false;
        }
        boolean runs = ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
        return !runs || (boot.equals(here) && differ(ticks, beginning(pid)));
    }

    private static boolean differ(String one, String other) {
        return !one.equals(UNKNOWN) && !other.equals(UNKNOWN) && !one.equals(other);
    }

    /** Whether it belongs to the user that this process acts as. */
    static boolean isOfThisUser(Path path) throws IOException {
        Object own = Files.getAttribute(PROCESSES.resolve("self"), "unix:uid");
        return own.equals(Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS));
    }

    private static String beginning(long pid) {
        try {
            String line = Files.readString(PROCESSES.resolve(pid + "/stat"));
            String[] words = line.substring(line.lastIndexOf(')') + 1).strip().split(" ");
            return words.length > BEGINNING ? words[BEGINNING] : UNKNOWN;
        } catch (IOException e) {
            return UNKNOWN; // it has ended meanwhile, is hidden, or the machine has no such files
        }
    }

    private static String bootNow() {
        try {
            return Files.readString(PROCESSES.resolve("sys/kernel/random/boot_id"))
                    .strip();
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    private static String spaceHere() {
        try {
            return Files.readSymbolicLink(PROCESSES.resolve("self/ns/pid")).toString();
        } catch (IOException | UnsupportedOperationException e) {
            return UNKNOWN;
        }
    }
}
