package io.orchestrator.samples.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processes of pods whose nodes keep their state below a folder. They outlive a node that was killed with -9, as they must: so a
 * test that kills nodes, and may be cut short at any point, ends them itself.
 */
final class PodProcesses {
    private static final Path PROCESSES = Path.of("/proc");
    /** A container's folder is the cluster's, then the node's, then its own. */
    private static final Pattern CONTAINER =
            Pattern.compile("\0orchestrator-container\0([^\0]+)/[^/\0]+/containers/([^/\0]+)\0");

    private static final int PATIENCE_SECONDS = 10;

    private PodProcesses() {}

    /** The ids of all processes that containers consist of. */
    static Set<String> of(Path folder) throws IOException {
        return all(folder).stream()
                .map(process -> Long.toString(process.pid()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Below which the cluster of this pod has its processes. Fails where the pod has none. */
    static Path folderOfClusterBy(String podUid) throws IOException {
        try (Stream<Path> processes = Files.list(PROCESSES)) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .map(process -> CONTAINER.matcher(commandOf(process)))
                    .filter(command -> command.find() && command.group(2).contains(podUid))
                    .map(command -> Path.of(command.group(1)))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no process of pod " + podUid));
        }
    }

    /** Kills them. To be called when no node is left that would start them again. */
    static void end(Path folder) throws IOException, InterruptedException, TimeoutException {
        Set<ProcessHandle> all = all(folder);
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle process : all) {
            try {
                process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw new IllegalStateException("nobody knows whether process " + process.pid() + " has ended", e);
            }
        }
    }

    /**
     * The command line of a container's first process names the folder in which its node keeps it; the others descend from it. One that
     * ends meanwhile is left out, with those who descend from whoever has its number then.
     */
    private static Set<ProcessHandle> all(Path folder) throws IOException {
        Set<ProcessHandle> all = new LinkedHashSet<>();
        for (ProcessHandle first : firstProcesses(folder)) {
            List<ProcessHandle> family = first.descendants().toList();
            if (first.isAlive()) {
                all.add(first);
                all.addAll(family);
            }
        }
        return all;
    }

    private static List<ProcessHandle> firstProcesses(Path folder) throws IOException {
        try (Stream<Path> processes = Files.list(PROCESSES)) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .flatMap(process -> ProcessHandle.of(
                            Long.parseLong(process.getFileName().toString()))
                            .filter(handle -> isContainer(commandOf(process), folder))
                            .stream())
                    .toList();
        }
    }

    private static boolean isContainer(String command, Path folder) {
        return command.contains("\0orchestrator-container\0" + folder + "/");
    }

    private static String commandOf(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"));
        } catch (IOException gone) {
            // It has ended since the folder was listed.
            return "";
        }
    }
}
