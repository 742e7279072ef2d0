package io.orchestrator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.Patch;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.testkit.junit.Conformance;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What containers are begun with, on real ones: each says what it finds. They start together. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
abstract class PodEnvironmentContract {
    private PodCluster pods;

    /** A cluster of this name whose pods are what is tried. */
    abstract PodCluster open(String name);

    @BeforeAll
    final void start() {
        pods = open("podenvironment");
        pods.settings();
        pods.create("""
                apiVersion: v1
                kind: Service
                metadata: {name: fooservice}
                spec: {selector: {app: none}, ports: [{port: 8765, targetPort: 8080}]}
                """);
        pods.create(PodCluster.pod("env", """
                containers:
                - name: main
                  image: busybox:1.36
                  command: [env]
                  resources:
                    requests: {cpu: 250m, memory: 32Mi}
                    limits: {cpu: 1250m, memory: 64Mi}
                  envFrom:
                  - {prefix: cfg_, configMapRef: {name: cfg}}
                  - {prefix: sec_, secretRef: {name: sec}}
                  env:
                  - {name: CFG, valueFrom: {configMapKeyRef: {name: cfg, key: data-1}}}
                  - {name: SEC, valueFrom: {secretKeyRef: {name: sec, key: data-1}}}
                  - {name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
                  - {name: POD_NAMESPACE, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}
                  - {name: POD_IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
                  - {name: HOST_IP, valueFrom: {fieldRef: {fieldPath: status.hostIP}}}
                  - {name: POD_UID, valueFrom: {fieldRef: {fieldPath: metadata.uid}}}
                  - {name: CPU_LIMIT, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}
                  - {name: MEMORY_LIMIT, valueFrom: {resourceFieldRef: {resource: limits.memory}}}
                  - {name: CPU_REQUEST, valueFrom: {resourceFieldRef: {resource: requests.cpu}}}
                  - {name: MEMORY_REQUEST, valueFrom: {resourceFieldRef: {resource: requests.memory}}}
                  - {name: FOO, value: foo-value}
                  - {name: BAR, value: bar-value}
                  - {name: FOOBAR, value: "$(FOO);;$(BAR)"}
                """));
        pods.create(PodCluster.pod("unlimited", """
                containers:
                - name: main
                  image: busybox:1.36
                  command: [env]
                  env:
                  - {name: CPU_LIMIT, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}
                  - {name: MEMORY_LIMIT, valueFrom: {resourceFieldRef: {resource: limits.memory}}}
                """));
        pods.create(PodCluster.pod("words", """
                initContainers:
                - {name: args, image: "busybox:1.36", args: [echo, overridden, args]}
                - {name: command, image: "busybox:1.36", command: [echo, overridden command]}
                - {name: both, image: "busybox:1.36", command: [echo], args: [both, overridden]}
                - name: in-command
                  image: busybox:1.36
                  env: [{name: TEST_VAR, value: test-value}]
                  command: [sh, -c, 'TEST_VAR=wrong; echo "$(TEST_VAR)"']
                - name: in-args
                  image: busybox:1.36
                  env: [{name: TEST_VAR, value: test-value}]
                  command: [sh, -c]
                  args: ['TEST_VAR=wrong; echo "$(TEST_VAR)"']
                containers:
                - {name: main, image: "busybox:1.36"}
                """));
        pods.create(expanded("backticks", "value: '..'"));
        pods.create(expanded("absolute", "value: /tmp"));
        pods.create(expanded("mended", "valueFrom: {fieldRef: {fieldPath: \"metadata.annotations['part']\"}}"));
    }

    /** A pod whose volume is mounted at what a variable says. */
    private static String expanded(String name, String variable) {
        return PodCluster.pod(name, """
                containers:
                - name: main
                  image: busybox:1.36
                  command: [sh, -c, 'echo x > /here/file; ls /all/*']
                  env: [{name: PART, %s}]
                  volumeMounts: [{name: v, mountPath: /all}, {name: v, mountPath: /here, subPathExpr: $(PART)}]
                volumes: [{name: v, emptyDir: {}}]
                """.formatted(variable));
    }

    @AfterAll
    final void stop() {
        if (pods != null) {
            pods.close();
        }
    }

    @Test
    @Conformance({
        "[sig-node] ConfigMap should be consumable via environment variable",
        "[sig-node] ConfigMap should be consumable via the environment",
        "[sig-node] Secrets should be consumable from pods in env vars",
        "[sig-node] Secrets should be consumable via the environment",
        "[sig-node] Variable Expansion should allow composing env vars into new env vars",
        "[sig-node] Pods should contain environment variables for services",
        "[sig-node] Kubelet when scheduling a busybox command in a pod should print the output to logs"
    })
    void theEnvironmentIsMadeOfConfigMapsSecretsServicesAndItself() {
        assertThat(pods.said("env", "main"))
                .contains(
                        "CFG=value-1",
                        "cfg_data-1=value-1",
                        "cfg_data-2=value-2",
                        "SEC=value-1",
                        "sec_data-1=value-1",
                        "FOOBAR=foo-value;;bar-value",
                        "FOOSERVICE_SERVICE_PORT=8765",
                        "FOOSERVICE_PORT_8765_TCP_PORT=8765",
                        "FOOSERVICE_PORT_8765_TCP_PROTO=tcp")
                .anyMatch(line -> line.matches("FOOSERVICE_SERVICE_HOST=[0-9.]+"))
                .anyMatch(line -> line.matches("FOOSERVICE_PORT=tcp://[0-9.]+:8765"))
                .anyMatch(line -> line.matches("FOOSERVICE_PORT_8765_TCP_ADDR=[0-9.]+"));
    }

    @Test
    @Conformance({
        "[sig-node] Downward API should provide container's limits.cpu/memory and requests.cpu/memory as env vars",
        "[sig-node] Downward API should provide default limits.cpu/memory from node allocatable",
        "[sig-node] Downward API should provide host IP as an env var",
        "[sig-node] Downward API should provide pod UID as env vars",
        "[sig-node] Downward API should provide pod name, namespace and IP address as env vars",
        "[sig-node] Pods should get a host IP"
    })
    void theEnvironmentKnowsThePod() {
        List<String> said = pods.said("env", "main");
        Pod pod = pods.client().pods().get("env");
        assertThat(pod.status().hostIP()).isNotEmpty();
        assertThat(said)
                .contains(
                        "POD_NAME=env",
                        "POD_NAMESPACE=default",
                        "HOST_IP=" + pod.status().hostIP(),
                        "POD_UID=" + pod.metadata().uid(),
                        "CPU_LIMIT=2",
                        "MEMORY_LIMIT=67108864",
                        "CPU_REQUEST=1",
                        "MEMORY_REQUEST=33554432")
                .anyMatch(line -> line.matches("POD_IP=[0-9.]+"));
        assertThat(pods.said("unlimited", "main")).contains("CPU_LIMIT=4", "MEMORY_LIMIT=" + (8L << 30));
    }

    @Test
    @Conformance({
        "[sig-node] Containers should be able to override the image's default arguments (container cmd)",
        "[sig-node] Containers should be able to override the image's default command (container entrypoint)",
        "[sig-node] Containers should be able to override the image's default command and arguments",
        "[sig-node] Containers should use the image defaults if command and args are blank",
        "[sig-node] Variable Expansion should allow substituting values in a container's args",
        "[sig-node] Variable Expansion should allow substituting values in a container's command"
    })
    void commandsAreThoseOfThePodOrOfTheImage() {
        assertThat(pods.said("words", "args")).containsExactly("overridden args");
        assertThat(pods.said("words", "command")).containsExactly("overridden command");
        assertThat(pods.said("words", "both")).containsExactly("both overridden");
        assertThat(pods.said("words", "in-command")).containsExactly("test-value");
        assertThat(pods.said("words", "in-args")).containsExactly("test-value");
        // the image's own is a shell, which ends well where nothing is said to it
        assertThat(pods.ended("words").status().phase()).isEqualTo(PodPhase.SUCCEEDED);
    }

    @Test
    @Conformance({
        "[sig-node] Variable Expansion should fail substituting values in a volume subpath with backticks",
        "[sig-node] Variable Expansion should fail substituting values in a volume subpath with absolute path"
    })
    void aVariableCannotLeadOutOfAVolume() {
        for (String name : List.of("backticks", "absolute")) {
            assertThat(notMade(name)).startsWith("subPath");
        }
    }

    @Test
    @Conformance(
            "[sig-node] Variable Expansion should verify that a failing subpath expansion can be modified during the lifecycle"
                    + " of a container [Slow]")
    void aPathThatLacksAValueIsMadeWhenItHasOne() {
        assertThat(notMade("mended")).isEqualTo("missing value for PART");
        pods.client().pods().patch("mended", Patch.merge("{\"metadata\": {\"annotations\": {\"part\": \"here\"}}}"));
        assertThat(pods.said("mended", "main")).contains("file");
        assertThat(pods.ended("mended").status().phase()).isEqualTo(PodPhase.SUCCEEDED);
    }

    /** Why the pod's container is not even made. */
    private String notMade(String name) {
        String why = pods.refusal(name, "main");
        assertThat(pods.client().pods().get(name).status().phase()).isEqualTo(PodPhase.PENDING);
        return why;
    }
}
