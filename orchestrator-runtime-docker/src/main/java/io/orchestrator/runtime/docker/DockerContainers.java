package io.orchestrator.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.BadRequestException;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.PropagationMode;
import com.github.dockerjava.api.model.SELContext;
import com.github.dockerjava.api.model.Volume;
import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeFailure.Kind;
import io.orchestrator.spi.runtime.RuntimeOwner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** App containers: they join their sandbox's network and IPC. Blocking; thread-safe. */
final class DockerContainers {
    /** Kubernetes' own defaults for log rotation. */
    private static final Map<String, String> LOG_ROTATION = Map.of("max-size", "10m", "max-file", "5");

    private final DockerClient docker;
    private final RuntimeOwner owner;
    private final ContainerNames names;
    private final BridgeRecords records;

    /** @param records where the files are of sandboxes that the engine does not connect */
    DockerContainers(DockerClient docker, RuntimeOwner owner, BridgeRecords records) {
        this.records = records;
        this.docker = docker;
        this.owner = owner;
        this.names = new ContainerNames(owner);
    }

    String nameOf(String containerId) {
        return names.of(containerId);
    }

    void create(ContainerSpec spec) {
        InspectContainerResponse sandbox = requireRunning(names.of(spec.sandboxId()));
        CreateContainerCmd create = docker.createContainerCmd(imageOf(spec))
                .withName(names.of(spec.id()))
                .withLabels(labels(spec))
                .withEnv(spec.env().entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .toList())
                .withTty(spec.tty())
                .withStdinOpen(spec.stdin())
                .withStdInOnce(spec.stdinOnce())
                .withHostConfig(hostConfig(spec, sandbox));
        if (!spec.command().isEmpty()) {
            create.withEntrypoint(spec.command());
        }
        if (!spec.args().isEmpty()) {
            create.withCmd(spec.args());
        }
        if (!spec.workingDir().isEmpty()) {
            create.withWorkingDir(spec.workingDir());
        }
        if (!spec.stopSignal().isEmpty()) {
            create.withStopSignal(spec.stopSignal());
        }
        String user = userOf(spec.security());
        if (!user.isEmpty()) {
            create.withUser(user);
        }
        try {
            create.exec();
        } catch (ConflictException e) {
            requireOurs(spec);
        } catch (NotFoundException e) {
            throw new RuntimeFailure(Kind.IMAGE, "the image " + spec.image() + " is not on this node", e);
        }
    }

    private Map<String, String> labels(ContainerSpec spec) {
        Map<String, String> labels = new LinkedHashMap<>(OwnerLabels.of(
                owner,
                OwnerLabels.KIND_CONTAINER,
                spec.id(),
                spec.attempt(),
                spec.pod(),
                spec.labels(),
                spec.annotations()));
        labels.put(OwnerLabels.SANDBOX, spec.sandboxId());
        labels.put(OwnerLabels.CONTAINER, spec.name());
        labels.put(OwnerLabels.IMAGE, spec.image());
        return labels;
    }

    private static String imageOf(ContainerSpec spec) {
        return spec.imageId().startsWith(DockerImages.ID_PREFIX)
                ? spec.imageId().substring(DockerImages.ID_PREFIX.length())
                : spec.image();
    }

    private HostConfig hostConfig(ContainerSpec spec, InspectContainerResponse sandbox) {
        String joined = "container:" + sandbox.getId();
        HostConfig config = HostConfig.newHostConfig()
                .withNetworkMode(joined)
                .withIpcMode(joined)
                .withBinds(binds(spec, sandbox))
                .withLogConfig(new LogConfig(LogConfig.LoggingType.JSON_FILE, LOG_ROTATION))
                // An engine without CAP_SYS_RESOURCE, as in a container or without root, cannot lower the score and
                // would
                // refuse to start.
                .withOomScoreAdj(Math.max(0, spec.resources().oomScoreAdj()));
        processes(spec, sandbox).ifPresent(config::withPidMode);
        DockerLimits.set(config, spec.resources());
        secure(config, spec.security());
        return config;
    }

    /** Whose processes the container sees besides its own. */
    private Optional<String> processes(ContainerSpec spec, InspectContainerResponse sandbox) {
        Map<String, String> labels = sandbox.getConfig().getLabels();
        if (labels != null && labels.containsKey(OwnerLabels.SHARED_PROCESSES)) {
            return Optional.of("container:" + sandbox.getId());
        }
        if ("host".equals(sandbox.getHostConfig().getPidMode())) {
            return Optional.of("host");
        }
        return spec.targetId().isEmpty() ? Optional.empty() : Optional.of("container:" + names.of(spec.targetId()));
    }

    private static void secure(HostConfig config, ContainerSpec.Security security) {
        config.withPrivileged(security.privileged()).withReadonlyRootfs(security.readOnlyRootFilesystem());
        config.withSecurityOpts(options(security));
        config.withCapAdd(capabilities(security.addCapabilities()));
        config.withCapDrop(capabilities(security.dropCapabilities()));
        if (!security.supplementalGroups().isEmpty()) {
            config.withGroupAdd(
                    security.supplementalGroups().stream().map(String::valueOf).toList());
        }
    }

    static List<String> options(ContainerSpec.Security security) {
        List<String> options = new ArrayList<>();
        if (!security.allowPrivilegeEscalation()) {
            options.add("no-new-privileges");
        }
        seccomp(security.seccompProfile()).ifPresent(options::add);
        if (!security.appArmorProfile().isEmpty()) {
            options.add("apparmor=" + security.appArmorProfile());
        }
        return options;
    }

    /** The engine's default profile is in force unless another one is named, and has no name itself. */
    private static Optional<String> seccomp(String profile) {
        return switch (profile) {
            case "", "RuntimeDefault" -> Optional.empty();
            case "Unconfined" -> Optional.of("seccomp=unconfined");
            default -> Optional.of("seccomp=" + profile);
        };
    }

    private static Capability[] capabilities(List<String> names) {
        return names.stream().map(DockerContainers::capability).toArray(Capability[]::new);
    }

    private static Capability capability(String name) {
        String plain = name.toUpperCase(Locale.ROOT);
        try {
            return Capability.valueOf(plain.startsWith("CAP_") ? plain.substring("CAP_".length()) : plain);
        } catch (IllegalArgumentException e) {
            throw new RuntimeFailure(Kind.INVALID, "unknown capability " + name, e);
        }
    }

    private List<Bind> binds(ContainerSpec spec, InspectContainerResponse sandbox) {
        List<Bind> binds = new ArrayList<>(
                spec.mounts().stream().map(DockerContainers::bind).toList());
        Map<String, String> labels = sandbox.getConfig().getLabels();
        if (labels != null) {
            Set<String> taken = spec.mounts().stream()
                    .map(mount -> Path.of(mount.containerPath()).normalize().toString())
                    .collect(Collectors.toSet());
            OwnerLabels.placeOf(labels)
                    .ifPresent(place -> binds.addAll(records.files(place.network())
                            .binds(
                                    names.of(spec.sandboxId()),
                                    taken,
                                    spec.security().readOnlyRootFilesystem())));
        }
        return binds;
    }

    private static Bind bind(ContainerSpec.Mount mount) {
        return new Bind(
                mount.hostPath(),
                new Volume(mount.containerPath()),
                mount.readOnly() ? AccessMode.ro : AccessMode.rw,
                SELContext.none,
                null,
                switch (mount.propagation()) {
                    case NONE -> PropagationMode.DEFAULT_MODE; // which is private
                    case HOST_TO_CONTAINER -> PropagationMode.RSLAVE;
                    case BIDIRECTIONAL -> PropagationMode.RSHARED;
                });
    }

    private static String userOf(ContainerSpec.Security security) {
        Long user = security.runAsUser();
        Long group = security.runAsGroup();
        if (group == null) {
            return user == null ? "" : String.valueOf(user);
        }
        return (user == null ? 0 : user) + ":" + group;
    }

    void start(String containerId) {
        try {
            docker.startContainerCmd(names.of(containerId)).exec();
        } catch (NotModifiedException e) {
            // It runs already.
        } catch (BadRequestException | InternalServerErrorException e) {
            throw cannotStart(e);
        } catch (NotFoundException e) {
            // The engine says "not found" of a program, too; only the container's own absence is NOT_FOUND.
            if (String.valueOf(e.getMessage()).contains("No such container")) {
                throw e;
            }
            throw cannotStart(e);
        }
    }

    private static RuntimeFailure cannotStart(RuntimeException e) {
        return new RuntimeFailure(
                Kind.CANNOT_START,
                String.valueOf(EngineCalls.failure("start", e).getMessage()),
                e);
    }

    void stop(String containerId, Duration grace) {
        int seconds = (int) Math.min(Integer.MAX_VALUE, Math.max(0, (grace.toMillis() + 999) / 1000));
        try {
            docker.stopContainerCmd(names.of(containerId)).withTimeout(seconds).exec();
        } catch (NotModifiedException | NotFoundException e) {
            // It has ended, or is gone: that is what was asked for.
        }
    }

    /** Returns the engine's id of the container. */
    String resize(String containerId, ContainerSpec.Resources resources) {
        InspectContainerResponse inspected =
                docker.inspectContainerCmd(names.of(containerId)).exec();
        DockerLimits.set(docker.updateContainerCmd(inspected.getId()), resources)
                .exec();
        return inspected.getId();
    }

    /** The engine counts the files of the container's own layer. */
    long writtenBytes(String containerId) {
        Long size = docker.inspectContainerCmd(names.of(containerId))
                .withSize(true)
                .exec()
                .getSizeRw();
        return size == null ? 0 : size;
    }

    void remove(String containerId) {
        Removal.force(docker, names.of(containerId));
    }

    private InspectContainerResponse requireRunning(String sandboxName) {
        try {
            InspectContainerResponse inspected =
                    docker.inspectContainerCmd(sandboxName).exec();
            if (!Boolean.TRUE.equals(inspected.getState().getRunning())) {
                throw new RuntimeFailure(Kind.NOT_FOUND, "the sandbox " + sandboxName + " does not run");
            }
            return inspected;
        } catch (NotFoundException e) {
            throw new RuntimeFailure(Kind.NOT_FOUND, "the sandbox " + sandboxName + " does not exist", e);
        }
    }

    private void requireOurs(ContainerSpec spec) {
        Map<String, String> labels = docker.inspectContainerCmd(names.of(spec.id()))
                .exec()
                .getConfig()
                .getLabels();
        if (labels == null || !OwnerLabels.belongsTo(owner, labels)) {
            throw new RuntimeFailure(
                    Kind.INVALID, "the name " + names.of(spec.id()) + " belongs to a container of somebody else");
        }
    }
}
