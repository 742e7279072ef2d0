package io.orchestrator.core.schedule.plugin;

import static io.orchestrator.core.schedule.framework.SmallCluster.labelled;
import static io.orchestrator.core.schedule.framework.SmallCluster.node;
import static io.orchestrator.core.schedule.framework.SmallCluster.pod;
import static io.orchestrator.core.schedule.framework.SmallCluster.quantities;
import static io.orchestrator.core.schedule.framework.SmallCluster.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.CSIPersistentVolumeSourceBuilder;
import io.orchestrator.api.model.core.NodeSelectorBuilder;
import io.orchestrator.api.model.core.NodeSelectorRequirement;
import io.orchestrator.api.model.core.NodeSelectorTermBuilder;
import io.orchestrator.api.model.core.PersistentVolume;
import io.orchestrator.api.model.core.PersistentVolumeBuilder;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.PersistentVolumeClaimBuilder;
import io.orchestrator.api.model.core.PersistentVolumeClaimSpecBuilder;
import io.orchestrator.api.model.core.PersistentVolumeClaimStatusBuilder;
import io.orchestrator.api.model.core.PersistentVolumeClaimVolumeSource;
import io.orchestrator.api.model.core.PersistentVolumeSpecBuilder;
import io.orchestrator.api.model.core.PersistentVolumeStatusBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.TopologySelectorLabelRequirement;
import io.orchestrator.api.model.core.TopologySelectorTerm;
import io.orchestrator.api.model.core.Volume;
import io.orchestrator.api.model.core.VolumeBuilder;
import io.orchestrator.api.model.core.VolumeNodeAffinity;
import io.orchestrator.api.model.core.VolumeResourceRequirementsBuilder;
import io.orchestrator.api.model.storage.CSINode;
import io.orchestrator.api.model.storage.CSINodeBuilder;
import io.orchestrator.api.model.storage.CSINodeDriverBuilder;
import io.orchestrator.api.model.storage.CSINodeSpec;
import io.orchestrator.api.model.storage.StorageClass;
import io.orchestrator.api.model.storage.StorageClassBuilder;
import io.orchestrator.api.model.storage.VolumeNodeResources;
import io.orchestrator.core.schedule.framework.KnownObjects;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PreBinding;
import io.orchestrator.core.schedule.framework.Reservation;
import io.orchestrator.core.schedule.framework.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VolumePluginsTest {
    private final NodeView here =
            view(labelled(node("n1", "4", "8Gi"), Map.of("topology.kubernetes.io/zone", "a", "name", "n1")));
    private final NodeView there =
            view(labelled(node("n2", "4", "8Gi"), Map.of("topology.kubernetes.io/zone", "b", "name", "n2")));

    private static Pod using(String name, String... claims) {
        List<Volume> volumes = new ArrayList<>();
        for (String claim : claims) {
            volumes.add(VolumeBuilder.builder()
                    .name(claim)
                    .persistentVolumeClaim(new PersistentVolumeClaimVolumeSource(claim, false))
                    .build());
        }
        return pod(name, spec -> spec.volumes(volumes));
    }

    private static PersistentVolumeClaim claim(String name, String mode, String volume) {
        return PersistentVolumeClaimBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .namespace("default")
                        .name(name)
                        .uid("uid-" + name)
                        .resourceVersion("1")
                        .build())
                .spec(PersistentVolumeClaimSpecBuilder.builder()
                        .accessModes(List.of(mode))
                        .storageClassName("late")
                        .volumeName(volume)
                        .resources(VolumeResourceRequirementsBuilder.builder()
                                .requests(quantities("storage", "5Gi"))
                                .build())
                        .build())
                .status(PersistentVolumeClaimStatusBuilder.builder()
                        .phase(volume.isEmpty() ? "Pending" : "Bound")
                        .build())
                .build();
    }

    private static PersistentVolumeClaim claim(String name) {
        return claim(name, "ReadWriteOnce", "");
    }

    private static PersistentVolume volume(String name, String size, String node) {
        return PersistentVolumeBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(name)
                        .uid("uid-" + name)
                        .resourceVersion("1")
                        .build())
                .spec(PersistentVolumeSpecBuilder.builder()
                        .capacity(quantities("storage", size))
                        .accessModes(List.of("ReadWriteOnce"))
                        .storageClassName("late")
                        .nodeAffinity(new VolumeNodeAffinity(NodeSelectorBuilder.builder()
                                .nodeSelectorTerms(List.of(NodeSelectorTermBuilder.builder()
                                        .matchExpressions(
                                                List.of(new NodeSelectorRequirement("name", "In", List.of(node))))
                                        .build()))
                                .build()))
                        .build())
                .status(PersistentVolumeStatusBuilder.builder()
                        .phase("Available")
                        .build())
                .build();
    }

    private static StorageClass late(String provisioner) {
        return StorageClassBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name("late").build())
                .provisioner(provisioner)
                .volumeBindingMode("WaitForFirstConsumer")
                .build();
    }

    @SuppressWarnings("unchecked") // an object is of its own class
    private static KnownObjects known(Resource... objects) {
        KnownObjects known = KnownObjects.NONE;
        for (Resource object : objects) {
            known = known.with(ResourceType.of((Class<Resource>) object.getClass()), object);
        }
        return known;
    }

    @Test
    void aBoundVolumeHoldsItsPodToTheNodesThatReachIt() {
        Trial.Answer answer = Trial.on(here, there)
                .with(claim("data", "ReadWriteOnce", "pv"), volume("pv", "5Gi", "n2"))
                .of(new VolumeBinding(), using("p", "data"));
        assertThat(answer.fitting()).containsExactly("n2");
        assertThat(answer.verdict("n1")).isEqualTo(Verdict.unresolvable("node(s) had volume node affinity conflict"));
    }

    @Test
    void aClaimThatIsMissingOrWaitsForItsVolumeHoldsThePodBack() {
        VolumeBinding plugin = new VolumeBinding();
        assertThat(Trial.on(here).of(plugin, using("p", "data")).verdict("n1"))
                .isEqualTo(Verdict.unresolvable("persistentvolumeclaim \"data\" not found"));
        assertThat(Trial.on(here)
                        .with(claim("data"))
                        .of(plugin, using("p", "data"))
                        .verdict("n1"))
                .isEqualTo(Verdict.unresolvable("pod has unbound immediate PersistentVolumeClaims"));
    }

    @Test
    void theSmallestVolumeThatFitsIsTakenForAClaimThatWaitedForItsPod() {
        VolumeBinding plugin = new VolumeBinding();
        StorageClass byHand = late("kubernetes.io/no-provisioner");
        PersistentVolume small = volume("small", "6Gi", "n1");
        Trial trial = Trial.on(here, there)
                .with(byHand, claim("data"), volume("tiny", "1Gi", "n1"), volume("large", "50Gi", "n1"), small);
        Trial.Answer answer = trial.of(plugin, using("p", "data"));
        assertThat(answer.fitting()).containsExactly("n1");
        assertThat(answer.verdict("n2"))
                .isEqualTo(Verdict.unresolvable("node(s) didn't find available persistent volumes to bind"));
        Reservation.Taken taken = (Reservation.Taken) plugin.reserve(answer.cycle, here);
        PersistentVolume assumed = (PersistentVolume) taken.assumed().get(0);
        assertThat(assumed.metadata().name()).isEqualTo("small");
        assertThat(assumed.spec().claimRef().uid()).isEqualTo("uid-data");

        KnownObjects now = known(byHand, claim("data"), small);
        PreBinding first = plugin.preBind(answer.cycle, here, now);
        assertThat(((PreBinding.Pending) first).updates()).containsExactly(assumed);
        PreBinding second = plugin.preBind(answer.cycle, here, known(byHand, claim("data"), assumed));
        assertThat(((PreBinding.Pending) second).updates()).isEmpty();
        PreBinding third =
                plugin.preBind(answer.cycle, here, known(byHand, claim("data", "ReadWriteOnce", "small"), assumed));
        assertThat(third).isInstanceOf(PreBinding.Ready.class);
    }

    @Test
    void aVolumeThatAnotherClaimGotMeanwhileEndsThePlacement() {
        VolumeBinding plugin = new VolumeBinding();
        StorageClass byHand = late("kubernetes.io/no-provisioner");
        Trial.Answer answer = Trial.on(here)
                .with(byHand, claim("data"), volume("pv", "6Gi", "n1"))
                .of(plugin, using("p", "data"));
        assertThat(answer.fitting()).containsExactly("n1");
        plugin.reserve(answer.cycle, here);
        PersistentVolume lost = ClaimPlan.given(volume("pv", "6Gi", "n1"), claim("other"));
        assertThat(plugin.preBind(answer.cycle, here, known(byHand, claim("data"), lost)))
                .isInstanceOf(PreBinding.Failed.class);
    }

    @Test
    void aVolumeIsMadeForTheNodeThatWasChosen() {
        VolumeBinding plugin = new VolumeBinding();
        Trial.Answer answer = Trial.on(here, there)
                .with(late("example.com/disks"), claim("data"))
                .of(plugin, using("p", "data"));
        assertThat(answer.fitting()).containsExactly("n1", "n2");
        plugin.reserve(answer.cycle, there);
        PreBinding first = plugin.preBind(answer.cycle, there, known(late("example.com/disks"), claim("data")));
        PersistentVolumeClaim sent =
                (PersistentVolumeClaim) ((PreBinding.Pending) first).updates().get(0);
        assertThat(sent.metadata().annotations()).containsEntry("volume.kubernetes.io/selected-node", "n2");
        assertThat(plugin.preBind(answer.cycle, there, known(sent))).isEqualTo(PreBinding.pending(List.of()));
        assertThat(plugin.preBind(answer.cycle, there, known(claim("data"))))
                .as("whoever makes volumes took the node off again")
                .isInstanceOf(PreBinding.Failed.class);
    }

    @Test
    void aClaimWhoseVolumeIsBeingMadeKeepsItsPodToThatNode() {
        PersistentVolumeClaim sent = ClaimPlan.sentTo(claim("data"), "n2");
        assertThat(Trial.on(here, there)
                        .with(late("example.com/disks"), sent)
                        .of(new VolumeBinding(), using("p", "data"))
                        .fitting())
                .containsExactly("n2");
    }

    @Test
    void aClassThatNamesItsPlacesMakesVolumesOnlyThere() {
        StorageClass bound = late("example.com/disks")
                .withAllowedTopologies(List.of(new TopologySelectorTerm(
                        List.of(new TopologySelectorLabelRequirement("topology.kubernetes.io/zone", List.of("b"))))));
        assertThat(Trial.on(here, there)
                        .with(bound, claim("data"))
                        .of(new VolumeBinding(), using("p", "data"))
                        .fitting())
                .containsExactly("n2");
    }

    @Test
    void twoClaimsOfAPodGetTwoVolumes() {
        StorageClass byHand = late("kubernetes.io/no-provisioner");
        Trial one = Trial.on(here).with(byHand, claim("x"), claim("y"), volume("pv", "5Gi", "n1"));
        assertThat(one.of(new VolumeBinding(), using("p", "x", "y")).fitting()).isEmpty();
        assertThat(one.with(volume("pv2", "5Gi", "n1"))
                        .of(new VolumeBinding(), using("p", "x", "y"))
                        .fitting())
                .containsExactly("n1");
    }

    @Test
    void theZoneOfAVolumeIsTheZoneOfItsPod() {
        PersistentVolume zoned = volume("pv", "5Gi", "n1");
        zoned = zoned.withMetadata(zoned.metadata().withLabels(Map.of("topology.kubernetes.io/zone", "b__c")));
        NodeView nowhere = view(node("n3", "4", "8Gi"));
        Trial.Answer answer = Trial.on(here, there, nowhere)
                .with(claim("data", "ReadWriteOnce", "pv"), zoned)
                .of(new VolumeZone(), using("p", "data"));
        assertThat(answer.fitting()).containsExactly("n2", "n3");
        assertThat(answer.verdict("n1")).isEqualTo(Verdict.unresolvable("node(s) had no available volume zone"));
    }

    @Test
    void aClaimForOnePodAloneLetsNoSecondOneInAnywhere() {
        NodeView busy = view(node("n1", "4", "8Gi"), using("first", "data"));
        Trial.Answer answer = Trial.on(busy, there)
                .with(claim("data", "ReadWriteOncePod", "pv"))
                .of(new VolumeRestrictions(), using("second", "data"));
        assertThat(answer.fitting()).isEmpty();
        assertThat(Trial.on(busy, there)
                        .with(claim("data", "ReadWriteOnce", "pv"))
                        .of(new VolumeRestrictions(), using("second", "data"))
                        .fitting())
                .hasSize(2);
    }

    @Test
    void aNodeTakesOnlySoManyVolumesOfADriver() {
        CSINode limited = CSINodeBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name("n1").build())
                .spec(new CSINodeSpec(List.of(CSINodeDriverBuilder.builder()
                        .name("disks")
                        .nodeID("n1")
                        .allocatable(new VolumeNodeResources(1))
                        .build())))
                .build();
        NodeView busy = view(node("n1", "4", "8Gi"), using("first", "one"));
        Trial trial = Trial.on(busy, there)
                .with(
                        limited,
                        claim("one", "ReadWriteOnce", "pv1"),
                        claim("two", "ReadWriteOnce", "pv2"),
                        onDriver(volume("pv1", "5Gi", "n1")),
                        onDriver(volume("pv2", "5Gi", "n1")));
        NodeVolumeLimits plugin = new NodeVolumeLimits();
        assertThat(trial.of(plugin, using("second", "two")).fitting()).containsExactly("n2");
        assertThat(trial.of(plugin, using("second", "one")).fitting())
                .as("the volume is there already")
                .contains("n1");
    }

    private static PersistentVolume onDriver(PersistentVolume volume) {
        return volume.withSpec(volume.spec()
                .withCsi(CSIPersistentVolumeSourceBuilder.builder()
                        .driver("disks")
                        .volumeHandle(volume.metadata().name())
                        .build()));
    }
}
