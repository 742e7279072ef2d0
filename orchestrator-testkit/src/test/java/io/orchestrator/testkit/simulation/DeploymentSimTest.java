package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.core.Event;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.pods.PodFacts;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a Deployment does for its user, told as Kubernetes tells it. */
class DeploymentSimTest {
    private static final String REVISION = "deployment.kubernetes.io/revision";

    @Test
    void getsItsPodsAndSaysSo() throws Exception {
        try (Rollouts cluster = new Rollouts()) {
            cluster.create(Rollouts.web(3));
            cluster.sim.settle();
            assertThat(cluster.describe())
                    .isEqualTo("3xnginx:1 ready 3 revision 1; pods 3; 3 available; True/NewReplicaSetAvailable "
                            + "True/MinimumReplicasAvailable");
            ReplicaSet set = cluster.sets().get(0);
            String hash = set.metadata().labels().get("pod-template-hash");
            assertThat(set.metadata().name()).isEqualTo("web-" + hash);
            assertThat(cluster.pods()).allMatch(pod -> pod.metadata().name().startsWith("web-" + hash + "-"));
            assertThat(messages(cluster))
                    .contains("ScalingReplicaSet: Scaled up replica set web-" + hash + " from 0 to 3")
                    .anyMatch(message -> message.startsWith("SuccessfulCreate: Created pod: web-" + hash + "-"));
        }
    }

    @Test
    void rollsToANewTemplateAndBackToAnOldOne() throws Exception {
        try (Rollouts cluster = new Rollouts()) {
            cluster.create(Rollouts.web(2));
            cluster.sim.settle();
            cluster.setImage("nginx:2");
            cluster.sim.settle();
            assertThat(cluster.annotation(REVISION)).isEqualTo("2");
            cluster.setImage("nginx:1");
            cluster.sim.settle();
            assertThat(cluster.annotation(REVISION)).isEqualTo("3");
            assertThat(cluster.sets()).as("the old set serves again").hasSize(2);
            ReplicaSet again = cluster.sets().stream()
                    .filter(set -> Objects.equals(set.spec().replicas(), 2))
                    .findFirst()
                    .orElseThrow();
            assertThat(again.metadata().annotations())
                    .containsEntry(REVISION, "3")
                    .containsEntry("deployment.kubernetes.io/revision-history", "1");
            assertThat(cluster.pods())
                    .hasSize(2)
                    .allMatch(pod -> pod.spec().containers().get(0).image().equals("nginx:1"));
        }
    }

    @Test
    void recreatesOnlyWhenTheLastOldPodIsGone() throws Exception {
        try (Rollouts cluster = new Rollouts()) {
            cluster.create(Deployment.named("web")
                    .replicas(3)
                    .container("web", "nginx:1")
                    .recreate()
                    .build());
            cluster.sim.settle();
            cluster.sim.invariant(
                    "never pods of two templates",
                    client -> assertThat(cluster.pods().stream()
                                    .map(pod -> pod.spec().containers().get(0).image())
                                    .distinct())
                            .hasSizeLessThanOrEqualTo(1));
            cluster.setImage("nginx:2");
            cluster.sim.settle();
            assertThat(cluster.web().status().updatedReplicas()).isEqualTo(3);
            assertThat(cluster.web().status().availableReplicas()).isEqualTo(3);
        }
    }

    @Test
    void doesNothingWhilePausedAndGoesOnWhenResumed() throws Exception {
        try (Rollouts cluster = new Rollouts()) {
            cluster.create(Rollouts.web(2));
            cluster.sim.settle();
            pause(cluster, true);
            cluster.setImage("nginx:2");
            cluster.sim.settle();
            assertThat(cluster.sets()).hasSize(1);
            assertThat(cluster.condition("Progressing")).isEqualTo("Unknown/DeploymentPaused");
            cluster.scale(3);
            cluster.sim.settle();
            assertThat(cluster.pods()).as("scaling works all the same").hasSize(3);
            pause(cluster, false);
            cluster.sim.settle();
            assertThat(cluster.web().status().updatedReplicas()).isEqualTo(3);
            assertThat(cluster.condition("Progressing")).isEqualTo("True/NewReplicaSetAvailable");
        }
    }

    @Test
    void saysWhenItsDeadlineHasPassedAndRecoversWithAGoodTemplate() throws Exception {
        try (Rollouts cluster = new Rollouts()) {
            cluster.breaking(pod -> pod.spec().containers().get(0).image().equals("bad"));
            cluster.create(Deployment.named("web")
                    .replicas(2)
                    .container("web", "nginx:1")
                    .progressDeadline(Duration.ofSeconds(60))
                    .build());
            cluster.sim.settle();
            cluster.setImage("bad");
            cluster.sim.advance(Duration.ofSeconds(50));
            assertThat(cluster.condition("Progressing")).isEqualTo("True/ReplicaSetUpdated");
            cluster.sim.advance(Duration.ofSeconds(30));
            assertThat(cluster.condition("Progressing")).isEqualTo("False/ProgressDeadlineExceeded");
            assertThat(cluster.web().status().availableReplicas())
                    .as("the old pods still serve")
                    .isGreaterThanOrEqualTo(2);
            cluster.setImage("nginx:2");
            cluster.sim.settle();
            assertThat(cluster.condition("Progressing")).isEqualTo("True/NewReplicaSetAvailable");
            assertThat(cluster.pods()).hasSize(2);
        }
    }

    @Test
    void theTimeOfAPauseDoesNotCountForItsDeadline() throws Exception {
        try (Rollouts cluster = new Rollouts()) {
            cluster.breaking(pod -> pod.spec().containers().get(0).image().equals("bad"));
            cluster.create(Deployment.named("web")
                    .replicas(2)
                    .container("web", "nginx:1")
                    .progressDeadline(Duration.ofSeconds(60))
                    .build());
            cluster.sim.settle();
            cluster.setImage("bad");
            cluster.sim.advance(Duration.ofSeconds(40));
            pause(cluster, true);
            cluster.sim.advance(Duration.ofMinutes(10));
            assertThat(cluster.condition("Progressing")).isEqualTo("Unknown/DeploymentPaused");
            pause(cluster, false);
            cluster.sim.advance(Duration.ofSeconds(50));
            assertThat(cluster.condition("Progressing")).isEqualTo("Unknown/DeploymentResumed");
            cluster.sim.advance(Duration.ofSeconds(20));
            assertThat(cluster.condition("Progressing")).isEqualTo("False/ProgressDeadlineExceeded");
        }
    }

    @Test
    void withoutAHistoryNoOldRevisionIsKept() throws Exception {
        try (Rollouts cluster = new Rollouts()) {
            cluster.create(Deployment.named("web")
                    .replicas(2)
                    .container("web", "nginx:0")
                    .revisionHistoryLimit(0)
                    .build());
            cluster.sim.settle();
            for (int i = 1; i <= 2; i++) {
                cluster.setImage("nginx:" + i);
                cluster.sim.settle();
                assertThat(cluster.sets()).hasSize(1);
                assertThat(cluster.annotation(REVISION)).isEqualTo(Integer.toString(i + 1));
            }
        }
    }

    @Test
    void keepsNoMoreOldRevisionsThanItShould() throws Exception {
        try (Rollouts cluster = new Rollouts()) {
            cluster.create(Deployment.named("web")
                    .replicas(1)
                    .container("web", "nginx:0")
                    .revisionHistoryLimit(2)
                    .build());
            cluster.sim.settle();
            for (int i = 1; i <= 5; i++) {
                cluster.setImage("nginx:" + i);
                cluster.sim.settle();
            }
            assertThat(cluster.sets())
                    .extracting(set -> set.metadata().annotations().get(REVISION))
                    .containsExactlyInAnyOrder("4", "5", "6");
        }
    }

    @Test
    void sharesNewReplicasAmongTheSetsOfARollOutThatIsStuck() throws Exception {
        try (Rollouts cluster = new Rollouts()) {
            cluster.breaking(pod -> pod.spec().containers().get(0).image().equals("bad"));
            cluster.create(Deployment.named("web")
                    .replicas(10)
                    .container("web", "nginx:1")
                    .maxSurge(3)
                    .maxUnavailable(2)
                    .build());
            cluster.sim.settle();
            cluster.setImage("bad");
            cluster.sim.settle();
            assertThat(sizes(cluster)).containsExactlyInAnyOrder(8, 5);
            cluster.scale(15);
            cluster.sim.settle();
            assertThat(sizes(cluster)).containsExactlyInAnyOrder(11, 7);
        }
    }

    @Test
    void waitsForPodsToBeReadyLongEnough() throws Exception {
        try (Rollouts cluster = new Rollouts()) {
            cluster.create(Deployment.named("web")
                    .replicas(2)
                    .container("web", "nginx:1")
                    .minReady(Duration.ofSeconds(60))
                    .build());
            cluster.sim.advance(Duration.ofSeconds(30));
            assertThat(cluster.web().status().readyReplicas()).isEqualTo(2);
            assertThat(cluster.web().status().availableReplicas()).isZero();
            cluster.sim.settle();
            assertThat(cluster.web().status().availableReplicas()).isEqualTo(2);
        }
    }

    @Test
    void howLongPodsHaveBeenReadyIsKnownAfterARestart() throws Exception {
        try (Rollouts cluster = new Rollouts()) {
            cluster.create(Deployment.named("web")
                    .replicas(2)
                    .container("web", "nginx:1")
                    .minReady(Duration.ofSeconds(60))
                    .build());
            cluster.sim.advance(Duration.ofSeconds(50));
            cluster.controllers.kill();
            cluster.sim.advance(Duration.ofSeconds(30));
            cluster.controllers.start();
            cluster.sim.advance(Duration.ofSeconds(5));
            assertThat(cluster.web().status().availableReplicas()).isEqualTo(2);
        }
    }

    @Test
    void replacesAPodThatSomebodyDeletes() throws Exception {
        try (Rollouts cluster = new Rollouts()) {
            cluster.create(Rollouts.web(2));
            cluster.sim.settle();
            Pod gone = cluster.pods().get(0);
            cluster.sim.client().pods().delete(gone.metadata().name());
            cluster.sim.settle();
            assertThat(cluster.pods())
                    .hasSize(2)
                    .allMatch(PodFacts::isReady)
                    .noneMatch(
                            pod -> pod.metadata().uid().equals(gone.metadata().uid()));
        }
    }

    @Test
    void letsGoOfAPodWhoseLabelsNoLongerMatchAndAdoptsAnOrphanThatDoes() throws Exception {
        try (Rollouts cluster = new Rollouts()) {
            cluster.create(Rollouts.web(2));
            cluster.sim.settle();
            String name = cluster.pods().get(0).metadata().name();
            var labels = cluster.pods().get(0).metadata().labels();
            cluster.sim
                    .client()
                    .pods()
                    .edit(name, pod -> pod.withMetadata(pod.metadata().withLabels(java.util.Map.of("debug", "me"))));
            cluster.sim.settle();
            assertThat(cluster.sim.client().pods().get(name).metadata().ownerReferences())
                    .isEmpty();
            assertThat(cluster.pods()).hasSize(3);
            cluster.sim
                    .client()
                    .pods()
                    .edit(name, pod -> pod.withMetadata(pod.metadata().withLabels(labels)));
            cluster.sim.settle();
            assertThat(cluster.pods()).as("adopted, and then one was too many").hasSize(2);
        }
    }

    private static void pause(Rollouts cluster, boolean paused) {
        cluster.sim
                .client()
                .deployments()
                .edit("web", web -> web.withSpec(web.spec().withPaused(paused)));
    }

    private static List<Integer> sizes(Rollouts cluster) {
        return cluster.sets().stream().map(set -> set.spec().replicas()).toList();
    }

    private static List<String> messages(Rollouts cluster) {
        return cluster.sim.client().resources(Event.TYPE).list().items().stream()
                .map(event -> event.reason() + ": " + event.message())
                .toList();
    }
}
