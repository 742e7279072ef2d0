package io.orchestrator.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.testkit.junit.Conformance;
import io.orchestrator.testkit.junit.RequiresDocker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who real containers run as, and what they see of the node and its kernel. They start together. */
@RequiresDocker
@Timeout(240)
class PodSecurityConformanceIT {
    private static PodCluster pods;

    @BeforeAll
    static void start() {
        pods = PodCluster.ofContainers("podsecurity");
        pods.create(PodCluster.pod("users", """
                securityContext: {runAsUser: 1001, runAsGroup: 2001}
                initContainers:
                - {name: of-pod, image: "busybox:1.36", command: [sh, -c, 'id -u; id -g']}
                - {name: own, image: "busybox:1.36", securityContext: {runAsUser: 1002, runAsGroup: 2002}, command: [sh, -c, 'id -u; id -g']}
                - {name: nobody, image: "busybox:1.36", securityContext: {runAsUser: 65534}, command: [id, -u]}
                - {name: root, image: "busybox:1.36", securityContext: {runAsUser: 0, privileged: false}, command: [sh, -c, 'ip link add d0 type dummy 2>&1 || echo refused']}
                - {name: writable, image: "busybox:1.36", securityContext: {runAsUser: 0, readOnlyRootFilesystem: false}, command: [sh, -c, 'echo x > /file && echo written']}
                - {name: readonly, image: "busybox:1.36", securityContext: {runAsUser: 0, readOnlyRootFilesystem: true}, command: [sh, -c, '(echo x > /file) 2>&1 || echo refused']}
                containers:
                - {name: main, image: "busybox:1.36", securityContext: {allowPrivilegeEscalation: false}, command: [grep, NoNewPrivs, /proc/self/status]}
                """));
        pods.create(PodCluster.pod("hosts", """
                hostAliases: [{ip: 123.45.67.89, hostnames: [foo, bar]}]
                containers:
                - {name: main, image: "busybox:1.36", command: [cat, /etc/hosts]}
                """));
        pods.create(PodCluster.pod("sysctls", """
                securityContext: {sysctls: [{name: kernel.shm_rmid_forced, value: '1'}]}
                containers:
                - {name: main, image: "busybox:1.36", command: [cat, /proc/sys/kernel/shm_rmid_forced]}
                """));
        pods.create(PodCluster.pod("hosts-of-pod", """
                initContainers:
                - {name: one, image: "busybox:1.36", command: [cat, /etc/hosts]}
                - {name: two, image: "busybox:1.36", command: [cat, /etc/hosts]}
                containers:
                - {name: own, image: "busybox:1.36", command: [cat, /etc/hosts], volumeMounts: [{name: hosts, mountPath: /etc/hosts}]}
                volumes: [{name: hosts, hostPath: {path: /etc/hosts, type: File}}]
                """));
        pods.create(PodCluster.pod("hosts-of-node", """
                hostNetwork: true
                containers: [{name: main, image: "busybox:1.36", command: [cat, /etc/hosts]}]
                """));
    }

    @AfterAll
    static void stop() {
        if (pods != null) {
            pods.close();
        }
    }

    @Test
    @Conformance({
        "[sig-node] Security Context should support pod.Spec.SecurityContext.RunAsUser And RunAsGroup [LinuxOnly]",
        "[sig-node] Security Context should support container.SecurityContext.RunAsUser And RunAsGroup [LinuxOnly]",
        "[sig-node] Security Context runAsUser should run the container with uid 65534 [LinuxOnly]",
        "[sig-node] Security Context privileged should run the container as unprivileged when false [LinuxOnly]",
        "[sig-node] Security Context readOnlyRootFilesystem should run the container with writable rootfs when false",
        "[sig-node] Security Context should not allow privilege escalation when false [LinuxOnly]",
        "[sig-node] Kubelet when scheduling a read only busybox container should not write to root filesystem [LinuxOnly]"
    })
    void containersRunAsWhoTheyAreToldAndMayDoNoMore() {
        assertThat(pods.said("users", "of-pod")).containsExactly("1001", "2001");
        assertThat(pods.said("users", "own")).containsExactly("1002", "2002");
        assertThat(pods.said("users", "nobody")).containsExactly("65534");
        // One stream each: between lines of stdout and stderr Docker promises no order.
        assertThat(pods.said("users", "root")).endsWith("refused");
        assertThat(pods.said("users", "writable")).containsExactly("written");
        assertThat(pods.said("users", "readonly")).endsWith("refused");
        assertThat(pods.said("users", "main")).singleElement().asString().matches("NoNewPrivs:\\s+1");
    }

    @Test
    @Conformance(
            "[sig-node] Kubelet when scheduling an agnhost Pod with hostAliases should write entries to /etc/hosts")
    void aliasesStandInTheHostsFile() {
        assertThat(pods.said("hosts", "main")).anyMatch(line -> line.matches("123\\.45\\.67\\.89\\s+foo(\\s+bar)?"));
    }

    @Test
    @Conformance("[sig-node] KubeletManagedEtcHosts should test kubelet managed /etc/hosts file")
    void theHostsFileIsWrittenByTheAgentExceptWhereSomebodyElseDoes() throws IOException {
        String header = "# Kubernetes-managed hosts file.";
        List<String> ofNode = Files.readAllLines(Path.of("/etc/hosts"));
        for (String container : List.of("one", "two")) {
            assertThat(pods.said("hosts-of-pod", container))
                    .startsWith(header)
                    .contains(pods.ended("hosts-of-pod").status().podIP() + "\thosts-of-pod");
        }
        assertThat(pods.said("hosts-of-pod", "own")).isEqualTo(ofNode);
        assertThat(pods.said("hosts-of-node", "main")).doesNotContain(header).containsAll(ofNode);
    }

    @Test
    @Conformance("[sig-node] Sysctls [LinuxOnly] should support sysctls [Environment:NotInUserNS]")
    void kernelSettingsOfThePodAreSet() {
        assertThat(pods.said("sysctls", "main")).containsExactly("1");
    }

    @Test
    @Conformance("[sig-node] Sysctls [LinuxOnly] should reject invalid sysctls")
    void whatIsNoKernelSettingIsRefused() {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> pods.create(PodCluster.pod("bad", """
                securityContext:
                  sysctls:
                  - {name: foo-, value: bar}
                  - {name: kernel.shmmax, value: '100000000'}
                  - {name: safe-and-unsafe, value: '100000000'}
                  - {name: bar.., value: '42'}
                containers: [{name: main, image: "busybox:1.36"}]
                """)))
                .withMessageContaining(
                        "sysctls[0].name: Invalid value: \"foo-\": must have at most 253 characters and match regex")
                .withMessageContaining("sysctls[3].name: Invalid value: \"bar..\"")
                .satisfies(
                        refused -> assertThat(refused.getMessage()).doesNotContain("kernel.shmmax", "safe-and-unsafe"));
    }
}
