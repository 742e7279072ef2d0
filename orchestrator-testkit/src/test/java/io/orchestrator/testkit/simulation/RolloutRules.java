package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.pods.PodFacts;
import java.util.List;
import java.util.Objects;

/**
 * What must hold at every moment of a roll-out. The bounds are those of all specs since the last rest, as what was begun under
 * one spec may end under the next.
 */
final class RolloutRules {
    private int most;
    private int least = Integer.MAX_VALUE;
    private int availableBefore;

    /** Everything asked for before has come to rest. */
    void rest() {
        most = 0;
        least = Integer.MAX_VALUE;
    }

    /** From now on this is wanted as well. */
    void wanted(int replicas, int maxSurge, int maxUnavailable) {
        most = Math.max(most, replicas + maxSurge);
        least = Math.min(least, replicas - maxUnavailable);
    }

    void check(Client client) {
        List<Pod> active = checkPods(client);
        int available = (int) active.stream().filter(PodFacts::isReady).count();
        if (available < availableBefore) {
            assertThat(available).as("available after a deletion").isGreaterThanOrEqualTo(least);
        }
        availableBefore = available;
    }

    /** Only how many there are: where pods fail by themselves, how many are available is not the roll-out's doing alone. */
    List<Pod> checkPods(Client client) {
        List<Pod> active =
                client.pods().list().items().stream().filter(PodFacts::isActive).toList();
        assertThat(active.size())
                .as(
                        "pods: %s",
                        active.stream().map(pod -> pod.metadata().name()).toList())
                .isLessThanOrEqualTo(most);
        return active;
    }

    /** The end of every roll-out that can end. */
    static void complete(Client client, String name) {
        Deployment deployment = client.deployments().get(name);
        int replicas = Objects.requireNonNull(deployment.spec().replicas());
        String image = image(deployment);
        List<Pod> pods = client.pods().list().items();
        assertThat(pods).as("pods").hasSize(replicas);
        assertThat(pods).allMatch(PodFacts::isReady);
        assertThat(pods).allMatch(pod -> pod.spec().containers().get(0).image().equals(image));
        assertThat(deployment.status().observedGeneration())
                .isEqualTo(deployment.metadata().generation());
        assertThat(deployment.status().availableReplicas()).isEqualTo(replicas);
        assertThat(deployment.status().updatedReplicas()).isEqualTo(replicas);
        assertThat(deployment.status().replicas()).isEqualTo(replicas);
        assertThat(deployment.status().unavailableReplicas()).isZero();
    }

    static String image(Deployment deployment) {
        return deployment.spec().template().spec().containers().get(0).image();
    }
}
