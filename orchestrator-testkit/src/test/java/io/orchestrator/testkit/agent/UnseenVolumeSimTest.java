package io.orchestrator.testkit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodDraft;
import io.orchestrator.api.model.core.ProjectedVolumeSourceBuilder;
import io.orchestrator.api.model.core.ServiceAccount;
import io.orchestrator.api.model.core.ServiceAccountTokenProjection;
import io.orchestrator.api.model.core.Volume;
import io.orchestrator.api.model.core.VolumeBuilder;
import io.orchestrator.api.model.core.VolumeProjectionBuilder;
import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.spi.runtime.RuntimeInfo.Ability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Volumes that no container mounts, which a kubelet passes over, and the token that processes are not shown. */
class UnseenVolumeSimTest {
    private static final String TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";

    @TempDir
    Path directory;

    private final List<ContainerSpec> created = new ArrayList<>();
    private AgentFixture sim;

    @BeforeEach
    void start() {
        sim = new AgentFixture(directory);
        sim.engine.program(spec -> {
            created.add(spec);
            return Optional.empty();
        });
    }

    @AfterEach
    void stop() {
        sim.close();
    }

    /** Without a root of their own for each, as processes are. */
    private void containersHaveTheMachinesFiles() {
        sim.engine.without(Ability.FILESYSTEM);
        sim.restartAgent();
    }

    /** As admission makes it of a pod whose account's token is wanted. */
    private PodDraft withToken() {
        Volume token = VolumeBuilder.builder()
                .name("kube-api-access-x")
                .projected(ProjectedVolumeSourceBuilder.builder()
                        .sources(List.of(VolumeProjectionBuilder.builder()
                                .serviceAccountToken(new ServiceAccountTokenProjection("", 3607L, "token"))
                                .build()))
                        .build())
                .build();
        sim.client.create(ServiceAccount.named("robot").build());
        return Pod.named("web").spec(spec -> spec.volumes(List.of(token)).serviceAccountName("robot"));
    }

    /** They are made below the account, which was made before. */
    private int tokensAskedFor() {
        return sim.calls.getOrDefault("create ServiceAccount", 0) - 1;
    }

    private List<String> foldersOfPods() throws IOException {
        Path pods = directory.resolve("pods");
        if (!Files.isDirectory(pods)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(pods)) {
            return all.map(Path::toString).toList();
        }
    }

    private void join(String pod, String container) {
        Patch patch = new Patch(Patch.Type.STRATEGIC, "{\"spec\":{\"ephemeralContainers\":[" + container + "]}}");
        Target<Pod> target = new Target<>(Pod.TYPE, "default", pod, "ephemeralcontainers");
        sim.client.transport().patch(target, patch, Pod.class, WriteOptions.defaults());
    }

    @Test
    void aVolumeThatNoContainerMountsIsNeitherMadeNorWaitedFor() throws Exception {
        sim.run(Pod.named("web").configMap("config", "missing").container("web", "nginx:1.27"));
        sim.seconds(5);
        assertThat(sim.pod("web").isReady()).isTrue();
        assertThat(sim.eventReasons("web")).doesNotContain("FailedMount");
        assertThat(foldersOfPods()).isEmpty();
        sim.seconds(600);
        assertThat(sim.eventReasons("web")).doesNotContain("FailedMount");
        assertThat(foldersOfPods()).isEmpty();
    }

    @Test
    void aVolumeThatOnlyAnInitContainerMountsIsMade() {
        sim.client.create(ConfigMap.named("settings").data("colour", "blue").build());
        sim.run(Pod.named("web")
                .configMap("config", "settings")
                .initContainer("first", "nginx:1.27", c -> c.mount("config", "/config"))
                .container("web", "nginx:1.27"));
        sim.seconds(5);
        Path source = Path.of(created.get(0).mounts().get(0).hostPath());
        assertThat(source.resolve("colour")).hasContent("blue");
    }

    @Test
    void aContainerThatJoinsFindsAVolumeThatNobodyHadBefore() {
        sim.client.create(ConfigMap.named("settings").data("colour", "blue").build());
        sim.run(Pod.named("web").configMap("config", "settings").container("web", "nginx:1.27"));
        sim.seconds(5);
        join(
                "web",
                "{\"name\":\"one\",\"image\":\"busybox:1.36\","
                        + "\"volumeMounts\":[{\"name\":\"config\",\"mountPath\":\"/config\"}]}");
        sim.seconds(5);
        ContainerSpec joined = created.get(created.size() - 1);
        assertThat(joined.name()).isEqualTo("one");
        Path file = Path.of(joined.mounts().get(0).hostPath(), "colour");
        assertThat(file).hasContent("blue");

        sim.client.configMaps().edit("settings", map -> map.withData(Map.of("colour", "red")));
        sim.seconds(120);
        assertThat(file).hasContent("red");
    }

    @Test
    void noTokenIsSignedThatNoContainerIsShown() throws Exception {
        containersHaveTheMachinesFiles();
        sim.run(withToken().container("web", "any:1", c -> c.mountReadOnly("kube-api-access-x", TOKEN_PATH)));
        sim.seconds(5);
        assertThat(sim.pod("web").isReady()).isTrue();
        assertThat(created)
                .singleElement()
                .satisfies(spec -> assertThat(spec.mounts()).isEmpty());
        sim.seconds(4000);
        assertThat(tokensAskedFor()).isZero();
        assertThat(foldersOfPods()).isEmpty();
    }

    @Test
    void aContainerWithVolumesOfItsOwnIsShownTheTokenAsWell() {
        containersHaveTheMachinesFiles();
        sim.run(withToken()
                .emptyDir("data")
                .container(
                        "web",
                        "any:1",
                        c -> c.mountReadOnly("kube-api-access-x", TOKEN_PATH).mount("data", "/data")));
        sim.seconds(5);
        assertThat(created.get(0).mounts()).hasSize(2);
        assertThat(tokensAskedFor()).isOne();
    }

    @Test
    void whereContainersHaveFilesOfTheirOwnEachIsShownTheToken() {
        sim.run(withToken().container("web", "any:1", c -> c.mountReadOnly("kube-api-access-x", TOKEN_PATH)));
        sim.seconds(5);
        assertThat(created.get(0).mounts()).hasSize(1);
        assertThat(tokensAskedFor()).isOne();
    }
}
