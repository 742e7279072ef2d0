package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.LabelSelectorBuilder;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.core.HostPathVolumeSourceBuilder;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.ObjectReferenceBuilder;
import io.orchestrator.api.model.core.PersistentVolume;
import io.orchestrator.api.model.core.PersistentVolumeBuilder;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.PersistentVolumeClaimBuilder;
import io.orchestrator.api.model.core.PersistentVolumeClaimSpec;
import io.orchestrator.api.model.core.PersistentVolumeClaimSpecBuilder;
import io.orchestrator.api.model.core.PersistentVolumeSpecBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.VolumeResourceRequirements;
import io.orchestrator.api.model.core.VolumeResourceRequirementsBuilder;
import io.orchestrator.core.control.pods.PodFacts;
import io.orchestrator.core.control.statefulset.StatefulSetReconciler;
import io.orchestrator.core.control.volume.ClaimProtection;
import io.orchestrator.core.control.volume.ClaimReconciler;
import io.orchestrator.core.control.volume.VolumeProtection;
import io.orchestrator.core.control.volume.VolumeReconciler;
import io.orchestrator.core.storage.LocalPathProvisioner;
import io.orchestrator.core.storage.VolumeProvisioner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Claims get volumes that suit them, keep them, and give them back, whatever goes wrong. */
class VolumeSimTest {
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 20);

    @TempDir
    Path directory;

    @Test
    void aClaimGetsTheSmallestVolumeThatIsLargeEnough() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            volume(cluster, "small", "1Gi", spec -> spec);
            volume(cluster, "large", "9Gi", spec -> spec);
            volume(cluster, "fitting", "5Gi", spec -> spec);
            volume(cluster, "shared", "4Gi", spec -> spec.accessModes(List.of("ReadWriteMany")));
            claim(cluster, "data", "4Gi", spec -> spec);
            cluster.sim.settle();
            PersistentVolumeClaim claim = claim(cluster, "data");
            assertThat(claim.spec().volumeName()).isEqualTo("fitting");
            assertThat(claim.status().phase()).isEqualTo("Bound");
            assertThat(claim.status().capacity()).containsEntry("storage", Quantity.parse("5Gi"));
            assertThat(claim.metadata().annotations())
                    .containsKeys("pv.kubernetes.io/bind-completed", "pv.kubernetes.io/bound-by-controller");
            assertThat(claim.metadata().finalizers()).contains("kubernetes.io/pvc-protection");
            assertThat(volume(cluster, "fitting").status().phase()).isEqualTo("Bound");
            assertThat(volume(cluster, "fitting").metadata().finalizers()).contains("kubernetes.io/pv-protection");
            assertThat(volume(cluster, "small").status().phase()).isEqualTo("Available");
            cluster.mustRestFor(Duration.ofMinutes(12));
        }
    }

    @Test
    void aClaimWaitsForAVolumeOfItsClassAndLabels() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            volume(cluster, "other", "5Gi", spec -> spec.storageClassName("fast"));
            claim(
                    cluster,
                    "data",
                    "1Gi",
                    spec -> spec.selector(LabelSelectorBuilder.builder()
                            .matchLabels(Map.of("tier", "gold"))
                            .build()));
            cluster.sim.settle();
            assertThat(claim(cluster, "data").status().phase()).isEqualTo("Pending");
            assertThat(cluster.events())
                    .contains(
                            "persistentvolume-controller/FailedBinding: no persistent volumes available for this claim"
                                    + " and no storage class is set");
            volume(cluster, "plain", "5Gi", spec -> spec);
            cluster.sim.settle();
            assertThat(claim(cluster, "data").status().phase()).isEqualTo("Pending");
            cluster.sim
                    .client()
                    .resources(PersistentVolume.TYPE)
                    .edit("plain", each -> each.withMetadata(each.metadata().withLabels(Map.of("tier", "gold"))));
            cluster.sim.settle();
            assertThat(claim(cluster, "data").spec().volumeName()).isEqualTo("plain");
        }
    }

    @Test
    void aClaimThatNamesItsVolumeGetsThatOneOrWaits() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            claim(cluster, "data", "1Gi", spec -> spec.volumeName("mine"));
            cluster.sim.settle();
            assertThat(claim(cluster, "data").status().phase()).isEqualTo("Pending");
            volume(cluster, "mine", "2Gi", spec -> spec);
            cluster.sim.settle();
            assertThat(claim(cluster, "data").status().phase()).isEqualTo("Bound");
            assertThat(claim(cluster, "data").metadata().annotations())
                    .doesNotContainKey("pv.kubernetes.io/bound-by-controller");
            claim(cluster, "late", "1Gi", spec -> spec.volumeName("mine"));
            cluster.sim.settle();
            assertThat(claim(cluster, "late").status().phase()).isEqualTo("Pending");
            assertThat(cluster.events())
                    .contains("persistentvolume-controller/FailedBinding: volume \"mine\" already bound to a different"
                            + " claim.");
        }
    }

    @Test
    void aVolumeThatNamesItsClaimIsKeptForIt() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            volume(
                    cluster,
                    "kept",
                    "2Gi",
                    spec -> spec.claimRef(ObjectReferenceBuilder.builder()
                            .namespace("default")
                            .name("mine")
                            .build()));
            claim(cluster, "other", "1Gi", spec -> spec);
            cluster.sim.settle();
            assertThat(claim(cluster, "other").status().phase()).isEqualTo("Pending");
            claim(cluster, "mine", "1Gi", spec -> spec);
            cluster.sim.settle();
            assertThat(claim(cluster, "mine").spec().volumeName()).isEqualTo("kept");
        }
    }

    @Test
    void aClaimWithoutAClassGetsTheDefaultOneAndItsVolumeWhereItsFirstPodRuns() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            cluster.sim.client().create(LocalPathProvisioner.standardClass());
            defaulted(cluster, "data");
            cluster.sim.settle();
            assertThat(claim(cluster, "data").spec().storageClassName()).isEqualTo("standard");
            assertThat(claim(cluster, "data").status().phase()).isEqualTo("Pending");
            assertThat(cluster.events())
                    .contains(
                            "persistentvolume-controller/WaitForFirstConsumer: waiting for first consumer to be created"
                                    + " before binding");
            cluster.sim.client().create(user("db"));
            cluster.sim.settle();
            PersistentVolumeClaim claim = claim(cluster, "data");
            assertThat(claim.status().phase()).isEqualTo("Bound");
            String name = "pvc-" + claim.metadata().uid();
            assertThat(claim.spec().volumeName()).isEqualTo(name);
            PersistentVolume volume = volume(cluster, name);
            assertThat(volume.spec().hostPath().path())
                    .isEqualTo(directory.resolve(name).toString());
            assertThat(volume.spec()
                            .nodeAffinity()
                            .required()
                            .nodeSelectorTerms()
                            .get(0)
                            .matchFields()
                            .get(0)
                            .values())
                    .containsExactly(
                            cluster.sim.client().pods().get("db").spec().nodeName());
            assertThat(cluster.events())
                    .contains("persistentvolume-controller/ProvisioningSucceeded: Successfully provisioned volume "
                            + name + " using orchestrator.io/local-path");
            cluster.mustRestFor(Duration.ofMinutes(12));
        }
    }

    @Test
    void aClaimInUseStaysAndItsVolumeGoesWithItAtLast() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            cluster.sim.client().create(LocalPathProvisioner.standardClass());
            defaulted(cluster, "data");
            cluster.sim.client().create(user("db"));
            cluster.sim.settle();
            Path data = directory.resolve(claim(cluster, "data").spec().volumeName());
            Files.createDirectories(data.resolve("tables"));
            Files.writeString(data.resolve("tables").resolve("one"), "1");
            cluster.sim.client().resources(PersistentVolumeClaim.TYPE).delete("data");
            cluster.sim.settle();
            assertThat(claim(cluster, "data").metadata().deletionTimestamp()).isNotNull();
            assertThat(data).exists();
            cluster.sim.client().pods().delete("db");
            cluster.sim.settle();
            assertThat(cluster.sim
                            .client()
                            .resources(PersistentVolumeClaim.TYPE)
                            .find("data"))
                    .isEmpty();
            assertThat(cluster.sim
                            .client()
                            .resources(PersistentVolume.TYPE)
                            .list()
                            .items())
                    .isEmpty();
            assertThat(data).doesNotExist();
        }
    }

    @Test
    void aRetainedVolumeIsReleasedAndNobodyElseGetsIt() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            volume(cluster, "kept", "2Gi", spec -> spec);
            claim(cluster, "data", "1Gi", spec -> spec);
            cluster.sim.settle();
            cluster.sim.client().resources(PersistentVolume.TYPE).delete("kept");
            cluster.sim.settle();
            assertThat(volume(cluster, "kept").metadata().deletionTimestamp())
                    .as("it is protected while it is bound")
                    .isNotNull();
            cluster.sim.client().resources(PersistentVolumeClaim.TYPE).delete("data");
            cluster.sim.settle();
            assertThat(cluster.sim.client().resources(PersistentVolume.TYPE).find("kept"))
                    .isEmpty();
            volume(cluster, "again", "2Gi", spec -> spec);
            claim(cluster, "data", "1Gi", spec -> spec);
            cluster.sim.settle();
            cluster.sim.client().resources(PersistentVolumeClaim.TYPE).delete("data");
            cluster.sim.settle();
            assertThat(volume(cluster, "again").status().phase()).isEqualTo("Released");
            claim(cluster, "data", "1Gi", spec -> spec);
            cluster.sim.settle();
            assertThat(claim(cluster, "data").status().phase()).isEqualTo("Pending");
        }
    }

    @ParameterizedTest
    @CsvSource({"Recycle, VolumeRecycleFailed", "Delete, VolumeFailedDelete"})
    void whatNobodyHereCanTakeBackSaysSo(String policy, String reason) throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            volume(cluster, "by-hand", "2Gi", spec -> spec.persistentVolumeReclaimPolicy(policy));
            claim(cluster, "data", "1Gi", spec -> spec);
            cluster.sim.settle();
            cluster.sim.client().resources(PersistentVolumeClaim.TYPE).delete("data");
            cluster.sim.settle();
            assertThat(volume(cluster, "by-hand").status().phase()).isEqualTo("Failed");
            assertThat(volume(cluster, "by-hand").status().reason()).isEqualTo(reason);
            assertThat(cluster.events()).anyMatch(event -> event.startsWith("persistentvolume-controller/" + reason));
            cluster.mustRestFor(Duration.ofMinutes(12));
        }
    }

    @Test
    void aClaimWhoseVolumeIsGoneIsLost() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            volume(cluster, "gone", "2Gi", spec -> spec);
            claim(cluster, "data", "1Gi", spec -> spec);
            cluster.sim.settle();
            cluster.controllers.kill();
            cluster.sim
                    .client()
                    .resources(PersistentVolume.TYPE)
                    .edit("gone", each -> each.withMetadata(each.metadata().withFinalizers(List.of())));
            cluster.sim.client().resources(PersistentVolume.TYPE).delete("gone");
            cluster.controllers.start();
            cluster.sim.settle();
            assertThat(claim(cluster, "data").status().phase()).isEqualTo("Lost");
            assertThat(cluster.events())
                    .contains(
                            "persistentvolume-controller/ClaimLost: Bound claim has lost its PersistentVolume. Data on"
                                    + " the volume is lost!");
        }
    }

    @Test
    void aDirectoryGrowsWithItsClaim() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            cluster.sim.client().create(LocalPathProvisioner.standardClass());
            defaulted(cluster, "data");
            cluster.sim.client().create(user("db"));
            cluster.sim.settle();
            cluster.sim
                    .client()
                    .resources(PersistentVolumeClaim.TYPE)
                    .edit("data", each -> each.withSpec(each.spec().withResources(requests("7Gi"))));
            cluster.sim.settle();
            assertThat(claim(cluster, "data").status().capacity()).containsEntry("storage", Quantity.parse("7Gi"));
        }
    }

    @Test
    void aStatefulSetFindsItsDataAgain() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            cluster.sim.client().create(LocalPathProvisioner.standardClass());
            cluster.sim.client().create(database(2));
            cluster.sim.settle();
            String before = claim(cluster, "data-db-0").spec().volumeName();
            assertThat(claim(cluster, "data-db-1").status().phase()).isEqualTo("Bound");
            cluster.sim.client().pods().delete("db-0");
            cluster.sim.settle();
            assertThat(cluster.pods()).hasSize(2).allMatch(PodFacts::isReady);
            assertThat(claim(cluster, "data-db-0").spec().volumeName()).isEqualTo(before);
        }
    }

    @Test
    void endsTheSameAfterACrashAtAnyWriteAndThoughAnyEventIsLate() throws Exception {
        int writes = new CrashPoints<>(() -> cluster(Simulation.inOrder()), cluster -> cluster.controllers, cluster -> {
                    cluster.sim.client().create(LocalPathProvisioner.standardClass());
                    cluster.sim.client().create(database(1));
                    volume(cluster, "one", "2Gi", spec -> spec);
                    volume(cluster, "two", "3Gi", spec -> spec);
                    claim(cluster, "hand", "1Gi", spec -> spec);
                    cluster.sim.settle();
                    cluster.sim.client().resources(PersistentVolumeClaim.TYPE).delete("hand");
                    cluster.sim.settle();
                    return phases(cluster);
                })
                .forEachWriteAndEvent();
        assertThat(writes).isGreaterThan(15);
    }

    @Test
    void noVolumeHasTwoClaimsAndNoClaimLosesItsOwnWhateverGoesWrong() throws Exception {
        Long one = Long.getLong("simulation.seed");
        if (one != null) {
            live(one);
            return;
        }
        for (long seed = 0; seed < SEEDS; seed++) {
            live(seed);
        }
    }

    private void live(long seed) throws Exception {
        try (Workloads cluster = cluster(Simulation.seeded(seed))) {
            Random random = cluster.sim.random();
            Map<String, String> bound = new HashMap<>();
            cluster.sim.invariant("a claim keeps its volume, and has it alone", client -> {
                Set<String> taken = new HashSet<>();
                for (PersistentVolumeClaim claim : claims(cluster)) {
                    if (claim.status().phase().equals("Bound")) {
                        String volume = claim.spec().volumeName();
                        assertThat(taken.add(volume)).as(volume).isTrue();
                        assertThat(bound.computeIfAbsent(claim.metadata().uid(), uid -> volume))
                                .isEqualTo(volume);
                    }
                }
            });
            cluster.controllers.faults().rates(FaultRates.rough());
            for (int i = 0; i < 4; i++) {
                volume(cluster, "v" + i, (1 + random.nextInt(4)) + "Gi", spec -> spec);
                claim(cluster, "c" + i, "1Gi", spec -> spec);
                cluster.sim.advance(Duration.ofMillis(random.nextInt(5000)));
            }
            cluster.sim.client().resources(PersistentVolumeClaim.TYPE).delete("c" + random.nextInt(4));
            cluster.sim.advance(Duration.ofSeconds(60));
            cluster.controllers.faults().rates(FaultRates.none());
            cluster.sim.settle();
            assertThat(claims(cluster))
                    .as("seed %s", seed)
                    .hasSize(3)
                    .allMatch(claim -> claim.status().phase().equals("Bound"));
            cluster.mustRestFor(Duration.ofMinutes(12));
        }
    }

    private Workloads cluster(Simulation sim) {
        List<VolumeProvisioner> provisioners = List.of(new LocalPathProvisioner(directory));
        Workloads cluster = new Workloads(
                sim,
                clock -> List.of(
                        StatefulSetReconciler.controller(clock),
                        ClaimReconciler.controller(provisioners),
                        VolumeReconciler.controller(provisioners),
                        ClaimProtection.controller(),
                        VolumeProtection.controller()));
        for (int i = 0; i < 3; i++) {
            sim.client().create(Node.named("node-" + i).build());
        }
        return cluster;
    }

    private static void volume(
            Workloads cluster, String name, String size, UnaryOperator<PersistentVolumeSpecBuilder> edit) {
        PersistentVolumeSpecBuilder spec = PersistentVolumeSpecBuilder.builder()
                .capacity(Map.of("storage", Quantity.parse(size)))
                .accessModes(List.of("ReadWriteOnce"))
                .storageClassName("")
                .hostPath(HostPathVolumeSourceBuilder.builder()
                        .path("/data/" + name)
                        .build());
        cluster.sim
                .client()
                .create(PersistentVolumeBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder().name(name).build())
                        .spec(edit.apply(spec).build())
                        .build());
    }

    private static void claim(
            Workloads cluster, String name, String size, UnaryOperator<PersistentVolumeClaimSpecBuilder> edit) {
        PersistentVolumeClaimSpecBuilder spec = PersistentVolumeClaimSpecBuilder.builder()
                .accessModes(List.of("ReadWriteOnce"))
                .storageClassName("")
                .resources(requests(size));
        cluster.sim.client().create(claimOf(name, edit.apply(spec).build()));
    }

    /** A claim that leaves its class to the cluster. */
    private static void defaulted(Workloads cluster, String name) {
        cluster.sim
                .client()
                .create(claimOf(
                        name,
                        PersistentVolumeClaimSpecBuilder.builder()
                                .accessModes(List.of("ReadWriteOnce"))
                                .resources(requests("1Gi"))
                                .build()));
    }

    private static PersistentVolumeClaim claimOf(String name, PersistentVolumeClaimSpec spec) {
        return PersistentVolumeClaimBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name(name).build())
                .spec(spec)
                .build();
    }

    private static VolumeResourceRequirements requests(String size) {
        return VolumeResourceRequirementsBuilder.builder()
                .requests(Map.of("storage", Quantity.parse(size)))
                .build();
    }

    private static Pod user(String name) {
        return Pod.named(name)
                .container("db", "postgres:17")
                .claim("data", "data")
                .build();
    }

    private static StatefulSet database(int replicas) {
        return StatefulSet.named("db")
                .replicas(replicas)
                .service("db")
                .container("db", "postgres:17")
                .spec(spec -> spec.volumeClaimTemplates(List.of(claimOf(
                        "data",
                        PersistentVolumeClaimSpecBuilder.builder()
                                .accessModes(List.of("ReadWriteOnce"))
                                .resources(requests("1Gi"))
                                .build()))))
                .build();
    }

    private static PersistentVolume volume(Workloads cluster, String name) {
        return cluster.sim.client().resources(PersistentVolume.TYPE).get(name);
    }

    private static PersistentVolumeClaim claim(Workloads cluster, String name) {
        return cluster.sim.client().resources(PersistentVolumeClaim.TYPE).get(name);
    }

    private static List<PersistentVolumeClaim> claims(Workloads cluster) {
        return cluster.sim.client().resources(PersistentVolumeClaim.TYPE).list().items();
    }

    private static String phases(Workloads cluster) {
        return claims(cluster).stream()
                        .map(claim ->
                                claim.metadata().name() + " " + claim.status().phase())
                        .toList()
                + " "
                + cluster.sim.client().resources(PersistentVolume.TYPE).list().items().stream()
                        .map(volume -> volume.metadata().name().replaceAll("pvc-.*", "pvc") + " "
                                + volume.status().phase())
                        .toList();
    }
}
