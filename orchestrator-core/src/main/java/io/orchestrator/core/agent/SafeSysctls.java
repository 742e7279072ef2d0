package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodSecurityContext;
import io.orchestrator.api.model.core.Sysctl;
import java.util.Optional;
import java.util.Set;

/** Kernel settings that a node grants to any pod: they belong to the pod's namespaces alone and harm nobody else. Pure. */
final class SafeSysctls {
    private static final Set<String> NAMES = Set.of(
            "kernel.shm_rmid_forced",
            "net.ipv4.ip_local_port_range",
            "net.ipv4.tcp_syncookies",
            "net.ipv4.ping_group_range",
            "net.ipv4.ip_unprivileged_port_start",
            "net.ipv4.ip_local_reserved_ports",
            "net.ipv4.tcp_keepalive_time",
            "net.ipv4.tcp_fin_timeout",
            "net.ipv4.tcp_keepalive_intvl",
            "net.ipv4.tcp_keepalive_probes",
            "net.ipv4.tcp_rmem",
            "net.ipv4.tcp_wmem");

    private SafeSysctls() {}

    /** Why the pod may not have what it asks for. */
    static Optional<String> objection(Pod pod) {
        PodSecurityContext security = pod.spec().securityContext();
        if (security == null) {
            return Optional.empty();
        }
        return security.sysctls().stream()
                .map(Sysctl::name)
                .filter(name -> !NAMES.contains(name.replace('/', '.')))
                .findFirst()
                .map(name -> "forbidden sysctl: \"" + name + "\" not allowlisted");
    }
}
