package io.orchestrator.samples.embed;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.core.ContainerStateTerminated;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.core.codec.Manifests;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.runtime.docker.DockerRuntime;
import io.orchestrator.testkit.junit.Conformance;
import io.orchestrator.testkit.junit.RequiresDocker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Kubernetes' conformance tests ask of pods, on real containers: each says what it finds inside. They start together. */
@RequiresDocker
@Timeout(240)
class PodConformanceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final Manifests MANIFESTS = Manifests.builtIn();

    private static Cluster cluster;
    private static Client client;

    @BeforeAll
    static void start() {
        cluster = Cluster.builder()
                .named("conformance")
                .runtime(DockerRuntime.local())
                .nodes(1)
                .podGrace(Duration.ofSeconds(1))
                .start();
        client = cluster.client();
        cluster.awaitNodes(PATIENCE);
        create("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: cfg}
                data: {data-1: value-1, data-2: value-2}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: sec}
                stringData: {data-1: value-1, data-2: value-2}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: fooservice}
                spec: {selector: {app: none}, ports: [{port: 8765, targetPort: 8080}]}
                """);
        environment();
        volumes();
        security();
        ends();
    }

    private static void environment() {
        create(pod("env", """
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
        create(pod("unlimited", """
                containers:
                - name: main
                  image: busybox:1.36
                  command: [env]
                  env:
                  - {name: CPU_LIMIT, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}
                  - {name: MEMORY_LIMIT, valueFrom: {resourceFieldRef: {resource: limits.memory}}}
                """));
        create(pod("words", """
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
    }

    private static void volumes() {
        create(pod("files", """
                initContainers:
                - name: plain
                  image: busybox:1.36
                  command: [sh, -c, 'cat /c/data-1 /c2/data-1 /s/data-1 /s2/data-1 /p/data-1 /p2/data-1 /ps/data-1 /ps2/data-1 | tr -d "\\n"']
                  volumeMounts: &all
                  - {name: c, mountPath: /c}
                  - {name: c, mountPath: /c2}
                  - {name: s, mountPath: /s}
                  - {name: s, mountPath: /s2}
                  - {name: p, mountPath: /p}
                  - {name: p, mountPath: /p2}
                  - {name: ps, mountPath: /ps}
                  - {name: ps, mountPath: /ps2}
                  - {name: modes-c, mountPath: /mc}
                  - {name: modes-s, mountPath: /ms}
                  - {name: modes-p, mountPath: /mp}
                  - {name: modes-ps, mountPath: /mps}
                  - {name: items-c, mountPath: /ic}
                  - {name: items-s, mountPath: /is}
                  - {name: items-p, mountPath: /ip}
                  - {name: items-ps, mountPath: /ips}
                - name: modes
                  image: busybox:1.36
                  command: [sh, -c, 'stat -L -c %a /mc/data-1 /ms/data-1 /mp/data-1 /mps/data-1 | tr "\\n" " "']
                  volumeMounts: *all
                - name: items
                  image: busybox:1.36
                  command: [sh, -c, 'for d in /ic /is /ip /ips; do stat -L -c %a $d/path/to/data-2; cat $d/path/to/data-2; done | tr "\\n" " "; ls /ic']
                  volumeMounts: *all
                containers:
                - name: main
                  image: busybox:1.36
                  securityContext: {runAsUser: 1000}
                  command: [sh, -c, 'cat /c/data-1 /p/data-1 /ic/path/to/data-2 /ip/path/to/data-2']
                  volumeMounts: *all
                volumes:
                - {name: c, configMap: {name: cfg}}
                - {name: s, secret: {secretName: sec}}
                - {name: p, projected: {sources: [{configMap: {name: cfg}}]}}
                - {name: ps, projected: {sources: [{secret: {name: sec}}]}}
                - {name: modes-c, configMap: {name: cfg, defaultMode: 0400}}
                - {name: modes-s, secret: {secretName: sec, defaultMode: 0400}}
                - {name: modes-p, projected: {defaultMode: 0400, sources: [{configMap: {name: cfg}}]}}
                - {name: modes-ps, projected: {defaultMode: 0400, sources: [{secret: {name: sec}}]}}
                - {name: items-c, configMap: {name: cfg, items: [{key: data-2, path: path/to/data-2, mode: 0444}]}}
                - {name: items-s, secret: {secretName: sec, items: [{key: data-2, path: path/to/data-2, mode: 0444}]}}
                - {name: items-p, projected: {sources: [{configMap: {name: cfg, items: [{key: data-2, path: path/to/data-2, mode: 0444}]}}]}}
                - {name: items-ps, projected: {sources: [{secret: {name: sec, items: [{key: data-2, path: path/to/data-2, mode: 0444}]}}]}}
                """));
        create(pod("group", """
                securityContext: {runAsUser: 1000, fsGroup: 1001}
                containers:
                - name: main
                  image: busybox:1.36
                  command: [sh, -c, 'stat -L -c "%a %g" /s/data-1 /ps/data-1; cat /s/data-1 /ps/data-1']
                  volumeMounts: [{name: s, mountPath: /s}, {name: ps, mountPath: /ps}]
                volumes:
                - {name: s, secret: {secretName: sec, defaultMode: 0440}}
                - {name: ps, projected: {defaultMode: 0440, sources: [{secret: {name: sec}}]}}
                """));
        create(pod("downward", """
                containers:
                - name: main
                  image: busybox:1.36
                  resources: {requests: {cpu: 250m, memory: 32Mi}, limits: {cpu: 1250m, memory: 64Mi}}
                  command: [sh, -c, 'for d in /d /p; do for f in name cpu-limit cpu-request memory-limit memory-request; do cat $d/$f; echo; done; stat -L -c %a $d/name $d/cpu-limit; done; cat /all/cfg /all/sec /all/name']
                  volumeMounts: [{name: d, mountPath: /d}, {name: p, mountPath: /p}, {name: all, mountPath: /all}]
                volumes:
                - name: d
                  downwardAPI: &api
                    items:
                    - {path: name, mode: 0400, fieldRef: {fieldPath: metadata.name}}
                    - {path: cpu-limit, resourceFieldRef: {containerName: main, resource: limits.cpu}}
                    - {path: cpu-request, resourceFieldRef: {containerName: main, resource: requests.cpu, divisor: 1m}}
                    - {path: memory-limit, resourceFieldRef: {containerName: main, resource: limits.memory}}
                    - {path: memory-request, resourceFieldRef: {containerName: main, resource: requests.memory}}
                    defaultMode: 0440
                - name: p
                  projected:
                    defaultMode: 0440
                    sources:
                    - downwardAPI:
                        items:
                        - {path: name, mode: 0400, fieldRef: {fieldPath: metadata.name}}
                        - {path: cpu-limit, resourceFieldRef: {containerName: main, resource: limits.cpu}}
                        - {path: cpu-request, resourceFieldRef: {containerName: main, resource: requests.cpu, divisor: 1m}}
                        - {path: memory-limit, resourceFieldRef: {containerName: main, resource: limits.memory}}
                        - {path: memory-request, resourceFieldRef: {containerName: main, resource: requests.memory}}
                - name: all
                  projected:
                    sources:
                    - {configMap: {name: cfg, items: [{key: data-1, path: cfg}]}}
                    - {secret: {name: sec, items: [{key: data-2, path: sec}]}}
                    - {downwardAPI: {items: [{path: name, fieldRef: {fieldPath: metadata.name}}]}}
                """));
        create(pod("scratch", """
                initContainers:
                - name: root
                  image: busybox:1.36
                  command: [sh, -c, 'stat -c %a /v; for m in 644 666 777; do echo new > /v/$m; chmod $m /v/$m; stat -c "%a %u" /v/$m; cat /v/$m; done']
                  volumeMounts: &v [{name: v, mountPath: /v}]
                - name: other
                  image: busybox:1.36
                  securityContext: {runAsUser: 1001}
                  command: [sh, -c, 'for m in 644 666 777; do echo new > /v/o$m; chmod $m /v/o$m; stat -c "%a %u" /v/o$m; cat /v/o$m; done']
                  volumeMounts: *v
                containers:
                - {name: writes, image: "busybox:1.36", command: [sh, -c, 'echo hello > /v/shared'], volumeMounts: *v}
                - {name: reads, image: "busybox:1.36", command: [sh, -c, 'until [ -s /v/shared ]; do sleep 0.1; done; cat /v/shared'], volumeMounts: *v}
                volumes: [{name: v, emptyDir: {}}]
                """));
        create(pod("subpaths", """
                containers:
                - name: main
                  image: busybox:1.36
                  env: [{name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
                  command: [sh, -c, 'cat /c /s /d /p /etc/group; echo x > /expanded/file; ls /v/subpaths']
                  volumeMounts:
                  - {name: c, mountPath: /c, subPath: data-1}
                  - {name: s, mountPath: /s, subPath: data-1}
                  - {name: d, mountPath: /d, subPath: name}
                  - {name: p, mountPath: /p, subPath: data-1}
                  - {name: c, mountPath: /etc/group, subPath: data-2}
                  - {name: v, mountPath: /v}
                  - {name: v, mountPath: /expanded, subPathExpr: $(POD_NAME)}
                volumes:
                - {name: c, configMap: {name: cfg}}
                - {name: s, secret: {secretName: sec}}
                - {name: d, downwardAPI: {items: [{path: name, fieldRef: {fieldPath: metadata.name}}]}}
                - {name: p, projected: {sources: [{configMap: {name: cfg}}]}}
                - {name: v, emptyDir: {}}
                """));
    }

    private static void security() {
        create(pod("users", """
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
        create(pod("hosts", """
                hostAliases: [{ip: 123.45.67.89, hostnames: [foo, bar]}]
                containers:
                - {name: main, image: "busybox:1.36", command: [cat, /etc/hosts]}
                """));
    }

    private static void ends() {
        create(pod("messages", """
                containers:
                - {name: empty, image: "busybox:1.36", terminationMessagePolicy: FallbackToLogsOnError, command: [echo, not an error]}
                - {name: file, image: "busybox:1.36", terminationMessagePolicy: FallbackToLogsOnError, command: [sh, -c, 'printf OK > /dev/termination-log; echo more']}
                - {name: log, image: "busybox:1.36", terminationMessagePolicy: FallbackToLogsOnError, command: [sh, -c, 'printf DONE; exit 1']}
                - {name: other, image: "busybox:1.36", securityContext: {runAsUser: 1000}, terminationMessagePath: /dev/custom-log, command: [sh, -c, 'printf DONE > /dev/custom-log']}
                """));
        create(pod("fails", "containers: [{name: main, image: 'busybox:1.36', command: ['false']}]"));
        create(pod("prepared", """
                initContainers:
                - {name: one, image: "busybox:1.36", command: ['true']}
                - {name: two, image: "busybox:1.36", command: ['true']}
                containers: [{name: main, image: "busybox:1.36", command: ['true']}]
                """));
        create(pod("unprepared", """
                initContainers:
                - {name: one, image: "busybox:1.36", command: ['true']}
                - {name: two, image: "busybox:1.36", command: ['false']}
                containers: [{name: main, image: "busybox:1.36", command: ['true']}]
                """));
        create(pod("again", """
                initContainers: [{name: one, image: "busybox:1.36", command: ['false']}]
                containers: [{name: main, image: "busybox:1.36", command: [sleep, '3600']}]
                """, "Always"));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private static String pod(String name, String spec) {
        return pod(name, spec, "Never");
    }

    private static String pod(String name, String spec, String restartPolicy) {
        return "apiVersion: v1\nkind: Pod\nmetadata: {name: " + name
                + "}\nspec:\n  terminationGracePeriodSeconds: 1\n  restartPolicy: " + restartPolicy + "\n"
                + spec.strip().indent(2);
    }

    private static void create(String manifests) {
        for (Resource each : MANIFESTS.read(manifests)) {
            client.create(each);
        }
    }

    private static Pod ended(String name) {
        return client.pods()
                .await(
                        name,
                        pod -> pod.status().phase().equals(PodPhase.SUCCEEDED)
                                || pod.status().phase().equals(PodPhase.FAILED),
                        "it to end",
                        PATIENCE);
    }

    private static List<String> said(String pod, String container) {
        ended(pod);
        return client.pods().logText(pod, container, PATIENCE).lines().toList();
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
        assertThat(said("env", "main"))
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
        List<String> said = said("env", "main");
        Pod pod = client.pods().get("env");
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
        assertThat(said("unlimited", "main")).contains("CPU_LIMIT=4", "MEMORY_LIMIT=" + (8L << 30));
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
        assertThat(said("words", "args")).containsExactly("overridden args");
        assertThat(said("words", "command")).containsExactly("overridden command");
        assertThat(said("words", "both")).containsExactly("both overridden");
        assertThat(said("words", "in-command")).containsExactly("test-value");
        assertThat(said("words", "in-args")).containsExactly("test-value");
        // the image's own is a shell, which ends well where nothing is said to it
        assertThat(ended("words").status().phase()).isEqualTo(PodPhase.SUCCEEDED);
    }

    @Test
    @Conformance({
        "[sig-storage] ConfigMap should be consumable from pods in volume",
        "[sig-storage] ConfigMap should be consumable from pods in volume as non-root",
        "[sig-storage] ConfigMap should be consumable from pods in volume with defaultMode set [LinuxOnly]",
        "[sig-storage] ConfigMap should be consumable from pods in volume with mappings",
        "[sig-storage] ConfigMap should be consumable from pods in volume with mappings and Item mode set [LinuxOnly]",
        "[sig-storage] ConfigMap should be consumable from pods in volume with mappings as non-root",
        "[sig-storage] ConfigMap should be consumable in multiple volumes in the same pod",
        "[sig-storage] Projected configMap should be consumable from pods in volume",
        "[sig-storage] Projected configMap should be consumable from pods in volume as non-root",
        "[sig-storage] Projected configMap should be consumable from pods in volume with defaultMode set [LinuxOnly]",
        "[sig-storage] Projected configMap should be consumable from pods in volume with mappings",
        "[sig-storage] Projected configMap should be consumable from pods in volume with mappings and Item mode set"
                + " [LinuxOnly]",
        "[sig-storage] Projected configMap should be consumable from pods in volume with mappings as non-root",
        "[sig-storage] Projected configMap should be consumable in multiple volumes in the same pod",
        "[sig-storage] Secrets should be consumable from pods in volume",
        "[sig-storage] Secrets should be consumable from pods in volume with defaultMode set [LinuxOnly]",
        "[sig-storage] Secrets should be consumable from pods in volume with mappings",
        "[sig-storage] Secrets should be consumable from pods in volume with mappings and Item Mode set [LinuxOnly]",
        "[sig-storage] Secrets should be consumable in multiple volumes in a pod",
        "[sig-storage] Projected secret should be consumable from pods in volume",
        "[sig-storage] Projected secret should be consumable from pods in volume with defaultMode set [LinuxOnly]",
        "[sig-storage] Projected secret should be consumable from pods in volume with mappings",
        "[sig-storage] Projected secret should be consumable from pods in volume with mappings and Item Mode set"
                + " [LinuxOnly]",
        "[sig-storage] Projected secret should be consumable in multiple volumes in a pod"
    })
    void configMapsAndSecretsAreFilesWithTheModesThatArePutDown() {
        assertThat(said("files", "plain")).containsExactly("value-1".repeat(8));
        assertThat(said("files", "modes")).containsExactly("400 400 400 400 ");
        assertThat(said("files", "items")).containsExactly("444 value-2444 value-2444 value-2444 value-2path");
        assertThat(said("files", "main")).containsExactly("value-1value-1value-2value-2");
    }

    @Test
    @Conformance({
        "[sig-storage] Secrets should be consumable from pods in volume as non-root with defaultMode and fsGroup set"
                + " [LinuxOnly]",
        "[sig-storage] Projected secret should be consumable from pods in volume as non-root with defaultMode and fsGroup"
                + " set [LinuxOnly]"
    })
    void filesBelongToThePodsGroup() {
        assertThat(said("group", "main")).containsExactly("440 1001", "440 1001", "value-1value-1");
    }

    @Test
    @Conformance({
        "[sig-storage] Downward API volume should provide container's cpu limit",
        "[sig-storage] Downward API volume should provide container's cpu request",
        "[sig-storage] Downward API volume should provide container's memory limit",
        "[sig-storage] Downward API volume should provide container's memory request",
        "[sig-storage] Downward API volume should provide podname only",
        "[sig-storage] Downward API volume should set DefaultMode on files [LinuxOnly]",
        "[sig-storage] Downward API volume should set mode on item file [LinuxOnly]",
        "[sig-storage] Projected downwardAPI should provide container's cpu limit",
        "[sig-storage] Projected downwardAPI should provide container's cpu request",
        "[sig-storage] Projected downwardAPI should provide container's memory limit",
        "[sig-storage] Projected downwardAPI should provide container's memory request",
        "[sig-storage] Projected downwardAPI should provide podname only",
        "[sig-storage] Projected downwardAPI should set DefaultMode on files [LinuxOnly]",
        "[sig-storage] Projected downwardAPI should set mode on item file [LinuxOnly]",
        "[sig-storage] Projected combined should project all components that make up the projection API"
    })
    void whatThePodIsStandsInFiles() {
        List<String> each = List.of("downward", "2", "250", "67108864", "33554432", "400", "440");
        List<String> said = said("downward", "main");
        assertThat(said.subList(0, 7)).isEqualTo(each);
        assertThat(said.subList(7, 14)).isEqualTo(each);
        assertThat(said.get(14)).isEqualTo("value-1value-2downward");
    }

    @Test
    @Conformance({
        "[sig-storage] EmptyDir volumes volume on default medium should have the correct mode [LinuxOnly]",
        "[sig-storage] EmptyDir volumes should support (root,0644,default) [LinuxOnly]",
        "[sig-storage] EmptyDir volumes should support (root,0666,default) [LinuxOnly]",
        "[sig-storage] EmptyDir volumes should support (root,0777,default) [LinuxOnly]",
        "[sig-storage] EmptyDir volumes should support (non-root,0644,default) [LinuxOnly]",
        "[sig-storage] EmptyDir volumes should support (non-root,0666,default) [LinuxOnly]",
        "[sig-storage] EmptyDir volumes should support (non-root,0777,default) [LinuxOnly]",
        "[sig-storage] EmptyDir volumes pod should support shared volumes between containers"
    })
    void anEmptyDirIsOpenToAllContainers() {
        assertThat(said("scratch", "root")).containsExactly("777", "644 0", "new", "666 0", "new", "777 0", "new");
        assertThat(said("scratch", "other")).containsExactly("644 1001", "new", "666 1001", "new", "777 1001", "new");
        assertThat(said("scratch", "reads")).containsExactly("hello");
    }

    @Test
    @Conformance({
        "[sig-storage] Subpath Atomic writer volumes should support subpaths with configmap pod",
        "[sig-storage] Subpath Atomic writer volumes should support subpaths with configmap pod with mountPath of existing"
                + " file",
        "[sig-storage] Subpath Atomic writer volumes should support subpaths with downward pod",
        "[sig-storage] Subpath Atomic writer volumes should support subpaths with projected pod",
        "[sig-storage] Subpath Atomic writer volumes should support subpaths with secret pod",
        "[sig-node] Variable Expansion should allow substituting values in a volume subpath",
        "[sig-node] Variable Expansion should succeed in writing subpaths in container"
    })
    void partsOfVolumesAreMounted() {
        assertThat(said("subpaths", "main")).containsExactly("value-1value-1subpathsvalue-1value-2file");
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
        assertThat(said("users", "of-pod")).containsExactly("1001", "2001");
        assertThat(said("users", "own")).containsExactly("1002", "2002");
        assertThat(said("users", "nobody")).containsExactly("65534");
        // One stream each: between lines of stdout and stderr Docker promises no order.
        assertThat(said("users", "root")).endsWith("refused");
        assertThat(said("users", "writable")).containsExactly("written");
        assertThat(said("users", "readonly")).endsWith("refused");
        assertThat(said("users", "main")).singleElement().asString().matches("NoNewPrivs:\\s+1");
    }

    @Test
    @Conformance(
            "[sig-node] Kubelet when scheduling an agnhost Pod with hostAliases should write entries to /etc/hosts")
    void aliasesStandInTheHostsFile() {
        assertThat(said("hosts", "main")).anyMatch(line -> line.matches("123\\.45\\.67\\.89\\s+foo(\\s+bar)?"));
    }

    @Test
    @Conformance({
        "[sig-node] Container Runtime on terminated container should report termination message as empty when pod succeeds"
                + " and FallbackToLogsOnError",
        "[sig-node] Container Runtime on terminated container should report termination message from file when pod succeeds"
                + " and FallbackToLogsOnError",
        "[sig-node] Container Runtime on terminated container should report termination message from log output if"
                + " FallbackToLogsOnError is set",
        "[sig-node] Container Runtime on terminated container should report termination message if TerminationMessagePath"
                + " is set as non-root user and at a non-default path"
    })
    void lastWordsComeFromTheFileOrTheLog() {
        ended("messages");
        Pod pod =
                client.pods().await("messages", it -> !end(it, "log").message().isEmpty(), "its last words", PATIENCE);
        assertThat(end(pod, "empty").message()).isEmpty();
        assertThat(end(pod, "file").message()).isEqualTo("OK");
        assertThat(end(pod, "log").message()).isEqualTo("DONE");
        assertThat(end(pod, "other").message()).isEqualTo("DONE");
    }

    private static ContainerStateTerminated end(Pod pod, String container) {
        return pod.status().containerStatuses().stream()
                .filter(status -> status.name().equals(container))
                .map(status -> status.state().terminated())
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Conformance({
        "[sig-node] Kubelet when scheduling a busybox command that always fails in a pod should have an terminated reason",
        "[sig-node] Kubelet when scheduling a busybox command that always fails in a pod should be possible to delete"
    })
    void whatFailsSaysSoAndCanBeDeleted() {
        assertThat(end(ended("fails"), "main").reason()).isEqualTo("Error");
        client.pods().delete("fails");
        client.pods().awaitGone("fails", PATIENCE);
    }

    @Test
    @Conformance({
        "[sig-node] InitContainer should invoke init containers on a RestartNever pod",
        "[sig-node] InitContainer should not start app containers and fail the pod if init containers fail on a RestartNever"
                + " pod"
    })
    void containersBeginWhenTheirPodIsPrepared() {
        assertThat(ended("prepared").status().phase()).isEqualTo(PodPhase.SUCCEEDED);
        assertThat(ended("prepared").status().initContainerStatuses())
                .hasSize(2)
                .allMatch(status -> status.ready() && status.state().terminated() != null);
        Pod unprepared = ended("unprepared");
        assertThat(unprepared.status().phase()).isEqualTo(PodPhase.FAILED);
        assertThat(unprepared.status().containerStatuses().get(0).state().waiting())
                .satisfies(waiting -> assertThat(waiting.reason()).isEqualTo("PodInitializing"));
    }

    @Test
    @Conformance(
            "[sig-node] InitContainer should not start app containers if init containers fail on a RestartAlways pod")
    void anInitContainerThatFailsIsTriedAgainAndAgain() {
        Pod pod = client.pods()
                .await(
                        "again",
                        it -> !it.status().initContainerStatuses().isEmpty()
                                && it.status().initContainerStatuses().get(0).restartCount() >= 2,
                        "two restarts",
                        PATIENCE);
        assertThat(pod.status().phase()).isEqualTo(PodPhase.PENDING);
        assertThat(pod.status().containerStatuses().get(0).state().waiting())
                .satisfies(waiting -> assertThat(waiting.reason()).isEqualTo("PodInitializing"));
    }
}
