package io.orchestrator.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeFailure.Kind;
import io.orchestrator.spi.runtime.RuntimeOwner;
import io.orchestrator.spi.runtime.SandboxSpec;
import io.orchestrator.spi.runtime.SandboxState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Sandboxes as containers that hold a pod's network namespace, host name and ports. Blocking; thread-safe. */
final class DockerSandboxes {
    private static final String HOST = "host";
    private static final int STOP_SECONDS = 2;

    private final DockerClient docker;
    private final RuntimeOwner owner;
    private final ContainerNames names;
    private final ImageSource image;
    private final ClusterNetwork network;

    DockerSandboxes(DockerClient docker, RuntimeOwner owner, ImageSource image, ClusterNetwork network) {
        this.docker = docker;
        this.owner = owner;
        this.names = new ContainerNames(owner);
        this.image = image;
        this.network = network;
    }

    /** Where the sandbox image's reference comes from. */
    interface ImageSource {
        String get();

        /** What was given is no longer there. */
        void renew();
    }

    SandboxState create(SandboxSpec spec) {
        String name = names.of(spec.id());
        try {
            createContainer(spec, name);
        } catch (ConflictException e) {
            requireOurs(name);
        } catch (NotFoundException e) {
            // Somebody pruned our image, or the network went with the last pod of a former cluster: both are made
            // again.
            image.renew();
            createContainer(spec, name);
        }
        start(name);
        InspectContainerResponse inspected = docker.inspectContainerCmd(name).exec();
        if (!spec.namespaces().hostNetwork()) {
            SandboxResolver.write(inspected.getResolvConfPath(), spec.dns());
        }
        return stateOf(inspected);
    }

    private void createContainer(SandboxSpec spec, String name) {
        var create = docker.createContainerCmd(image.get())
                .withName(name)
                .withEntrypoint(SandboxImage.PROGRAM)
                .withLabels(labels(spec))
                .withHostConfig(hostConfig(spec));
        if (!spec.namespaces().hostNetwork()) {
            create.withHostName(spec.hostname()).withExposedPorts(exposed(spec));
            if (!spec.domain().isEmpty()) {
                create.withDomainName(spec.domain());
            }
        }
        create.exec();
    }

    private Map<String, String> labels(SandboxSpec spec) {
        Map<String, String> labels = new java.util.LinkedHashMap<>(OwnerLabels.of(
                owner,
                OwnerLabels.KIND_SANDBOX,
                spec.id(),
                spec.attempt(),
                spec.pod(),
                spec.labels(),
                spec.annotations()));
        if (spec.namespaces().sharedPid()) {
            labels.put(OwnerLabels.SHARED_PROCESSES, "true");
        }
        return labels;
    }

    private HostConfig hostConfig(SandboxSpec spec) {
        HostConfig config = HostConfig.newHostConfig()
                .withNetworkMode(spec.namespaces().hostNetwork() ? HOST : network.ensure())
                .withIpcMode(spec.namespaces().hostIpc() ? HOST : "shareable")
                .withCapDrop(com.github.dockerjava.api.model.Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withReadonlyRootfs(true);
        if (spec.namespaces().hostPid()) {
            config.withPidMode(HOST);
        }
        if (!spec.cgroupParent().isEmpty()) {
            config.withCgroupParent(spec.cgroupParent());
        }
        if (!spec.sysctls().isEmpty()) {
            config.withSysctls(spec.sysctls());
        }
        if (!spec.namespaces().hostNetwork()) {
            config.withExtraHosts(hosts(spec.hosts())).withPortBindings(bindings(spec));
        }
        SandboxSpec.DnsSetup dns = spec.dns();
        if (!dns.servers().isEmpty()) {
            config.withDns(dns.servers());
        }
        if (!dns.searches().isEmpty()) {
            config.withDnsSearch(dns.searches());
        }
        if (!dns.options().isEmpty()) {
            config.withDnsOptions(dns.options());
        }
        return config;
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
        boolean running = Boolean.TRUE.equals(inspected.getState().getRunning());
        return new SandboxState(
                labels.getOrDefault(OwnerLabels.ID, ""),
                OwnerLabels.attemptOf(labels),
                OwnerLabels.podOf(labels),
                running,
                running ? addresses(inspected.getNetworkSettings().getNetworks()) : List.of(),
                Instant.parse(inspected.getCreated()),
                OwnerLabels.labelsOf(labels),
                OwnerLabels.annotationsOf(labels));
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

    private static List<ExposedPort> exposed(SandboxSpec spec) {
        return spec.portMappings().stream().map(DockerSandboxes::port).toList();
    }

    private static Ports bindings(SandboxSpec spec) {
        Ports ports = new Ports();
        spec.portMappings()
                .forEach(mapping -> ports.add(new PortBinding(
                        mapping.hostIp().isEmpty()
                                ? Ports.Binding.bindPort(mapping.hostPort())
                                : Ports.Binding.bindIpAndPort(mapping.hostIp(), mapping.hostPort()),
                        port(mapping))));
        return ports;
    }

    private static ExposedPort port(SandboxSpec.PortMapping mapping) {
        return ExposedPort.parse(
                mapping.containerPort() + "/" + mapping.protocol().toLowerCase(Locale.ROOT));
    }

    private static String[] hosts(Map<String, List<String>> hosts) {
        return hosts.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(name -> name + ":" + entry.getKey()))
                .toArray(String[]::new);
    }
}
