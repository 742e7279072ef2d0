package io.orchestrator.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The {@code docker} program, which sees what is there without asking a cluster. */
final class DockerProgram {
    private static final long SECONDS = 60;
    private static final String CLUSTER = "io.orchestrator.cluster";

    private DockerProgram() {}

    /** Its output, standard error included. Fails unless it exits with 0 within a minute. */
    static String run(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(args));
        Path output = Files.createTempFile("docker", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            String said = Files.readString(output);
            assertThat(ended && process.exitValue() == 0)
                    .as("%s: %s", command, said)
                    .isTrue();
            return said;
        } finally {
            Files.delete(output);
        }
    }

    /** Which cluster the containers of a pod belong to. */
    static String clusterOf(String podUid) throws IOException, InterruptedException {
        String container = run("ps", "-aq", "--filter", "label=io.orchestrator.pod.uid=" + podUid)
                .lines()
                .findFirst()
                .orElseThrow(() -> new AssertionError("no container of pod " + podUid));
        return inspected("{{index .Config.Labels \"" + CLUSTER + "\"}}", container);
    }

    /** Which clusters have containers of pods whose names begin so. */
    static Set<String> clustersOfPods(String prefix) throws IOException, InterruptedException {
        String format = "{{.Label \"io.orchestrator.pod.name\"}} {{.Label \"" + CLUSTER + "\"}}";
        return run("ps", "-a", "--format", format)
                .lines()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The engine's own id of a container. @param id as the pod's status has it */
    static String engineIdOf(String id) throws IOException, InterruptedException {
        return run("ps", "-aq", "--no-trunc", "--filter", "label=io.orchestrator.id=" + id.replace("docker://", ""))
                .strip();
    }

    static String inspected(String format, String container) throws IOException, InterruptedException {
        return run("inspect", "--format", format, container).strip();
    }

    /** The full ids of the containers of a cluster's pods that run, sandboxes included. */
    static Set<String> running(String cluster) throws IOException, InterruptedException {
        return of(cluster, "ps", "-q", "--no-trunc", "--filter", "label=io.orchestrator.pod.uid");
    }

    /** The containers of a cluster's pods, in whatever state. */
    static Set<String> pods(String cluster) throws IOException, InterruptedException {
        return of(cluster, "ps", "-aq", "--filter", "label=io.orchestrator.pod.uid");
    }

    /** All containers and networks of a cluster, in whatever state. */
    static Set<String> present(String cluster) throws IOException, InterruptedException {
        Set<String> all = of(cluster, "ps", "-aq");
        all.addAll(of(cluster, "network", "ls", "-q"));
        return all;
    }

    /** Removes all that a cluster left behind, because its test failed. */
    static void remove(String cluster) throws IOException, InterruptedException {
        for (String container : of(cluster, "ps", "-aq")) {
            run("rm", "-f", "-v", container);
        }
        for (String network : of(cluster, "network", "ls", "-q")) {
            run("network", "rm", network);
        }
    }

    private static Set<String> of(String cluster, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(words));
        command.addAll(List.of("--filter", "label=" + CLUSTER + "=" + cluster));
        return new TreeSet<>(run(command.toArray(String[]::new)).lines().toList());
    }
}
