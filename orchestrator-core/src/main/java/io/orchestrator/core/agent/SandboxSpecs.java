package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.ContainerPort;
import io.orchestrator.api.model.core.HostAlias;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodSecurityContext;
import io.orchestrator.spi.runtime.RuntimeInfo.Ability;
import io.orchestrator.spi.runtime.SandboxSpec;
import io.orchestrator.spi.runtime.SandboxSpec.DnsSetup;
import io.orchestrator.spi.runtime.SandboxSpec.Namespaces;
import io.orchestrator.spi.runtime.SandboxSpec.PortMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a pod asks of its sandbox. Pure but for the node's settings. */
final class SandboxSpecs {
    private static final int NAME_LIMIT = 63;
    private static final int WHOLE_NAME_LIMIT = 64;

    private final NodeContext node;

    SandboxSpecs(NodeContext node) {
        this.node = node;
    }

    /** @throws ConfigFailure when the node's policy or runtime does not grant what the pod asks */
    SandboxSpec of(Pod pod, int attempt) {
        var spec = pod.spec();
        if ((spec.hostNetwork() || spec.hostPID() || spec.hostIPC())
                && !node.config().policy().hostNetwork()) {
            throw new ConfigFailure("the node's policy allows no host namespaces");
        }
        List<PortMapping> ports = spec.hostNetwork()
                ? List.of()
                : HostPorts.of(pod).stream().map(SandboxSpecs::mapping).toList();
        if (!ports.isEmpty() && !node.can(Ability.HOST_PORTS)) {
            throw new ConfigFailure("the " + node.info().name() + " runtime cannot publish host ports");
        }
        DnsSetup dns = resolver(pod);
        return new SandboxSpec(
                Ids.sandbox(pod, attempt),
                attempt,
                Ids.identity(pod),
                spec.hostNetwork() ? node.config().nodeName() : nameInside(pod),
                spec.hostNetwork() ? "" : domain(pod, node.config().clusterDomain()),
                dns,
                hosts(pod),
                ports,
                new Namespaces(
                        spec.hostNetwork(),
                        spec.hostPID(),
                        spec.hostIPC(),
                        Boolean.TRUE.equals(spec.shareProcessNamespace())),
                "",
                sysctls(pod),
                Map.of(),
                Map.of());
    }

    private DnsSetup resolver(Pod pod) {
        PodDns.Setup setup =
                PodDns.of(pod, node.config().clusterDns(), node.config().clusterDomain());
        setup.complaints().forEach(complaint -> node.events().warning(pod, "DNSConfigForming", complaint));
        if (setup.ofCluster() && !node.can(Ability.RESOLVER)) {
            node.events()
                    .warning(
                            pod,
                            "MissingClusterDNS",
                            "the " + node.info().name() + " runtime cannot give pods a resolver of their own here:"
                                    + " names are resolved as on the node");
        }
        return setup.dns();
    }

    /** The whole name where the pod wants it so: the kernel keeps 64 characters of it. */
    private String nameInside(Pod pod) {
        String name = hostname(pod);
        String domain = domain(pod, node.config().clusterDomain());
        if (!Boolean.TRUE.equals(pod.spec().setHostnameAsFQDN()) || domain.isEmpty()) {
            return name;
        }
        String whole = name + "." + domain;
        if (whole.length() > WHOLE_NAME_LIMIT) {
            throw new ConfigFailure("Failed to construct FQDN from pod hostname and cluster domain, FQDN " + whole
                    + " is too long (64 characters is the max, " + whole.length() + " characters requested)");
        }
        return whole;
    }

    /** Pods with a subdomain have a name of their own in the cluster's DNS. */
    static String domain(Pod pod, String clusterDomain) {
        String subdomain = pod.spec().subdomain();
        return subdomain.isEmpty() ? "" : subdomain + "." + pod.metadata().namespace() + ".svc." + clusterDomain;
    }

    static String hostname(Pod pod) {
        String name = pod.spec().hostname().isEmpty()
                ? pod.metadata().name()
                : pod.spec().hostname();
        String cut = name.length() > NAME_LIMIT ? name.substring(0, NAME_LIMIT) : name;
        return cut.replaceAll("[-.]+$", "");
    }

    private static PortMapping mapping(ContainerPort port) {
        String protocol = port.protocol().isEmpty() ? "TCP" : port.protocol();
        return new PortMapping(port.hostIP(), port.hostPort(), port.containerPort(), protocol);
    }

    private static Map<String, List<String>> hosts(Pod pod) {
        Map<String, List<String>> hosts = new LinkedHashMap<>();
        for (HostAlias alias : pod.spec().hostAliases()) {
            hosts.computeIfAbsent(alias.ip(), ip -> new ArrayList<>()).addAll(alias.hostnames());
        }
        return hosts;
    }

    private static Map<String, String> sysctls(Pod pod) {
        PodSecurityContext security = pod.spec().securityContext();
        Map<String, String> sysctls = new LinkedHashMap<>();
        if (security != null) {
            security.sysctls().forEach(sysctl -> sysctls.put(sysctl.name().replace('/', '.'), sysctl.value()));
        }
        return sysctls;
    }
}
