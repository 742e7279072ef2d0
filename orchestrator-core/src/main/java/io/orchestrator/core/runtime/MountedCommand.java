package io.orchestrator.core.runtime;

import java.util.List;

/**
 * A container's command, and how its shell makes the mounts that it is to see. Immutable.
 *
 * @param enter the words that begin its session and namespaces, before those of the shell
 * @param script what the shell does to make them, up to and with the word that the command comes next; it finds the container's
 *     folder in {@code dir}, and takes its arguments and the {@code --} behind them off its own
 * @param mounts the arguments of that
 * @param words the command, as the shell runs it
 */
record MountedCommand(List<String> enter, String script, List<String> mounts, List<String> words) {
    private static final String NOTHING = "shift; " + ContainerShell.READY + "\n";

    MountedCommand {
        enter = List.copyOf(enter);
        mounts = List.copyOf(mounts);
        words = List.copyOf(words);
    }

    /** One that sees the machine's own files and no others. */
    static MountedCommand plain(List<String> enter, UserCommand command) {
        return new MountedCommand(enter, NOTHING, List.of(), command.words());
    }
}
