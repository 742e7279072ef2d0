package io.orchestrator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.testkit.junit.Conformance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Who runs in pods, and what they may do. They start together. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
abstract class PodSecurityContract {
    private PodCluster pods;

    /** A cluster of this name whose pods are what is tried. */
    abstract PodCluster open(String name);

    PodCluster pods() {
        return pods;
    }

    @BeforeAll
    final void start() {
        pods = open("podsecurity");
        pods.create(PodCluster.pod("users", """
                securityContext: {runAsUser: 1001, runAsGroup: 2001}
                initContainers:
                - {name: of-pod, image: "busybox:1.36", command: [sh, -c, 'id -u; id -g']}
                - {name: own, image: "busybox:1.36", securityContext: {runAsUser: 1002, runAsGroup: 2002}, command: [sh, -c, 'id -u; id -g']}
                - {name: nobody, image: "busybox:1.36", securityContext: {runAsUser: 65534}, command: [id, -u]}
                - {name: readonly, image: "busybox:1.36", securityContext: {runAsUser: 0, readOnlyRootFilesystem: true}, command: [sh, -c, '(echo x > /file) 2>&1 || echo refused']}
                containers:
                - {name: main, image: "busybox:1.36", securityContext: {allowPrivilegeEscalation: false}, command: [grep, NoNewPrivs, /proc/self/status]}
                """));
    }

    @AfterAll
    final void stop() {
        if (pods != null) {
            pods.close();
        }
    }

    /** Whether a container may run as another user. */
    abstract boolean changesUsers();

    @Test
    @Conformance({
        "[sig-node] Security Context should support pod.Spec.SecurityContext.RunAsUser And RunAsGroup [LinuxOnly]",
        "[sig-node] Security Context should support container.SecurityContext.RunAsUser And RunAsGroup [LinuxOnly]",
        "[sig-node] Security Context runAsUser should run the container with uid 65534 [LinuxOnly]",
        "[sig-node] Security Context should not allow privilege escalation when false [LinuxOnly]",
        "[sig-node] Kubelet when scheduling a read only busybox container should not write to root filesystem [LinuxOnly]"
    })
    void containersRunAsWhoTheyAreToldAndMayDoNoMore() {
        if (!changesUsers()) {
            assertThat(pods.refusal("users", "of-pod")).endsWith("cannot run a container as user 1001");
            return;
        }
        assertThat(pods.said("users", "of-pod")).containsExactly("1001", "2001");
        assertThat(pods.said("users", "own")).containsExactly("1002", "2002");
        assertThat(pods.said("users", "nobody")).containsExactly("65534");
        assertThat(pods.said("users", "readonly")).endsWith("refused");
        assertThat(pods.said("users", "main")).singleElement().asString().matches("NoNewPrivs:\\s+1");
    }
}
