package io.orchestrator.core.runtime;

import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.spi.runtime.ContainerSpec.Resources;
import io.orchestrator.spi.runtime.RuntimeFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the processes of a node's containers may use: by control groups where there are some, one for each container. Elsewhere a
 * limit of memory is one of the data of each process ({@code ulimit -d}), and one of the processor is none.
 *
 * @param node the group of the node, below which those of its containers are
 */
record ProcessLimits(Optional<ControlGroups> groups, Path node) {
    /** Where a container's shell finds the entrances of its group, one a line. */
    static final String ENTRANCES = "entrances";

    /** Where it finds how many kibibytes of data a process may have. */
    static final String DATA = "data";

    /** Before the container's first start. @param directory the container's own */
    void prepare(ContainerSpec spec, Path directory) throws IOException {
        if (!isLimited(spec.resources())) {
            return;
        }
        if (groups.isPresent()) {
            groups.get().set(group(spec), spec.resources());
            String entrances = groups.get().entrances(group(spec)).stream()
                    .map(file -> file + "\n")
                    .collect(Collectors.joining());
            Files.writeString(directory.resolve(ENTRANCES), entrances);
        } else if (spec.resources().memoryLimitBytes() > 0) {
            Files.writeString(directory.resolve(DATA), spec.resources().memoryLimitBytes() / 1024 + "\n");
        }
    }

    /** What {@link #prepare} has left for a holder, as its options. */
    static List<String> options(Path directory) throws IOException {
        if (Files.exists(directory.resolve(ENTRANCES))) {
            return Files.readAllLines(directory.resolve(ENTRANCES)).stream()
                    .flatMap(entrance -> Stream.of("-e", entrance))
                    .toList();
        }
        if (Files.exists(directory.resolve(DATA))) {
            long kibibytes =
                    Long.parseLong(Files.readString(directory.resolve(DATA)).trim());
            return List.of("-d", String.valueOf(kibibytes * 1024));
        }
        return List.of();
    }

    /** @param processes of the container, which may not have had a group before */
    void change(ContainerSpec spec, Resources resources, Path directory, List<Long> processes) throws IOException {
        ControlGroups made = groups.orElseThrow(() -> new RuntimeFailure(
                RuntimeFailure.Kind.UNSUPPORTED, "this machine lets the process runtime make no control groups"));
        made.set(group(spec), resources);
        if (!Files.exists(directory.resolve(ENTRANCES))) {
            for (long process : processes) {
                made.enter(group(spec), process);
            }
        }
    }

    boolean ranOutOfMemory(ContainerSpec spec) {
        return groups.filter(made -> made.ranOutOfMemory(group(spec))).isPresent();
    }

    /** Returns whether nothing is left of its group, which is held by processes that are still ending. */
    boolean remove(ContainerSpec spec) {
        return groups.isEmpty() || groups.get().remove(group(spec));
    }

    /**
     * Removes the groups of containers that were removed while their processes were not gone.
     *
     * @return whether nothing is left of them
     */
    boolean removeAllBut(List<ContainerSpec> specs) {
        if (groups.isEmpty()) {
            return true;
        }
        List<String> known =
                specs.stream().map(spec -> group(spec).getFileName().toString()).toList();
        boolean gone = true;
        for (String name : groups.get().below(node)) {
            if (!known.contains(name) && !groups.get().remove(node.resolve(name))) {
                gone = false;
            }
        }
        return gone;
    }

    /** Removes the groups of the node and of its cluster, unless somebody has others in them. */
    void close() {
        if (groups.isPresent() && groups.get().remove(node)) {
            Path cluster = node.getParent();
            if (cluster != null) {
                groups.get().remove(cluster);
            }
        }
    }

    private static boolean isLimited(Resources resources) {
        return resources.cpuShares() > 2 || resources.cpuQuotaMillis() > 0 || resources.memoryLimitBytes() > 0;
    }

    private Path group(ContainerSpec spec) {
        return node.resolve(StateFiles.nameOf(spec.id()));
    }
}
