package io.orchestrator.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.ContainerNetwork;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeFailure.Kind;
import io.orchestrator.spi.runtime.RuntimeOwner;
import io.orchestrator.spi.runtime.SandboxSpec;
import io.orchestrator.spi.runtime.SandboxState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sandboxes as containers that hold a pod's network namespace, host name and ports. Blocking; thread-safe. */
final class DockerSandboxes {
    private static final int STOP_SECONDS = 2;

    private final DockerClient docker;
    private final RuntimeOwner owner;
    private final ContainerNames names;
    private final ImageSource image;
    private final ClusterNetwork network;
    private final PodBridge bridge;

    DockerSandboxes(
            DockerClient docker, RuntimeOwner owner, ImageSource image, ClusterNetwork network, PodBridge bridge) {
        this.docker = docker;
        this.owner = owner;
        this.names = new ContainerNames(owner);
        this.image = image;
        this.network = network;
        this.bridge = bridge;
    }

    /** Where the sandbox image's reference comes from. */
    interface ImageSource {
        String get();

        /** What was given is no longer there. */
        void renew();
    }

    /** @return what the engine says of it once it runs */
    InspectContainerResponse create(SandboxSpec spec) {
        String name = names.of(spec.id());
        InspectContainerResponse made = run(spec, name, reserve(spec, name));
        // Of the container that is there, which an earlier call may have made whose answer was lost.
        Optional<PodBridge.Place> place = placeOf(made);
        if (place.isPresent() && !bridge.holds(place.get(), name)) {
            remove(spec.id());
            made = run(spec, name, reserve(spec, name));
            place = placeOf(made);
        }
        if (place.isPresent() && !bridge.connect(made, name, place.get())) {
            remove(spec.id());
            made = run(spec, name, Optional.empty());
            place = Optional.empty();
        }
        if (place.isEmpty() && !spec.namespaces().hostNetwork()) {
            SandboxResolver.write(made.getResolvConfPath(), spec.dns());
        }
        return made;
    }

    private Optional<PodBridge.Place> reserve(SandboxSpec spec, String name) {
        return spec.namespaces().hostNetwork() ? Optional.empty() : bridge.reserve(spec, name);
    }

    private InspectContainerResponse run(SandboxSpec spec, String name, Optional<PodBridge.Place> place) {
        try {
            createContainer(spec, name, place);
        } catch (ConflictException e) {
            requireOurs(name);
        } catch (NotFoundException e) {
            // Somebody pruned our image, or the network went with the last pod of a former cluster: both are made
            // again.
            image.renew();
            createContainer(spec, name, place);
        }
        start(name);
        return docker.inspectContainerCmd(name).exec();
    }

    private void createContainer(SandboxSpec spec, String name, Optional<PodBridge.Place> place) {
        var create = docker.createContainerCmd(image.get()).withName(name);
        new SandboxConfig(owner, spec, place)
                .into(create, () -> network.ensure().name());
        create.exec();
    }

    private void start(String name) {
        try {
            docker.startContainerCmd(name).exec();
        } catch (NotModifiedException e) {
            // It runs already.
        } catch (com.github.dockerjava.api.exception.InternalServerErrorException e) {
            // Most often a host port that somebody else has.
            throw new RuntimeFailure(
                    Kind.CANNOT_START, String.valueOf(e.getMessage()).strip(), e);
        }
    }

    void stop(String sandboxId) {
        String name = names.of(sandboxId);
        try {
            docker.stopContainerCmd(name).withTimeout(STOP_SECONDS).exec();
        } catch (NotModifiedException | NotFoundException e) {
            // It has ended, or is gone: that is what was asked for.
        }
        ofSandbox(sandboxId).forEach(this::kill);
    }

    void remove(String sandboxId) {
        ofSandbox(sandboxId).forEach(this::removeForced);
        removeForced(names.of(sandboxId));
        bridge.release(names.of(sandboxId));
    }

    private List<String> ofSandbox(String sandboxId) {
        Map<String, String> filter = new java.util.HashMap<>(OwnerLabels.filterOf(owner));
        filter.put(OwnerLabels.SANDBOX, sandboxId);
        return docker.listContainersCmd().withShowAll(true).withLabelFilter(filter).exec().stream()
                .map(com.github.dockerjava.api.model.Container::getId)
                .toList();
    }

    private void kill(String container) {
        try {
            docker.killContainerCmd(container).exec();
        } catch (ConflictException | NotFoundException e) {
            // It does not run.
        }
    }

    private void removeForced(String container) {
        Removal.force(docker, container);
    }

    /** A name that is taken must be the very sandbox that was asked for. */
    private void requireOurs(String name) {
        Map<String, String> labels =
                docker.inspectContainerCmd(name).exec().getConfig().getLabels();
        if (labels == null || !OwnerLabels.belongsTo(owner, labels)) {
            throw new RuntimeFailure(Kind.INVALID, "the name " + name + " belongs to a container of somebody else");
        }
    }

    SandboxState stateOf(InspectContainerResponse inspected) {
        Map<String, String> labels = inspected.getConfig().getLabels();
        boolean running = isReady(inspected);
        return new SandboxState(
                labels.getOrDefault(OwnerLabels.ID, ""),
                OwnerLabels.attemptOf(labels),
                OwnerLabels.podOf(labels),
                running,
                running ? addressesOf(inspected) : List.of(),
                Instant.parse(inspected.getCreated()),
                OwnerLabels.labelsOf(labels),
                OwnerLabels.annotationsOf(labels));
    }

    private boolean isReady(InspectContainerResponse inspected) {
        return Boolean.TRUE.equals(inspected.getState().getRunning())
                && placeOf(inspected)
                        .map(place -> bridge.isConnected(place, inspected))
                        .orElse(true);
    }

    private static List<String> addressesOf(InspectContainerResponse inspected) {
        return placeOf(inspected)
                .map(place -> List.of(place.address()))
                .orElseGet(() -> addresses(inspected.getNetworkSettings().getNetworks()));
    }

    private static Optional<PodBridge.Place> placeOf(InspectContainerResponse inspected) {
        Map<String, String> labels = inspected.getConfig().getLabels();
        return labels == null ? Optional.empty() : OwnerLabels.placeOf(labels);
    }

    /** Something happened to a container of this owner. @param attributes its labels among them */
    void happened(String action, String container, Map<String, String> attributes) {
        // Labels of an app container may be its image's, and say what they like.
        if (action.equals("destroy") && OwnerLabels.KIND_SANDBOX.equals(attributes.get(OwnerLabels.KIND))) {
            OwnerLabels.placeOf(attributes)
                    .ifPresent(place -> bridge.gone(place, attributes.getOrDefault("name", ""), container));
        }
    }

    static List<String> addresses(Map<String, ContainerNetwork> networks) {
        List<String> addresses = new ArrayList<>();
        networks.values().forEach(each -> {
            if (each.getIpAddress() != null && !each.getIpAddress().isEmpty()) {
                addresses.add(each.getIpAddress());
            }
        });
        return addresses;
    }
}
