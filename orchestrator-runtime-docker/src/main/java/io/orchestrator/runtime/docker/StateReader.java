package io.orchestrator.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.ContainerState.Phase;
import io.orchestrator.spi.runtime.RuntimeOwner;
import io.orchestrator.spi.runtime.RuntimeState;
import io.orchestrator.spi.runtime.SandboxState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the engine holds for one owner. One list tells what there is and in which state; a container is inspected only
 * when that state is new, so that a node at rest costs one request however many pods it has. Blocking; thread-safe.
 */
final class StateReader {
    /** What the engine says of a moment that never was. */
    private static final String NEVER = "0001-01-01T00:00:00Z";

    private static final int UNSTARTABLE = 128;

    /** Compared by identity: one stands for one look at a container. */
    private static final class Known {
        private final String state;
        /** Null as long as it is being looked at. */
        private final @Nullable InspectContainerResponse inspected;

        Known(String state, @Nullable InspectContainerResponse inspected) {
            this.state = state;
            this.inspected = inspected;
        }
    }

    private final DockerClient docker;
    private final RuntimeOwner owner;
    private final DockerSandboxes sandboxes;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    StateReader(DockerClient docker, RuntimeOwner owner, DockerSandboxes sandboxes) {
        this.docker = docker;
        this.owner = owner;
        this.sandboxes = sandboxes;
    }

    RuntimeState read() {
        List<Container> listed = docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(OwnerLabels.filterOf(owner))
                .exec();
        List<SandboxState> sandboxStates = new ArrayList<>();
        List<ContainerState> containerStates = new ArrayList<>();
        Set<String> present = new HashSet<>();
        for (Container each : listed) {
            present.add(each.getId());
            Optional<InspectContainerResponse> inspected = inspect(each);
            if (inspected.isEmpty()) {
                continue;
            }
            if (OwnerLabels.KIND_SANDBOX.equals(each.getLabels().get(OwnerLabels.KIND))) {
                sandboxStates.add(sandboxes.stateOf(inspected.get()));
            } else {
                containerStates.add(stateOf(inspected.get()));
            }
        }
        known.keySet().retainAll(present);
        return new RuntimeState(sandboxStates, containerStates);
    }

    /** What is known of this container may be old. */
    void forget(String engineId) {
        known.remove(engineId);
    }

    /** What is known of the container of this name may be old, without a word of the engine. */
    void forgetNamed(String name) {
        known.values().removeIf(each -> each.inspected == null || ("/" + name).equals(each.inspected.getName()));
    }

    /** What is known of any container may be old: nobody tells what happened for a while. */
    void forgetAll() {
        known.clear();
    }

    /** Somebody has just looked at it. */
    void learn(InspectContainerResponse inspected) {
        String state = inspected.getState().getStatus();
        if (state != null) {
            known.put(inspected.getId(), new Known(state, inspected));
        }
    }

    /**
     * Something happened to this container. Whether what is known of it is older than that can be told of two events: nothing is known of a container before it
     * is made; and as its end comes before its next start and has it forgotten, one that is known to run is known since it was started.
     */
    void happened(String action, String engineId) {
        boolean isKnown = action.equals("create") || action.equals("start") && runs(known.get(engineId));
        if (!isKnown) {
            forget(engineId);
        }
    }

    private static boolean runs(@Nullable Known known) {
        return known != null
                && known.inspected != null
                && Boolean.TRUE.equals(known.inspected.getState().getRunning());
    }

    /** What comes to be forgotten while it is looked at, is not known after: it may have been seen before it happened. */
    private Optional<InspectContainerResponse> inspect(Container listed) {
        Known before = known.get(listed.getId());
        if (before != null && before.inspected != null && before.state.equals(listed.getState())) {
            return Optional.of(before.inspected);
        }
        Known looking = new Known(listed.getState(), null);
        known.put(listed.getId(), looking);
        try {
            InspectContainerResponse inspected =
                    docker.inspectContainerCmd(listed.getId()).exec();
            known.replace(listed.getId(), looking, new Known(listed.getState(), inspected));
            return Optional.of(inspected);
        } catch (NotFoundException e) {
            // Removed between the list and now.
            return Optional.empty();
        }
    }

    /** A container whose start fails goes on as created: only its code tells. */
    private static boolean neverStarts(InspectContainerResponse inspected) {
        return phaseOf(inspected.getState().getStatus()) == Phase.CREATED
                && exitCode(inspected.getState().getExitCodeLong()) != 0;
    }

    static ContainerState stateOf(InspectContainerResponse inspected) {
        Map<String, String> labels = inspected.getConfig().getLabels();
        var state = inspected.getState();
        boolean unstartable = neverStarts(inspected);
        Phase phase = unstartable ? Phase.EXITED : phaseOf(state.getStatus());
        return new ContainerState(
                labels.getOrDefault(OwnerLabels.ID, ""),
                labels.getOrDefault(OwnerLabels.SANDBOX, ""),
                OwnerLabels.podOf(labels),
                labels.getOrDefault(OwnerLabels.CONTAINER, ""),
                OwnerLabels.attemptOf(labels),
                labels.getOrDefault(OwnerLabels.IMAGE, ""),
                DockerImages.ID_PREFIX + inspected.getImageId(),
                phase,
                Instant.parse(inspected.getCreated()),
                moment(state.getStartedAt()),
                phase == Phase.EXITED ? moment(state.getFinishedAt()) : null,
                phase == Phase.EXITED ? unstartable ? UNSTARTABLE : exitCode(state.getExitCodeLong()) : null,
                Boolean.TRUE.equals(state.getOOMKilled()),
                state.getError() == null ? "" : state.getError(),
                OwnerLabels.labelsOf(labels),
                OwnerLabels.annotationsOf(labels),
                DockerLimits.of(inspected.getHostConfig()));
    }

    private static Phase phaseOf(@Nullable String status) {
        return switch (status == null ? "" : status) {
            case "created" -> Phase.CREATED;
            case "exited", "dead", "removing" -> Phase.EXITED;
            default -> Phase.RUNNING;
        };
    }

    private static int exitCode(@Nullable Long code) {
        return code == null ? 0 : code.intValue();
    }

    private static @Nullable Instant moment(@Nullable String text) {
        return text == null || text.isEmpty() || text.equals(NEVER) ? null : Instant.parse(text);
    }
}
