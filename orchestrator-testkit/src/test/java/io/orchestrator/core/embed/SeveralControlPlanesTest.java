package io.orchestrator.core.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.coordination.Lease;
import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.store.MemoryStore;
import io.orchestrator.testkit.store.LastingStore;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole clusters on one store: one of them works at a time, and another takes over. */
@Timeout(120)
class SeveralControlPlanesTest {
    @Test
    void oneOfTwoLeadsAndTheOtherTakesOverWhenItIsClosed() {
        try (SystemEnvironment threads = new SystemEnvironment("store");
                MemoryStore store = new MemoryStore(threads.environment().executor())) {
            Cluster first = start(store, "first");
            try (Cluster second = start(store, "second")) {
                Client client = second.client();
                client.create(Deployment.named("web")
                        .replicas(2)
                        .container("web", "any")
                        .build());
                awaitPods(client, 2);
                // a machine that stands still for longer than a lease lasts has nobody lead for a while
                await().atMost(Duration.ofSeconds(30)).until(() -> leads(first) != leads(second));
                assertThat(holder(client, "kube-controller-manager")).isPresent();
                Cluster leader = leads(first) ? first : second;
                Cluster other = leader == first ? second : first;

                leader.close();
                await().atMost(Duration.ofSeconds(30)).until(() -> leads(other));
                other.client()
                        .deployments()
                        .edit("web", web -> web.withSpec(web.spec().withReplicas(4)));
                awaitPods(other.client(), 4);
            } finally {
                first.close();
            }
        }
    }

    @Test
    void aClusterThatIsAloneHoldsNoLease() {
        try (Cluster cluster = Cluster.builder().nodes(0).start()) {
            assertThat(leads(cluster)).isTrue();
            assertThat(cluster.client()
                            .inNamespace("kube-system")
                            .resources(Lease.TYPE)
                            .list()
                            .items())
                    .isEmpty();
        }
    }

    private static Cluster start(MemoryStore store, String name) {
        return Cluster.builder()
                .named(name)
                .store(new LastingStore(store))
                .nodes(0)
                .keepPods()
                .leaderElection(settings ->
                        settings.times(Duration.ofSeconds(5), Duration.ofSeconds(3), Duration.ofMillis(200)))
                .start();
    }

    private static boolean leads(Cluster cluster) {
        try {
            return cluster.scheduler() != null;
        } catch (ApiException e) {
            return false;
        }
    }

    private static Optional<String> holder(Client client, String lease) {
        return client.inNamespace("kube-system")
                .resources(Lease.TYPE)
                .find(lease)
                .map(found -> found.spec().holderIdentity());
    }

    private static void awaitPods(Client client, int count) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> client.pods().list().items().size() == count);
    }
}
