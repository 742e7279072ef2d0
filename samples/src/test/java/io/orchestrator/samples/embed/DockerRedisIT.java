package io.orchestrator.samples.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ExecResult;
import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.apps.StatefulSetBuilder;
import io.orchestrator.api.model.apps.StatefulSetSpecBuilder;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.PersistentVolumeClaimBuilder;
import io.orchestrator.api.model.core.PersistentVolumeClaimSpecBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodTemplateSpecBuilder;
import io.orchestrator.api.model.core.VolumeResourceRequirements;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.store.MemoryStore;
import io.orchestrator.core.store.MemoryStoreOptions;
import io.orchestrator.runtime.docker.DockerRuntime;
import io.orchestrator.testkit.junit.RequiresDocker;
import io.orchestrator.testkit.store.LastingStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database in a stateful set keeps its name and its data, whatever is killed. */
@RequiresDocker
@Timeout(300)
class DockerRedisIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String POD = "redis-0";

    @TempDir
    Path directory;

    private static StatefulSet redis() {
        Map<String, String> labels = Map.of("app", "redis");
        Pod template = Pod.named("redis")
                .labels(labels)
                .container(
                        "redis",
                        "redis:7.0",
                        c -> c.port(6379)
                                .args(
                                        "redis-server",
                                        "--protected-mode",
                                        "no",
                                        "--appendonly",
                                        "yes",
                                        "--appendfsync",
                                        "always")
                                .mount("data", "/data")
                                .readinessProbe(probe -> probe.exec("redis-cli", "ping")))
                .build();
        return StatefulSetBuilder.builder()
                .metadata(ObjectMeta.named("redis"))
                .spec(StatefulSetSpecBuilder.builder()
                        .serviceName("redis")
                        .replicas(1)
                        .selector(LabelSelector.of(labels))
                        .template(PodTemplateSpecBuilder.builder()
                                .metadata(template.metadata())
                                .spec(template.spec().withTerminationGracePeriodSeconds(2L))
                                .build())
                        .volumeClaimTemplates(List.of(PersistentVolumeClaimBuilder.builder()
                                .metadata(ObjectMeta.named("data"))
                                .spec(PersistentVolumeClaimSpecBuilder.builder()
                                        .accessModes(List.of("ReadWriteOnce"))
                                        .resources(VolumeResourceRequirements.EMPTY.withRequests(
                                                Map.of("storage", Quantity.parse("1Gi"))))
                                        .build())
                                .build()))
                        .build())
                .build();
    }

    private Cluster start(MemoryStore store) {
        return Cluster.builder()
                .store(new LastingStore(store))
                .directory(directory)
                .runtime(DockerRuntime.local())
                .keepPods()
                .start();
    }

    @Test
    void redisKeepsNameAndDataWhenItsContainerItsPodAndItsClusterAreKilled() throws Exception {
        try (SystemEnvironment environment = new SystemEnvironment("redis-test");
                MemoryStore store =
                        new MemoryStore(environment.environment().executor(), MemoryStoreOptions.defaults())) {
            String volume;
            try (Cluster cluster = start(store)) {
                cluster.client().create(redis());
                ready(cluster);
                assertThat(redis(cluster, "set", "who", "first")).isEqualTo("OK");
                volume = claim(cluster).spec().volumeName();

                docker("kill", container());
                await().atMost(PATIENCE)
                        .until(() -> cluster.client()
                                        .pods()
                                        .get(POD)
                                        .status()
                                        .containerStatuses()
                                        .get(0)
                                        .restartCount()
                                == 1);
                ready(cluster);
                assertThat(redis(cluster, "get", "who")).isEqualTo("first");

                String uid = cluster.client().pods().delete(POD).metadata().uid();
                await().atMost(PATIENCE)
                        .until(() -> cluster.client()
                                .pods()
                                .find(POD)
                                .filter(pod -> !pod.metadata().uid().equals(uid))
                                .isPresent());
                ready(cluster);
                assertThat(redis(cluster, "get", "who")).isEqualTo("first");
                assertThat(redis(cluster, "set", "who", "second")).isEqualTo("OK");
            }
            docker("kill", container());
            try (Cluster cluster = start(store)) {
                await().atMost(PATIENCE).until(() -> ping(cluster));
                assertThat(redis(cluster, "get", "who")).isEqualTo("second");
                assertThat(claim(cluster).spec().volumeName()).isEqualTo(volume);

                cluster.client().resources(StatefulSet.TYPE).delete("redis");
                cluster.client().pods().awaitGone(POD, PATIENCE);
                assertThat(claim(cluster).spec().volumeName()).isEqualTo(volume);
                assertThat(directory.resolve("volumes").resolve(volume)).isNotEmptyDirectory();
                cluster.client().resources(PersistentVolumeClaim.TYPE).delete("data-redis-0");
                await().atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(directory.resolve("volumes").resolve(volume))
                                        .doesNotExist());
            }
        }
        assertThat(docker("ps", "-aq", "--filter", "label=io.orchestrator.pod.name=" + POD))
                .isBlank();
    }

    private static void ready(Cluster cluster) {
        cluster.client().pods().awaitReady(POD, PATIENCE);
    }

    private static boolean ping(Cluster cluster) {
        try {
            return redis(cluster, "ping").equals("PONG");
        } catch (ApiException e) {
            return false;
        }
    }

    private static PersistentVolumeClaim claim(Cluster cluster) {
        return cluster.client().resources(PersistentVolumeClaim.TYPE).get("data-redis-0");
    }

    private static String redis(Cluster cluster, String... words) {
        List<String> command = new ArrayList<>(List.of("redis-cli"));
        command.addAll(List.of(words));
        ExecResult result = cluster.client().pods().run(POD, Duration.ofSeconds(60), command.toArray(String[]::new));
        return result.stdout().strip();
    }

    private static String container() throws Exception {
        return docker(
                        "ps",
                        "-q",
                        "--filter",
                        "label=io.orchestrator.kind=container",
                        "--filter",
                        "label=io.orchestrator.pod.name=" + POD)
                .strip();
    }

    private static String docker(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
