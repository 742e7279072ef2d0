package io.orchestrator.core.control.statefulset;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.ConditionStatus;
import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.apps.PodManagementPolicyType;
import io.orchestrator.api.model.apps.RollingUpdateStatefulSetStrategy;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.apps.StatefulSetSpecBuilder;
import io.orchestrator.api.model.apps.StatefulSetUpdateStrategy;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.PersistentVolumeClaimBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodConditionBuilder;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.core.PodStatusBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a StatefulSet needs next, from what there is. */
class SetPlanTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final Map<Integer, Pod> pods = new TreeMap<>();
    private UnaryOperator<StatefulSetSpecBuilder> spec = edit -> edit;
    private Duration rest = Duration.ZERO;

    @Test
    void makesOnlyTheFirstThatIsMissing() {
        assertThat(names(plan().create())).containsExactly("web-0");
        pod(0, "old", true);
        assertThat(names(plan().create())).containsExactly("web-1");
    }

    @Test
    void waitsForTheOneBefore() {
        pod(0, "new", false);
        assertThat(plan().isEmpty()).isTrue();
        pods.clear();
        pod(0, "new", true, SetPlanTest::going);
        assertThat(plan().isEmpty()).as("one that goes must be gone first").isTrue();
    }

    @Test
    void makesAllAtOnceInParallel() {
        spec = edit -> edit.podManagementPolicy(PodManagementPolicyType.PARALLEL);
        pod(1, "new", false);
        assertThat(names(plan().create())).containsExactly("web-0", "web-2");
    }

    @Test
    void replacesOneOutdatedPodFromTheTopWhenAllAreReady() {
        pod(0, "old", true);
        pod(1, "old", true);
        pod(2, "old", true);
        assertThat(names(plan().delete())).containsExactly("web-2");
        pod(2, "new", true);
        assertThat(names(plan().delete())).containsExactly("web-1");
    }

    @Test
    void replacesAsManyAsMayBeUnavailable() {
        rolling(0, IntOrString.of(2));
        pod(0, "old", true);
        pod(1, "old", true);
        pod(2, "old", true);
        assertThat(names(plan().delete())).containsExactly("web-2", "web-1");
    }

    @Test
    void leavesPodsBelowThePartition() {
        rolling(2, null);
        pod(0, "old", true);
        pod(1, "old", true);
        pod(2, "new", true);
        assertThat(plan().isEmpty()).isTrue();
        pods.remove(1);
        assertThat(plan().create().get(0).metadata().labels()).containsEntry(SetPods.REVISION, "old");
    }

    @Test
    void whatMayBeUnavailableIsCountedOverAllPodsThoseThatThePartitionKeepsAmongThem() {
        pod(0, "old", false);
        pod(1, "old", true);
        pod(2, "old", true);
        parallel(1, null);
        assertThat(names(plan().delete())).containsExactly("web-2");
        parallel(1, IntOrString.of(1));
        assertThat(plan().isEmpty()).isTrue();
        parallel(1, IntOrString.of(2));
        assertThat(names(plan().delete())).containsExactly("web-2");
    }

    @Test
    void replacesAnOutdatedPodThatIsNotReadyAtOnce() {
        pod(0, "new", true);
        pod(1, "old", false);
        assertThat(names(plan().delete())).containsExactly("web-1");
    }

    @Test
    void letsOnlyTheHighestGoOfThoseThatAreTooMany() {
        pod(0, "new", true);
        pod(1, "new", true);
        pod(2, "new", true);
        pod(3, "new", true);
        pod(4, "new", true);
        assertThat(names(plan().delete())).containsExactly("web-4");
        pod(4, "new", true, SetPlanTest::going);
        assertThat(plan().isEmpty()).isTrue();
    }

    @Test
    void doesNotShrinkWhileAPodThatIsWantedIsNotReady() {
        pod(0, "new", true);
        pod(1, "new", false);
        pod(2, "new", true);
        pod(3, "new", true);
        assertThat(plan().isEmpty()).isTrue();
    }

    @Test
    void waitsUntilAPodHasBeenReadyForLongEnough() {
        spec = edit -> edit.minReadySeconds(3700);
        pod(0, "new", true);
        SetPlan plan = plan();
        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.again()).contains(Duration.ofSeconds(100));
    }

    @Test
    void givesAPodItsClaimsForVolumes() {
        PersistentVolumeClaim data = PersistentVolumeClaimBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name("data").build())
                .build();
        spec = edit -> edit.volumeClaimTemplates(List.of(data));
        var volume = plan().create().get(0).spec().volumes().get(0);
        assertThat(volume.name()).isEqualTo("data");
        assertThat(volume.persistentVolumeClaim().claimName()).isEqualTo("data-web-0");
    }

    @Test
    void takesOnlyItsOwnNamesForNumbers() {
        StatefulSet set = set();
        assertThat(ordinal(set, "web-12")).isEqualTo(12);
        for (String name : List.of("web-012", "web-x", "web-", "other-1", "web-1-1", "web--1")) {
            assertThat(ordinal(set, name)).as(name).isEqualTo(SetPods.NO_ORDINAL);
        }
    }

    private static int ordinal(StatefulSet set, String name) {
        return SetPods.ordinal(set, Pod.named(name).container("web", "nginx").build());
    }

    private SetPlan plan() {
        StatefulSet set = set();
        SetState state = new SetState(
                set,
                pods,
                new SetState.Revision("old", set.spec().template()),
                new SetState.Revision("new", set.spec().template()),
                NOW);
        return SetPlan.of(state, pod -> rest);
    }

    private StatefulSet set() {
        StatefulSet set =
                StatefulSet.named("web").replicas(3).container("web", "nginx").build();
        set = set.withMetadata(ObjectMetaBuilder.builder(set.metadata())
                .namespace("default")
                .uid("set")
                .build());
        return set.withSpec(
                spec.apply(StatefulSetSpecBuilder.builder(set.spec())).build());
    }

    private void rolling(int partition, IntOrString maxUnavailable) {
        spec = edit -> edit.updateStrategy(new StatefulSetUpdateStrategy(
                "RollingUpdate", new RollingUpdateStatefulSetStrategy(partition, maxUnavailable)));
    }

    private void parallel(int partition, IntOrString maxUnavailable) {
        rolling(partition, maxUnavailable);
        UnaryOperator<StatefulSetSpecBuilder> rolling = spec;
        spec = edit -> rolling.apply(edit).podManagementPolicy(PodManagementPolicyType.PARALLEL);
    }

    private void pod(int ordinal, String revision, boolean ready) {
        pod(ordinal, revision, ready, pod -> pod);
    }

    private void pod(int ordinal, String revision, boolean ready, UnaryOperator<Pod> edit) {
        StatefulSet set = set();
        Pod pod = SetPods.make(set, ordinal, set.spec().template(), revision);
        pod = pod.withStatus(PodStatusBuilder.builder(pod.status())
                .phase(PodPhase.RUNNING)
                .conditions(List.of(PodConditionBuilder.builder()
                        .type("Ready")
                        .status(ready ? ConditionStatus.TRUE : ConditionStatus.FALSE)
                        .lastTransitionTime(Time.of(NOW.minusSeconds(3600)))
                        .build()))
                .build());
        pods.put(ordinal, edit.apply(pod));
    }

    private static Pod going(Pod pod) {
        return pod.withMetadata(pod.metadata().withDeletionTimestamp(Time.of(NOW)));
    }

    private static List<String> names(List<Pod> pods) {
        return pods.stream().map(pod -> pod.metadata().name()).toList();
    }
}
