package io.orchestrator.testkit.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Docker engine of one's own beside the machine's: on a socket and directories of its own, and apart in the containerd that both may
 * use. What network it has is for whoever begins it to say. Immutable.
 *
 * @param folder which holds all that it has, and goes with it
 * @param name that tells its containers from those of other engines in the same containerd
 */
public record OwnDockerd(Path folder, String name) {
    private static final int MOST_SAID = 2_000;

    /** Whether there is the program, and who may run it. */
    public static boolean isPossible() throws IOException {
        boolean there =
                Files.isExecutable(Path.of("/usr/sbin/dockerd")) || Files.isExecutable(Path.of("/usr/bin/dockerd"));
        return there && Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    /** Where it listens, as clients are told. */
    public String host() {
        return "unix://" + folder.resolve("docker.sock");
    }

    /** Not begun yet; what it says goes into a file of the folder. @param within what the program is run by, down to its own name */
    public ProcessBuilder daemon(List<String> within, List<String> more) {
        List<String> command = new ArrayList<>(within);
        command.addAll(List.of("--data-root", folder.resolve("data").toString()));
        command.addAll(List.of("--exec-root", folder.resolve("exec").toString()));
        command.addAll(List.of("--pidfile", folder.resolve("pid").toString()));
        command.addAll(List.of("-H", host()));
        command.addAll(List.of("--containerd-namespace", "orchestrator-" + name));
        command.addAll(List.of("--containerd-plugins-namespace", "orchestrator-" + name + "-plugins"));
        command.addAll(more);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    }

    /** The last of what it has said so far. */
    public String lastSaid() throws IOException {
        String all = Files.readString(log());
        return all.substring(Math.max(0, all.length() - MOST_SAID));
    }

    private Path log() {
        return folder.resolve("log");
    }
}
