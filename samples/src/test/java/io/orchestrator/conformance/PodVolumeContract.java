package io.orchestrator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.testkit.junit.Conformance;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What volumes show inside real containers. They start together. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
abstract class PodVolumeContract {
    private static final int VOLUMES = 50;
    private static final int PODS = 5;

    private PodCluster pods;

    /** A cluster of this name whose pods are what is tried. */
    abstract PodCluster open(String name);

    /** Whether a container may run as another user. */
    abstract boolean changesUsers();

    @BeforeAll
    final void start() {
        pods = open("podvolume");
        pods.settings();
        pods.create(PodCluster.pod("files", """
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
        pods.create(PodCluster.pod("group", """
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
        pods.create(PodCluster.pod("downward", """
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
        pods.create(PodCluster.pod("scratch", """
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
        pods.create(PodCluster.pod("subpaths", """
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
        memory();
        many();
    }

    private void memory() {
        pods.create(PodCluster.pod("memory", """
                initContainers:
                - name: root
                  image: busybox:1.36
                  command: [sh, -c, 'grep -o " /v tmpfs " /proc/mounts; stat -c %a /v; for m in 644 666 777; do echo new > /v/$m; chmod $m /v/$m; stat -c "%a %u" /v/$m; cat /v/$m; done']
                  volumeMounts: &v [{name: v, mountPath: /v}]
                containers:
                - name: other
                  image: busybox:1.36
                  securityContext: {runAsUser: 1001}
                  command: [sh, -c, 'grep -o " /v tmpfs " /proc/mounts; for m in 644 666 777; do cat /v/$m; echo new > /v/o$m; chmod $m /v/o$m; stat -c "%a %u" /v/o$m; cat /v/o$m; done; dd if=/dev/zero of=/v/more bs=1M count=2 2>&1 | grep -o "No space left"']
                  volumeMounts: *v
                volumes: [{name: v, emptyDir: {medium: Memory, sizeLimit: 1Mi}}]
                """));
        pods.create(PodCluster.pod("allocatable", """
                containers:
                - name: main
                  image: busybox:1.36
                  command: [sh, -c, 'for d in /d /p; do for f in cpu memory; do cat $d/$f; echo; done; done']
                  volumeMounts: [{name: d, mountPath: /d}, {name: p, mountPath: /p}]
                volumes:
                - name: d
                  downwardAPI: &api
                    items:
                    - {path: cpu, resourceFieldRef: {containerName: main, resource: limits.cpu}}
                    - {path: memory, resourceFieldRef: {containerName: main, resource: limits.memory}}
                - {name: p, projected: {sources: [{downwardAPI: *api}]}}
                """));
    }

    /** Pods that begin at once with as many volumes as fit. */
    private void many() {
        StringBuilder mounts = new StringBuilder();
        StringBuilder volumes = new StringBuilder();
        for (int i = 0; i < VOLUMES; i++) {
            pods.create("{apiVersion: v1, kind: ConfigMap, metadata: {name: racey-%1$d}, data: {data-1: v%1$d}}"
                    .formatted(i));
            mounts.append("- {name: v%1$d, mountPath: /v/%1$d}\n".formatted(i));
            volumes.append("- {name: v%1$d, configMap: {name: racey-%1$d}}\n".formatted(i));
        }
        for (int i = 0; i < PODS; i++) {
            pods.create(PodCluster.pod(
                    "racey-" + i,
                    """
                    containers:
                    - name: main
                      image: busybox:1.36
                      command: [sh, -c, 'ls /v/*/data-1 | wc -l; cat /s/data-1']
                      volumeMounts:
                      - {name: s, mountPath: /s}
                    """ + mounts.toString().indent(2) + "volumes:\n- {name: s, secret: {secretName: sec}}\n"
                            + volumes));
        }
    }

    @AfterAll
    final void stop() {
        if (pods != null) {
            pods.close();
        }
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
        if (isRunAs("files", "main", 1000)) {
            assertThat(pods.said("files", "main")).containsExactly("value-1value-1value-2value-2");
        }
        assertThat(pods.log("files", "plain")).containsExactly("value-1".repeat(8));
        assertThat(pods.log("files", "modes")).containsExactly("400 400 400 400 ");
        assertThat(pods.log("files", "items")).containsExactly("444 value-2444 value-2444 value-2444 value-2path");
    }

    @Test
    @Conformance({
        "[sig-storage] Secrets should be consumable from pods in volume as non-root with defaultMode and fsGroup set"
                + " [LinuxOnly]",
        "[sig-storage] Projected secret should be consumable from pods in volume as non-root with defaultMode and fsGroup"
                + " set [LinuxOnly]"
    })
    void filesBelongToThePodsGroup() {
        if (isRunAs("group", "main", 1000)) {
            assertThat(pods.said("group", "main")).containsExactly("440 1001", "440 1001", "value-1value-1");
        }
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
        List<String> said = pods.said("downward", "main");
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
        if (isRunAs("scratch", "other", 1001)) {
            assertThat(pods.said("scratch", "other"))
                    .containsExactly("644 1001", "new", "666 1001", "new", "777 1001", "new");
            assertThat(pods.said("scratch", "reads")).containsExactly("hello");
        }
        assertThat(pods.log("scratch", "root")).containsExactly("777", "644 0", "new", "666 0", "new", "777 0", "new");
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
        assertThat(pods.said("subpaths", "main")).containsExactly("value-1value-1subpathsvalue-1value-2file");
    }

    @Test
    @Conformance({
        "[sig-storage] EmptyDir volumes volume on tmpfs should have the correct mode [LinuxOnly]",
        "[sig-storage] EmptyDir volumes should support (root,0644,tmpfs) [LinuxOnly]",
        "[sig-storage] EmptyDir volumes should support (root,0666,tmpfs) [LinuxOnly]",
        "[sig-storage] EmptyDir volumes should support (root,0777,tmpfs) [LinuxOnly]",
        "[sig-storage] EmptyDir volumes should support (non-root,0644,tmpfs) [LinuxOnly]",
        "[sig-storage] EmptyDir volumes should support (non-root,0666,tmpfs) [LinuxOnly]",
        "[sig-storage] EmptyDir volumes should support (non-root,0777,tmpfs) [LinuxOnly]"
    })
    void anEmptyDirLiesInMemoryWhereItIsToAndHoldsNoMoreThanItMay() {
        boolean user = isRunAs("memory", "other", 1001);
        List<String> said = user ? pods.said("memory", "other") : List.of();
        List<String> root = pods.log("memory", "root");
        if (!root.contains(" /v tmpfs ")) {
            // only root may mount memory: the pod is told that its volume lies on disk
            pods.awaitEvent(
                    "memory", "MemoryVolumeOnDisk", "asks for memory, which the agent may not mount on this node");
            return;
        }
        assertThat(root).containsExactly(" /v tmpfs ", "777", "644 0", "new", "666 0", "new", "777 0", "new");
        if (user) {
            assertThat(said)
                    .containsExactly(
                            " /v tmpfs ",
                            "new",
                            "644 1001",
                            "new",
                            "new",
                            "666 1001",
                            "new",
                            "new",
                            "777 1001",
                            "new",
                            "No space left");
        }
    }

    @Test
    @Conformance({
        "[sig-storage] Downward API volume should provide node allocatable (cpu) as default cpu limit if the limit is not set",
        "[sig-storage] Downward API volume should provide node allocatable (memory) as default memory limit if the limit is not"
                + " set",
        "[sig-storage] Projected downwardAPI should provide node allocatable (cpu) as default cpu limit if the limit is not set",
        "[sig-storage] Projected downwardAPI should provide node allocatable (memory) as default memory limit if the limit is"
                + " not set"
    })
    void whoHasNoLimitIsLimitedByTheNode() {
        String memory = String.valueOf(8L << 30);
        assertThat(pods.said("allocatable", "main")).containsExactly("4", memory, "4", memory);
    }

    @Test
    @Conformance({
        "[sig-storage] EmptyDir wrapper volumes should not conflict",
        "[sig-storage] EmptyDir wrapper volumes should not cause race condition when used for configmaps [Serial]"
    })
    void manyVolumesOfManyPodsAreNotInEachOthersWay() {
        for (int i = 0; i < PODS; i++) {
            assertThat(pods.said("racey-" + i, "main")).containsExactly(String.valueOf(VOLUMES), "value-1");
        }
    }

    /** Whether the container is run as this user; where it cannot be, it is not run as another, and the reason is told. */
    private boolean isRunAs(String pod, String container, long user) {
        if (!changesUsers()) {
            assertThat(pods.refusal(pod, container)).endsWith("cannot run a container as user " + user);
        }
        return changesUsers();
    }
}
