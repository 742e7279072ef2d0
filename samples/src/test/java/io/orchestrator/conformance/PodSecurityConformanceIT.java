package io.orchestrator.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.testkit.junit.Conformance;
import io.orchestrator.testkit.junit.RequiresDocker;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On containers of an engine, which besides have a root file system and settings of the kernel of their own. */
@RequiresDocker
class PodSecurityConformanceIT extends PodSecurityContract {
    @Override
    PodCluster open(String name) {
        return PodCluster.ofContainers(name);
    }

    @Override
    boolean changesUsers() {
        return true;
    }

    @BeforeAll
    final void startMore() {
        pods().create(PodCluster.pod("own", """
                initContainers:
                - {name: root, image: "busybox:1.36", securityContext: {runAsUser: 0, privileged: false}, command: [sh, -c, 'ip link add d0 type dummy 2>&1 || echo refused']}
                - {name: writable, image: "busybox:1.36", securityContext: {runAsUser: 0, readOnlyRootFilesystem: false}, command: [sh, -c, 'echo x > /file && echo written']}
                containers:
                - {name: main, image: "busybox:1.36", command: ['true']}
                """));
        pods().create(PodCluster.pod("sysctls", """
                securityContext: {sysctls: [{name: kernel.shm_rmid_forced, value: '1'}]}
                containers:
                - {name: main, image: "busybox:1.36", command: [cat, /proc/sys/kernel/shm_rmid_forced]}
                """));
    }

    @Test
    @Conformance({
        "[sig-node] Security Context privileged should run the container as unprivileged when false [LinuxOnly]",
        "[sig-node] Security Context readOnlyRootFilesystem should run the container with writable rootfs when false"
    })
    void rootMayWriteToItsOwnFilesAndDoesNotRuleTheMachine() {
        // One stream each: between lines of stdout and stderr Docker promises no order.
        assertThat(pods().said("own", "root")).endsWith("refused");
        assertThat(pods().said("own", "writable")).containsExactly("written");
    }

    @Test
    @Conformance("[sig-node] Sysctls [LinuxOnly] should support sysctls [Environment:NotInUserNS]")
    void kernelSettingsOfThePodAreSet() {
        assertThat(pods().said("sysctls", "main")).containsExactly("1");
    }

    @Test
    @Conformance("[sig-node] Sysctls [LinuxOnly] should reject invalid sysctls")
    void whatIsNoKernelSettingIsRefused() {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> pods().create(PodCluster.pod("bad", """
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
