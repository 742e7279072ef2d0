package io.orchestrator.testkit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.ConfigMapProjectionBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.ProjectedVolumeSourceBuilder;
import io.orchestrator.api.model.core.ServiceAccount;
import io.orchestrator.api.model.core.ServiceAccountTokenProjection;
import io.orchestrator.api.model.core.Volume;
import io.orchestrator.api.model.core.VolumeBuilder;
import io.orchestrator.api.model.core.VolumeProjectionBuilder;
import io.orchestrator.spi.runtime.ContainerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an agent does while its pods rest: a few calls for the node, however many pods there are. */
class IdleNodeSimTest {
    private static final int PODS = 100;
    private static final int MINUTES = 5;
    /** As every pod is given one unasked, for its account's token. */
    private static final String UNASKED = "kube-api-access-x";

    private static final String PLACE = "/var/run/secrets";

    @TempDir
    Path directory;

    private final Map<String, ContainerSpec> created = new ConcurrentHashMap<>();
    private AgentFixture sim;
    private IntConsumer begin;

    @BeforeEach
    void start() {
        sim = new AgentFixture(directory);
        sim.engine.program(spec -> {
            created.put(spec.pod().name(), spec);
            return Optional.empty();
        });
        sim.client.create(ServiceAccount.named("default").build());
        sim.client.create(
                ConfigMap.named("kube-root-ca.crt").data("ca.crt", "one").build());
        Volume token = VolumeBuilder.builder()
                .name(UNASKED)
                .projected(ProjectedVolumeSourceBuilder.builder()
                        .sources(List.of(
                                VolumeProjectionBuilder.builder()
                                        .serviceAccountToken(new ServiceAccountTokenProjection("", 3607L, "token"))
                                        .build(),
                                VolumeProjectionBuilder.builder()
                                        .configMap(ConfigMapProjectionBuilder.builder()
                                                .name("kube-root-ca.crt")
                                                .build())
                                        .build()))
                        .build())
                .build();
        begin = pods -> {
            for (int i = 0; i < pods; i++) {
                sim.run(Pod.named("idle-" + i)
                        .spec(spec -> spec.volumes(List.of(token)).automountServiceAccountToken(false))
                        .container("main", "any:1", c -> c.mount(UNASKED, PLACE)));
            }
            sim.advance(Duration.ofMinutes(3));
        };
    }

    @AfterEach
    void stop() {
        sim.close();
    }

    @Test
    void noCallIsMadeForAnyPodOfAHundredThatRest() {
        begin.accept(PODS);
        sim.calls.clear();
        sim.advance(Duration.ofMinutes(MINUTES));
        // each of the few is begun anew after some minutes
        sim.calls.keySet().removeIf(call -> call.startsWith("watch "));

        assertThat(sim.calls)
                .as("the lease is renewed every ten seconds, and the engine is asked for everything every fifteen")
                .containsOnly(
                        Map.entry("update Lease", 6 * MINUTES),
                        Map.entry("get Node", 1),
                        Map.entry("update Node", 1),
                        Map.entry("runtime list", 4 * MINUTES),
                        Map.entry("runtime images", MINUTES));
    }

    @Test
    void whatNobodyTellsOfIsFoundWithinTenMinutes() throws IOException {
        begin.accept(1);
        Path volume = Path.of(created.get("idle-0").mounts().stream()
                .filter(mount -> mount.containerPath().equals(PLACE))
                .findFirst()
                .orElseThrow()
                .hostPath());
        assertThat(volume.resolve("ca.crt")).hasContent("one");
        String token = Files.readString(volume.resolve("token"));

        sim.client
                .configMaps()
                .update(ConfigMap.named("kube-root-ca.crt")
                        .data("ca.crt", "two")
                        .build());
        sim.advance(Duration.ofMinutes(10));
        assertThat(volume.resolve("ca.crt")).hasContent("two");
        assertThat(volume.resolve("token")).hasContent(token);

        sim.advance(Duration.ofMinutes(40));
        assertThat(Files.readString(volume.resolve("token")))
                .as("at four fifths of an hour")
                .isNotEqualTo(token);
    }
}
