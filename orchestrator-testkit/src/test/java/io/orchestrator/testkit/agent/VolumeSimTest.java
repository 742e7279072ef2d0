package io.orchestrator.testkit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.Bytes;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.DownwardAPIVolumeFileBuilder;
import io.orchestrator.api.model.core.DownwardAPIVolumeSourceBuilder;
import io.orchestrator.api.model.core.Event;
import io.orchestrator.api.model.core.HostPathVolumeSource;
import io.orchestrator.api.model.core.ImageVolumeSource;
import io.orchestrator.api.model.core.ObjectFieldSelectorBuilder;
import io.orchestrator.api.model.core.ObjectReferenceBuilder;
import io.orchestrator.api.model.core.PersistentVolume;
import io.orchestrator.api.model.core.PersistentVolumeBuilder;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.PersistentVolumeClaimBuilder;
import io.orchestrator.api.model.core.PersistentVolumeClaimSpecBuilder;
import io.orchestrator.api.model.core.PersistentVolumeClaimStatusBuilder;
import io.orchestrator.api.model.core.PersistentVolumeClaimVolumeSource;
import io.orchestrator.api.model.core.PersistentVolumeSpecBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodDraft;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.core.ProjectedVolumeSourceBuilder;
import io.orchestrator.api.model.core.PullPolicy;
import io.orchestrator.api.model.core.SecretBuilder;
import io.orchestrator.api.model.core.SecretVolumeSourceBuilder;
import io.orchestrator.api.model.core.ServiceAccount;
import io.orchestrator.api.model.core.ServiceAccountTokenProjection;
import io.orchestrator.api.model.core.Volume;
import io.orchestrator.api.model.core.VolumeBuilder;
import io.orchestrator.api.model.core.VolumeProjectionBuilder;
import io.orchestrator.api.model.core.VolumeResourceRequirements;
import io.orchestrator.core.agent.AgentConfig;
import io.orchestrator.spi.runtime.ContainerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Volumes of claims, and files that change under a running pod. */
class VolumeSimTest {
    @TempDir
    Path directory;

    private final List<ContainerSpec> created = new ArrayList<>();
    private AgentFixture sim;

    @BeforeEach
    void start() {
        sim = new AgentFixture(directory, config -> config.withVolumes(directory.resolve("claims")));
        sim.engine.program(spec -> {
            created.add(spec);
            return Optional.empty();
        });
    }

    @AfterEach
    void stop() {
        sim.close();
    }

    private PersistentVolumeClaim claim(String name) {
        return sim.client.create(PersistentVolumeClaimBuilder.builder()
                .metadata(ObjectMeta.named(name))
                .spec(PersistentVolumeClaimSpecBuilder.builder()
                        .accessModes(List.of("ReadWriteOnce"))
                        .resources(
                                VolumeResourceRequirements.EMPTY.withRequests(Map.of("storage", Quantity.parse("1Gi"))))
                        .build())
                .build());
    }

    private void bind(PersistentVolumeClaim claim, String volume, Path path) {
        sim.client.create(PersistentVolumeBuilder.builder()
                .metadata(ObjectMeta.named(volume))
                .spec(PersistentVolumeSpecBuilder.builder()
                        .accessModes(List.of("ReadWriteOnce"))
                        .capacity(Map.of("storage", Quantity.parse("1Gi")))
                        .hostPath(new HostPathVolumeSource(path.toString(), "DirectoryOrCreate"))
                        .claimRef(ObjectReferenceBuilder.builder()
                                .namespace("default")
                                .name(claim.metadata().name())
                                .uid(claim.metadata().uid())
                                .build())
                        .build())
                .build());
        var claims = sim.client.resources(PersistentVolumeClaim.TYPE);
        PersistentVolumeClaim bound = claims.edit(
                claim.metadata().name(), each -> each.withSpec(each.spec().withVolumeName(volume)));
        claims.updateStatus(bound.withStatus(
                PersistentVolumeClaimStatusBuilder.builder().phase("Bound").build()));
    }

    private static PodDraft database(boolean readOnly) {
        Volume data = VolumeBuilder.builder()
                .name("data")
                .persistentVolumeClaim(new PersistentVolumeClaimVolumeSource("data-db-0", readOnly))
                .build();
        return Pod.named("db")
                .spec(spec -> spec.volumes(List.of(data)))
                .container("db", "db:1", c -> c.mount("data", "/data"));
    }

    private String why() {
        return sim.client.resources(Event.TYPE).list().items().stream()
                .filter(event -> event.reason().equals("FailedMount"))
                .map(Event::message)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void aPodWithAnImageAsItsVolumeIsToldThatThereAreNoneAndCanBeDeleted() {
        Volume model = VolumeBuilder.builder()
                .name("model")
                .image(new ImageVolumeSource("models.example/llm:1", PullPolicy.IF_NOT_PRESENT))
                .build();
        sim.run(Pod.named("llm")
                .spec(spec -> spec.volumes(List.of(model)))
                .container("llm", "llm:1", c -> c.mount("model", "/model")));
        sim.seconds(60);

        assertThat(why())
                .contains(
                        "MountVolume.SetUp failed for volume \"model\" : image volumes are not supported: no runtime here"
                                + " mounts the image \"models.example/llm:1\"");
        assertThat(sim.pod("llm").status().phase()).isEqualTo(PodPhase.PENDING);
        assertThat(sim.waitingReason("llm", "llm")).isEqualTo("ContainerCreating");
        assertThat(created).isEmpty();

        sim.client.resources(Pod.TYPE).delete("llm");
        sim.seconds(60);
        assertThat(sim.client.resources(Pod.TYPE).find("llm")).isEmpty();
    }

    @Test
    void aPodWaitsForItsClaimAndForTheVolumeOfItAndThenMountsThatsDirectory() throws IOException {
        sim.run(database(false));
        sim.seconds(5);
        assertThat(why())
                .contains("error processing PVC default/data-db-0")
                .contains("persistentvolumeclaim \"data-db-0\" not found");
        assertThat(sim.waitingReason("db", "db")).isEqualTo("ContainerCreating");

        PersistentVolumeClaim claim = claim("data-db-0");
        sim.seconds(60);
        assertThat(why()).contains("error processing PVC default/data-db-0: PVC is not bound");

        Path place = directory.resolve("claims/pv-1");
        bind(claim, "pv-1", place);
        sim.seconds(60);
        assertThat(sim.pod("db").isReady()).isTrue();
        assertThat(created.get(0).mounts()).contains(new ContainerSpec.Mount(place.toString(), "/data", false));
        assertThat(Files.getPosixFilePermissions(place)).hasSize(9);

        Files.writeString(place.resolve("row"), "kept");
        sim.client.pods().delete("db");
        sim.seconds(60);
        assertThat(place.resolve("row")).hasContent("kept");
    }

    @Test
    void nobodyButTheAgentGoesToTheVolumesByTheirPath() throws IOException {
        sim.run(Pod.named("web")
                .spec(spec -> spec.volumes(
                        List.of(VolumeBuilder.builder().name("data").build())))
                .container("web", "web:1", c -> c.mount("data", "/data")));
        sim.seconds(60);

        try (Stream<Path> files = Files.walk(directory)) {
            Path pods = files.filter(path -> path.endsWith("pods")).findFirst().orElseThrow();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pods)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void aClaimThatIsMountedReadOnlyCannotBeWritten() {
        bind(claim("data-db-0"), "pv-1", directory.resolve("claims/pv-1"));
        sim.run(database(true));
        sim.seconds(5);
        assertThat(created.get(0).mounts())
                .filteredOn(mount -> mount.containerPath().equals("/data"))
                .allMatch(ContainerSpec.Mount::readOnly);
    }

    @Test
    void aVolumeAnywhereOnTheHostIsSubjectToThePolicy() {
        bind(claim("data-db-0"), "pv-1", directory.resolve("elsewhere"));
        sim.run(database(false));
        sim.seconds(5);
        assertThat(why()).contains("policy allows no hostPath volumes").contains("elsewhere");
        assertThat(directory.resolve("elsewhere")).doesNotExist();
    }

    @Test
    void theHostsPathsAreOpenWhereThePolicyTrusts() {
        sim.close();
        sim = new AgentFixture(directory, config -> config.withPolicy(AgentConfig.Policy.trusting()));
        bind(claim("data-db-0"), "pv-1", directory.resolve("elsewhere"));
        sim.run(database(false));
        sim.seconds(5);
        assertThat(sim.pod("db").isReady()).isTrue();
    }

    @Test
    void aVolumeThatBelongsToAnotherClaimIsNotGiven() {
        PersistentVolumeClaim claim = claim("data-db-0");
        bind(claim, "pv-1", directory.resolve("claims/pv-1"));
        sim.client
                .resources(PersistentVolume.TYPE)
                .edit(
                        "pv-1",
                        volume -> volume.withSpec(volume.spec()
                                .withClaimRef(volume.spec().claimRef().withUid("another"))));
        sim.run(database(false));
        sim.seconds(5);
        assertThat(why()).contains("found PV object \"pv-1\" with unexpected PVC UID \"another\"");
    }

    @Test
    void aChangedConfigMapAppearsUnderARunningPodInOneStepAndNotUnderASubPath() throws IOException {
        sim.client.create(ConfigMap.named("settings")
                .data("colour", "blue")
                .data("gone", "soon")
                .build());
        sim.run(Pod.named("web")
                .configMap("config", "settings")
                .container(
                        "web",
                        "web:1",
                        c -> c.mount("config", "/etc/web")
                                .mount(
                                        "config",
                                        mount -> mount.mountPath("/one").subPath("colour"))));
        sim.seconds(5);
        Path volume = Path.of(source("/etc/web"));
        Path single = Path.of(source("/one"));
        Path before = volume.resolve("..data").toRealPath();
        assertThat(volume.resolve("colour")).isSymbolicLink().hasContent("blue");
        assertThat(single).hasContent("blue");

        sim.advance(Duration.ofMinutes(3));
        assertThat(volume.resolve("..data").toRealPath())
                .as("what did not change is not written")
                .isEqualTo(before);

        sim.client
                .configMaps()
                .update(ConfigMap.named("settings")
                        .data("colour", "red")
                        .data("new", "1")
                        .build());
        sim.seconds(1);
        assertThat(volume.resolve("colour"))
                .as("at once, not at the next round")
                .hasContent("red");
        assertThat(volume.resolve("new")).hasContent("1");
        assertThat(volume.resolve("gone")).doesNotExist();
        assertThat(before).doesNotExist();
        assertThat(single).isNotEqualTo(volume.resolve("colour").toRealPath());
    }

    @Test
    void filesOfObjectsAreReadOnlyAndWhatIsMountedWithinThemStaysWhenTheyChange() throws IOException {
        sim.client.create(ConfigMap.named("settings").data("colour", "blue").build());
        sim.run(Pod.named("web")
                .configMap("config", "settings")
                .emptyDir("scratch")
                .container(
                        "web",
                        "web:1",
                        c -> c.mount("config", "/etc/web")
                                .mount("scratch", "/etc/web/cache/files")
                                .mount(
                                        "config",
                                        mount -> mount.mountPath("/etc/web/single/file")
                                                .subPath("colour"))));
        sim.seconds(5);
        Path volume = Path.of(source("/etc/web"));
        assertThat(created.get(0).mounts())
                .contains(
                        new ContainerSpec.Mount(volume.toString(), "/etc/web", true),
                        new ContainerSpec.Mount(source("/etc/web/cache/files"), "/etc/web/cache/files", false));
        assertThat(volume.resolve("cache/files")).isEmptyDirectory();
        assertThat(volume.resolve("single/file")).isEmptyFile();
        // who takes a folder away takes away what is mounted there, whoever sees it
        Path mounted = Files.createFile(volume.resolve("cache/files/mounted"));

        sim.client
                .configMaps()
                .update(ConfigMap.named("settings").data("colour", "red").build());
        sim.seconds(1);
        assertThat(volume.resolve("colour")).hasContent("red");
        assertThat(mounted).exists();
    }

    @Test
    void whatAPodKnowsOfItselfFollowsItsLabelsAtOnce() {
        Volume self = VolumeBuilder.builder()
                .name("self")
                .downwardAPI(DownwardAPIVolumeSourceBuilder.builder()
                        .items(List.of(DownwardAPIVolumeFileBuilder.builder()
                                .path("labels")
                                .fieldRef(ObjectFieldSelectorBuilder.builder()
                                        .fieldPath("metadata.labels")
                                        .build())
                                .build()))
                        .build())
                .build();
        sim.run(Pod.named("web")
                .label("tier", "one")
                .spec(spec -> spec.volumes(List.of(self)))
                .container("web", "web:1", c -> c.mount("self", "/self")));
        sim.seconds(5);
        Path labels = Path.of(source("/self"), "labels");
        assertThat(labels).hasContent("tier=\"one\"");

        sim.client
                .pods()
                .edit(
                        "web",
                        pod -> pod.withMetadata(ObjectMetaBuilder.builder(pod.metadata())
                                .labels(Map.of("tier", "two"))
                                .build()));
        sim.seconds(1);
        assertThat(labels).hasContent("tier=\"two\"");
    }

    @Test
    void anOptionalSecretThatComesAndGoesIsFollowedAndIsWatchedNoLongerThanItsPodLives() {
        Volume maybe = VolumeBuilder.builder()
                .name("maybe")
                .secret(SecretVolumeSourceBuilder.builder()
                        .secretName("late")
                        .optional(true)
                        .build())
                .build();
        sim.run(Pod.named("web")
                .spec(spec -> spec.volumes(List.of(maybe)))
                .container("web", "web:1", c -> c.mount("maybe", "/maybe")));
        sim.seconds(5);
        Path volume = Path.of(source("/maybe"));
        assertThat(volume.resolve("key")).doesNotExist();

        sim.client.create(SecretBuilder.builder()
                .metadata(ObjectMeta.named("late"))
                .data(Map.of("key", Bytes.utf8("value")))
                .build());
        sim.seconds(1);
        assertThat(volume.resolve("key")).hasContent("value");

        sim.client.secrets().delete("late");
        sim.seconds(1);
        assertThat(volume.resolve("key")).doesNotExist();

        sim.client.pods().delete("web");
        sim.advance(Duration.ofMinutes(1));
        assertThat(volume).doesNotExist();
    }

    private String source(String path) {
        return created.get(0).mounts().stream()
                .filter(mount -> mount.containerPath().equals(path))
                .findFirst()
                .orElseThrow()
                .hostPath();
    }

    @Test
    void aTokenIsRenewedBeforeItExpiresAndStaysUntilThen() throws IOException {
        sim.client.create(ServiceAccount.named("robot").build());
        Volume token = VolumeBuilder.builder()
                .name("token")
                .projected(ProjectedVolumeSourceBuilder.builder()
                        .sources(List.of(VolumeProjectionBuilder.builder()
                                .serviceAccountToken(new ServiceAccountTokenProjection("vault", 600L, "token"))
                                .build()))
                        .build())
                .build();
        sim.run(Pod.named("web")
                .spec(spec ->
                        spec.volumes(List.of(token)).serviceAccountName("robot").automountServiceAccountToken(false))
                .container("web", "web:1", c -> c.mount("token", "/token")));
        sim.seconds(5);
        Path file = Path.of(source("/token"), "token");
        String first = Files.readString(file);

        sim.advance(Duration.ofMinutes(7));
        assertThat(file).hasContent(first);
        sim.advance(Duration.ofMinutes(2));
        assertThat(Files.readString(file)).as("at four fifths of ten minutes").isNotEqualTo(first);
    }
}
