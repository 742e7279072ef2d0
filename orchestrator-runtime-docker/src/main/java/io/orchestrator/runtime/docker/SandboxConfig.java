package io.orchestrator.runtime.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import io.orchestrator.spi.runtime.RuntimeOwner;
import io.orchestrator.spi.runtime.SandboxSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What an engine is told of a sandbox. Immutable. */
final class SandboxConfig {
    private static final String HOST = "host";
    private static final String NO_IPV6 = "net.ipv6.conf.all.disable_ipv6";

    private final RuntimeOwner owner;
    private final SandboxSpec spec;
    private final Optional<PodBridge.Place> place;

    /** @param place where it is to be connected; empty where the engine connects it */
    SandboxConfig(RuntimeOwner owner, SandboxSpec spec, Optional<PodBridge.Place> place) {
        this.owner = owner;
        this.spec = spec;
        this.place = place;
    }

    /**
     * Writes it into a command.
     *
     * @param network by which the engine connects the sandbox; asked only where the engine does
     */
    void into(CreateContainerCmd create, Supplier<String> network) {
        create.withEntrypoint(SandboxImage.PROGRAM)
                .withLabels(labels())
                .withHostConfig(place.isPresent() ? unconnected() : connected(network));
        if (place.isPresent()) {
            // Without it the engine would begin a program that makes ready what is not wanted.
            create.withNetworkDisabled(true);
        }
        if (!spec.namespaces().hostNetwork()) {
            create.withHostName(spec.hostname()).withExposedPorts(exposed());
            if (!spec.domain().isEmpty()) {
                create.withDomainName(spec.domain());
            }
        }
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>(OwnerLabels.of(
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
        place.ifPresent(each -> {
            labels.put(OwnerLabels.ADDRESS, each.address());
            labels.put(OwnerLabels.NETWORK, each.network());
        });
        return labels;
    }

    private HostConfig base(Map<String, String> sysctls) {
        HostConfig config = HostConfig.newHostConfig()
                .withIpcMode(spec.namespaces().hostIpc() ? HOST : "shareable")
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withReadonlyRootfs(true);
        if (spec.namespaces().hostPid()) {
            config.withPidMode(HOST);
        }
        if (!spec.cgroupParent().isEmpty()) {
            config.withCgroupParent(spec.cgroupParent());
        }
        return sysctls.isEmpty() ? config : config.withSysctls(sysctls);
    }

    private HostConfig unconnected() {
        Map<String, String> sysctls = new HashMap<>();
        if (Files.exists(Path.of("/proc/sys/net/ipv6"))) {
            // As an engine has it where a network has no addresses of IPv6.
            sysctls.put(NO_IPV6, "1");
        }
        sysctls.putAll(spec.sysctls());
        return base(sysctls).withNetworkMode("none");
    }

    private HostConfig connected(Supplier<String> network) {
        HostConfig config = base(spec.sysctls());
        if (spec.namespaces().hostNetwork()) {
            config.withNetworkMode(HOST);
        } else {
            config.withNetworkMode(network.get()).withExtraHosts(hosts()).withPortBindings(bindings());
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

    private List<ExposedPort> exposed() {
        return spec.portMappings().stream().map(SandboxConfig::port).toList();
    }

    private Ports bindings() {
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

    private String[] hosts() {
        return spec.hosts().entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(name -> name + ":" + entry.getKey()))
                .toArray(String[]::new);
    }
}
