package io.orchestrator.core.runtime;

import io.orchestrator.spi.runtime.ContainerSpec.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A command of a container as its user runs it. What comes before the user is set runs with the rights of this JVM, so that it
 * sees neither the container's variables nor its files. Immutable.
 *
 * @param privileges as whom commands run
 * @param security what the container asks for of that
 * @param isPlain whether nothing comes before the command, where it has no root of its own
 * @param restraint the words of what keeps it from system calls; none where nothing does
 * @param inner the command with what its user begins before it
 * @param variables what the first of all programs gets
 */
record UserCommand(
        Privileges privileges,
        Security security,
        boolean isPlain,
        List<String> restraint,
        List<String> inner,
        Map<String, String> variables) {
    /** Gets the working directory, where one is named, and the command, and becomes the command. */
    private static final String IN_DIRECTORY =
            "if [ -n \"$1\" ]; then cd \"$1\"; else cd -P /proc/self/fd/7; fi && exec 7<&- && shift && exec \"$@\"";

    UserCommand {
        restraint = List.copyOf(restraint);
        inner = List.copyOf(inner);
        variables = Map.copyOf(variables);
    }

    /**
     * @param terminal whether the command gets one, which is its user's
     * @param mark the name of the variable by which processes of the container are known
     */
    static UserCommand of(
            Privileges privileges,
            Security security,
            List<String> restraint,
            List<String> command,
            boolean terminal,
            Map<String, String> variables,
            String mark) {
        if (!terminal && privileges.words(security).isEmpty()) {
            return new UserCommand(privileges, security, true, restraint, command, variables);
        }
        LateVariables late = LateVariables.of(variables, mark);
        List<String> inner = new ArrayList<>(late.words());
        inner.addAll(command);
        return new UserCommand(
                privileges, security, false, restraint, terminal ? Programs.inTerminal(inner) : inner, late.early());
    }

    /** The words that run it among the machine's own files. */
    List<String> words() {
        return restrained(unrestrainedWords());
    }

    private List<String> restrained(List<String> words) {
        if (restraint.isEmpty()) {
            return words;
        }
        List<String> all = new ArrayList<>(restraint);
        String first = words.get(0);
        // what is looked for in the path is found by a shell
        all.addAll(first.startsWith("/") ? List.of(first) : List.of("/bin/sh", "sh", "-c", "exec \"$@\"", "sh"));
        all.addAll(words);
        return all;
    }

    /** The same without what keeps it from system calls. */
    List<String> unrestrainedWords() {
        List<String> words = new ArrayList<>(privileges.words(security));
        words.addAll(inner);
        return words;
    }

    /**
     * The words that run it with the current directory as its root. The user is set before, as programs of that root are the
     * container's.
     *
     * @param workingDirectory below that root; empty for the one that is open as 7
     */
    List<String> rootedWords(String workingDirectory) {
        List<String> words = new ArrayList<>(privileges.entering(security));
        words.addAll(List.of("/usr/sbin/chroot", ".", "/bin/sh", "-c", IN_DIRECTORY, "sh", workingDirectory));
        words.addAll(privileges.entered(security));
        words.addAll(inner);
        return restrained(words);
    }
}
