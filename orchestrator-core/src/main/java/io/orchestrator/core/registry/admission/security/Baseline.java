package io.orchestrator.core.registry.admission.security;

import io.orchestrator.api.model.core.AppArmorProfile;
import io.orchestrator.api.model.core.Capabilities;
import io.orchestrator.api.model.core.PodSecurityContext;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.api.model.core.SELinuxOptions;
import io.orchestrator.api.model.core.SecurityContext;
import io.orchestrator.api.model.core.Sysctl;
import io.orchestrator.api.model.core.WindowsSecurityContextOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What no pod may ask for that is not trusted with its node. Pure functions, one for each rule of the standard. */
final class Baseline {
    private static final Set<String> CAPABILITIES = Set.of(
            "AUDIT_WRITE",
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "MKNOD",
            "NET_BIND_SERVICE",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT");
    private static final Set<String> SE_LINUX_TYPES =
            Set.of("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t");
    private static final Set<String> SYSCTLS = Set.of(
            "kernel.shm_rmid_forced",
            "net.ipv4.ip_local_port_range",
            "net.ipv4.ip_unprivileged_port_start",
            "net.ipv4.tcp_syncookies",
            "net.ipv4.ping_group_range",
            "net.ipv4.ip_local_reserved_ports",
            "net.ipv4.tcp_keepalive_time",
            "net.ipv4.tcp_fin_timeout",
            "net.ipv4.tcp_keepalive_intvl",
            "net.ipv4.tcp_keepalive_probes",
            "net.ipv4.tcp_rmem",
            "net.ipv4.tcp_wmem");
    private static final String UNCONFINED = "Unconfined";

    private Baseline() {}

    /** The rules that hold for restricted pods as they are. */
    static List<Function<Contents, Optional<Finding>>> common() {
        return List.of(
                Baseline::appArmor,
                Baseline::hostNamespaces,
                Baseline::hostPorts,
                Baseline::privileged,
                Baseline::procMount,
                Baseline::seLinux,
                Baseline::sysctls,
                Baseline::windows);
    }

    /** The rules that restricted pods have stricter ones for. */
    static List<Function<Contents, Optional<Finding>>> relaxed() {
        return List.of(Baseline::capabilities, Baseline::hostPaths, Baseline::seccomp);
    }

    private static Optional<Finding> appArmor(Contents pod) {
        List<String> details = new ArrayList<>();
        if (isUnconfined(security(pod).appArmorProfile())) {
            details.add("pod must not set AppArmor profile type to \"Unconfined\"");
        }
        String bad = pod.containers(part -> isUnconfined(part.security().appArmorProfile()));
        if (!bad.isEmpty()) {
            details.add(bad + " must not set AppArmor profile type to \"Unconfined\"");
        }
        return Finding.of(details.size() == 1 ? "forbidden AppArmor profile" : "forbidden AppArmor profiles", details);
    }

    private static boolean isUnconfined(@Nullable AppArmorProfile profile) {
        return profile != null && profile.type().equals(UNCONFINED);
    }

    private static Optional<Finding> hostNamespaces(Contents pod) {
        PodSpec spec = pod.spec();
        String shared = Stream.of(
                        spec.hostNetwork() ? "hostNetwork=true" : "",
                        spec.hostPID() ? "hostPID=true" : "",
                        spec.hostIPC() ? "hostIPC=true" : "")
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining(", "));
        return Finding.at("host namespaces", shared, "");
    }

    private static Optional<Finding> hostPorts(Contents pod) {
        List<String> ports = pod.parts().stream()
                .flatMap(part -> part.ports().stream())
                .filter(port -> port.hostPort() != 0)
                .map(port -> String.valueOf(port.hostPort()))
                .distinct()
                .sorted()
                .toList();
        String bad = pod.containers(part -> part.ports().stream().anyMatch(port -> port.hostPort() != 0));
        return Finding.at(
                "hostPort",
                bad,
                (bad.startsWith("containers") ? " use " : " uses ")
                        + (ports.size() == 1 ? "hostPort " : "hostPorts ")
                        + String.join(", ", ports));
    }

    private static Optional<Finding> privileged(Contents pod) {
        return Finding.at(
                "privileged",
                pod.containers(part -> Boolean.TRUE.equals(part.security().privileged())),
                " must not set securityContext.privileged=true");
    }

    private static Optional<Finding> procMount(Contents pod) {
        return Finding.at(
                "procMount",
                pod.containers(part -> "Unmasked".equals(part.security().procMount())),
                " must not set securityContext.procMount to \"Unmasked\"");
    }

    private static Optional<Finding> seLinux(Contents pod) {
        List<SELinuxOptions> all = Stream.concat(
                        Stream.of(Optional.ofNullable(security(pod).seLinuxOptions())),
                        pod.parts().stream()
                                .map(part -> Optional.ofNullable(part.security().seLinuxOptions())))
                .flatMap(Optional::stream)
                .toList();
        List<String> bad = new ArrayList<>();
        List<String> types = all.stream()
                .map(SELinuxOptions::type)
                .filter(type -> !SE_LINUX_TYPES.contains(type))
                .distinct()
                .toList();
        if (!types.isEmpty()) {
            bad.add(Contents.named("type", types));
        }
        if (all.stream().anyMatch(options -> !options.user().isEmpty())) {
            bad.add("user may not be set");
        }
        if (all.stream().anyMatch(options -> !options.role().isEmpty())) {
            bad.add("role may not be set");
        }
        return bad.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding(
                        "seLinuxOptions", "forbidden securityContext.seLinuxOptions: " + String.join("; ", bad)));
    }

    private static Optional<Finding> sysctls(Contents pod) {
        String bad = security(pod).sysctls().stream()
                .map(Sysctl::name)
                .filter(name -> !SYSCTLS.contains(name))
                .collect(Collectors.joining(", "));
        return Finding.at("forbidden sysctls", bad, "");
    }

    private static Optional<Finding> windows(Contents pod) {
        List<String> details = new ArrayList<>();
        if (isHostProcess(security(pod).windowsOptions())) {
            details.add("pod must not set securityContext.windowsOptions.hostProcess=true");
        }
        String bad = pod.containers(part -> isHostProcess(part.security().windowsOptions()));
        if (!bad.isEmpty()) {
            details.add(bad + " must not set securityContext.windowsOptions.hostProcess=true");
        }
        return Finding.of("hostProcess", details);
    }

    private static boolean isHostProcess(@Nullable WindowsSecurityContextOptions options) {
        return options != null && Boolean.TRUE.equals(options.hostProcess());
    }

    private static Optional<Finding> capabilities(Contents pod) {
        return added(pod, CAPABILITIES).map(detail -> new Finding("non-default capabilities", detail));
    }

    /** Who adds capabilities that are not among the allowed ones. */
    static Optional<String> added(Contents pod, Set<String> allowed) {
        List<String> bad = pod.parts().stream()
                .map(part -> part.security().capabilities())
                .filter(Objects::nonNull)
                .map(Capabilities::add)
                .flatMap(List::stream)
                .filter(name -> !allowed.contains(name))
                .distinct()
                .sorted()
                .toList();
        String who = pod.containers(part -> {
            Capabilities own = part.security().capabilities();
            return own != null && !allowed.containsAll(own.add());
        });
        return bad.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        who + " must not include " + Contents.quoted(bad) + " in securityContext.capabilities.add");
    }

    private static Optional<Finding> hostPaths(Contents pod) {
        List<String> volumes = pod.spec().volumes().stream()
                .filter(volume -> volume.hostPath() != null)
                .map(volume -> volume.name())
                .toList();
        return Finding.at("hostPath volumes", Contents.named("volume", volumes), "");
    }

    private static Optional<Finding> seccomp(Contents pod) {
        List<String> details = new ArrayList<>();
        var ofPod = security(pod).seccompProfile();
        if (ofPod != null && ofPod.type().equals(UNCONFINED)) {
            details.add("pod must not set securityContext.seccompProfile.type to \"Unconfined\"");
        }
        String bad = pod.containers(Baseline::isUnconfined);
        if (!bad.isEmpty()) {
            details.add(bad + " must not set securityContext.seccompProfile.type to \"Unconfined\"");
        }
        return Finding.of("seccompProfile", details);
    }

    private static boolean isUnconfined(Contents.Part part) {
        SecurityContext own = part.security();
        return own.seccompProfile() != null && own.seccompProfile().type().equals(UNCONFINED);
    }

    static PodSecurityContext security(Contents pod) {
        PodSecurityContext own = pod.spec().securityContext();
        return own == null ? PodSecurityContext.EMPTY : own;
    }
}
