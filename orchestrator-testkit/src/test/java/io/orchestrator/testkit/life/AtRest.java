package io.orchestrator.testkit.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.meta.ConditionStatus;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.apps.DaemonSet;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.batch.CronJob;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.ReplicationController;
import io.orchestrator.core.control.pods.PodFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** Workloads are as they are wanted. */
final class AtRest {
    private final Client client;
    private final int nodes;
    private final List<Pod> pods;
    private final Map<App, Integer> wanted = new HashMap<>();

    AtRest(Client client, int nodes) {
        this.client = client;
        this.nodes = nodes;
        this.pods = all(Pod.TYPE);
    }

    /** Returns how many active pods each workload has a right to. */
    Map<App, Integer> check() {
        all(Deployment.TYPE).forEach(this::check);
        all(StatefulSet.TYPE).forEach(this::check);
        all(DaemonSet.TYPE).forEach(this::check);
        all(ReplicaSet.TYPE).stream()
                .filter(set -> set.metadata().ownerReferences().isEmpty())
                .forEach(this::check);
        all(ReplicationController.TYPE).forEach(this::check);
        all(Job.TYPE).forEach(this::check);
        all(CronJob.TYPE).forEach(this::check);
        return wanted;
    }

    private void check(Deployment deployment) {
        int replicas = Edits.replicas(deployment.spec().replicas());
        List<Pod> own = running(deployment, replicas);
        updated(deployment, own);
        assertThat(deployment.status().observedGeneration())
                .isEqualTo(deployment.metadata().generation());
        assertThat(deployment.status().availableReplicas())
                .as("available of %s", name(deployment))
                .isEqualTo(replicas);
        assertThat(deployment.status().updatedReplicas())
                .as("updated of %s", name(deployment))
                .isEqualTo(replicas);
        assertThat(deployment.status().replicas())
                .as("replicas of %s", name(deployment))
                .isEqualTo(replicas);
        wanted.put(app(deployment), Edits.mostPods(deployment));
    }

    private void check(StatefulSet set) {
        int replicas = Edits.replicas(set.spec().replicas());
        List<Pod> own = running(set, replicas);
        assertThat(own)
                .extracting(pod -> pod.metadata().name())
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, replicas)
                        .mapToObj(i -> set.metadata().name() + "-" + i)
                        .toList());
        updated(set, own);
        assertThat(set.status().readyReplicas()).as("ready of %s", name(set)).isEqualTo(replicas);
        assertThat(set.status().updatedReplicas())
                .as("updated of %s", name(set))
                .isEqualTo(replicas);
        assertThat(set.status().currentRevision())
                .as("revision of %s", name(set))
                .isEqualTo(set.status().updateRevision());
        wanted.put(app(set), replicas);
    }

    private void check(DaemonSet set) {
        List<Pod> own = running(set, nodes);
        updated(set, own);
        assertThat(own.stream().map(pod -> pod.spec().nodeName()).distinct())
                .as("nodes of %s", name(set))
                .hasSize(nodes);
        assertThat(set.status().desiredNumberScheduled()).isEqualTo(nodes);
        assertThat(set.status().numberReady()).as("ready of %s", name(set)).isEqualTo(nodes);
        assertThat(set.status().updatedNumberScheduled())
                .as("updated of %s", name(set))
                .isEqualTo(nodes);
    }

    private void check(ReplicaSet set) {
        int replicas = Edits.replicas(set.spec().replicas());
        running(set, replicas);
        assertThat(set.status().replicas()).as("replicas of %s", name(set)).isEqualTo(replicas);
        assertThat(set.status().readyReplicas()).as("ready of %s", name(set)).isEqualTo(replicas);
        wanted.put(app(set), replicas);
    }

    private void check(ReplicationController controller) {
        int replicas = Edits.replicas(controller.spec().replicas());
        running(controller, replicas);
        assertThat(controller.status().readyReplicas())
                .as("ready of %s", name(controller))
                .isEqualTo(replicas);
        wanted.put(app(controller), replicas);
    }

    private void check(Job job) {
        assertThat(job.status().conditions())
                .as("conditions of %s", name(job))
                .anyMatch(condition ->
                        (condition.type().equals("Complete") || condition.type().equals("Failed"))
                                && condition.status().equals(ConditionStatus.TRUE));
        assertThat(job.status().active()).as("active of %s", name(job)).isZero();
        assertThat(pods.stream()
                        .filter(pod -> App.of(pod).equals(app(job)))
                        .filter(pod -> !PodFacts.hasEnded(pod)
                                || !pod.metadata().finalizers().isEmpty())
                        .map(AtRest::name))
                .as("pods of %s that have not ended, or are not counted", name(job))
                .isEmpty();
    }

    private void check(CronJob cron) {
        assertThat(cron.status().active()).as("active of %s", name(cron)).isEmpty();
        List<Job> jobs = all(Job.TYPE).stream()
                .filter(job -> job.metadata().ownerReferences().stream()
                        .anyMatch(owner -> owner.uid().equals(cron.metadata().uid())))
                .toList();
        assertThat(jobs).as("jobs of %s", name(cron)).hasSizeLessThanOrEqualTo(4);
    }

    private static void updated(Resource owner, List<Pod> own) {
        String image = image(owner);
        assertThat(own.stream().filter(pod -> !image(pod).equals(image)).map(AtRest::name))
                .as("pods of %s without its %s", name(owner), image)
                .isEmpty();
    }

    private List<Pod> running(Resource owner, int count) {
        List<Pod> own = active(owner, count);
        assertThat(own.stream().filter(pod -> !PodFacts.isReady(pod)).map(AtRest::name))
                .as("pods of %s that are not ready", name(owner))
                .isEmpty();
        return own;
    }

    private List<Pod> active(Resource owner, int count) {
        List<Pod> own = new ArrayList<>();
        for (Pod pod : pods) {
            if (PodFacts.isActive(pod) && App.of(pod).equals(app(owner))) {
                own.add(pod);
            }
        }
        assertThat(own.stream().map(AtRest::name))
                .as("active pods of %s", name(owner))
                .hasSize(count);
        return own;
    }

    private static String image(Resource object) {
        return object instanceof Pod pod
                ? pod.spec().containers().get(0).image()
                : Objects.requireNonNull(Edits.template(object))
                        .spec()
                        .containers()
                        .get(0)
                        .image();
    }

    private static App app(Resource owner) {
        return new App(owner.metadata().namespace(), owner.metadata().name());
    }

    private static String name(Resource owner) {
        return owner.metadata().namespace() + "/" + owner.metadata().name();
    }

    private <T extends Resource> List<T> all(ResourceType<T> type) {
        return client.resources(type).inAnyNamespace().list().items();
    }
}
