package io.orchestrator.samples.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Service;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What clients notice while the pods behind a service change. */
interface ChangeContract extends NetworkRoom {

    @Test
    default void aRollingUpdateFailsNoRequestOf32Connections() throws Exception {
        Pod server = kit().server("x").build();
        client().create(Deployment.named("busy")
                .label("app", "busy")
                .replicas(kit().crowd())
                .podSpec(spec -> spec.containers(kit().lasting(server).spec().containers())
                        .terminationGracePeriodSeconds(20L))
                .build());
        client().create(Service.named("busy")
                .selects("app", "busy")
                .port(80, PodKit.PORT)
                .build());
        client().deployments().awaitAvailable("busy", NetworkScene.PATIENCE);
        String address = client().services().get("busy").spec().clusterIP();
        await().atMost(NetworkScene.PATIENCE).until(() -> !NetworkScene.refuses(address, 80));
        try (Visitors visitors = Visitors.start(32, address, 80)) {
            client().deployments()
                    .edit(
                            "busy",
                            old -> old.withSpec(old.spec()
                                    .with(spec -> spec.template(old.spec()
                                            .template()
                                            .with(template -> template.metadata(old.spec()
                                                    .template()
                                                    .metadata()
                                                    .withAnnotation("again", "1")))))));
            await().atMost(Duration.ofSeconds(150)).until(() -> isRolledOut("busy"));
            visitors.close();
            assertThat(visitors.failures()).isEmpty();
            assertThat(visitors.answered()).isGreaterThan(100);
        }
        client().deployments().delete("busy");
    }

    @Test
    default void ofAPodThatIsKilledOnlyTheRequestsInFlightFail() throws Exception {
        Pod server = kit().server("x").build();
        client().create(Deployment.named("mortal")
                .label("app", "mortal")
                .replicas(3)
                .podSpec(spec -> spec.containers(server.spec().containers()).terminationGracePeriodSeconds(1L))
                .build());
        client().create(Service.named("mortal")
                .selects("app", "mortal")
                .port(80, PodKit.PORT)
                .build());
        client().deployments().awaitAvailable("mortal", NetworkScene.PATIENCE);
        String address = client().services().get("mortal").spec().clusterIP();
        await().atMost(NetworkScene.PATIENCE).until(() -> !NetworkScene.refuses(address, 80));
        Pod victim = client().pods().list().items().stream()
                .filter(pod -> pod.metadata().name().startsWith("mortal-"))
                .findFirst()
                .orElseThrow();
        int visiting = 32;
        try (Visitors visitors = Visitors.start(visiting, address, 80)) {
            await().atMost(NetworkScene.PATIENCE).until(() -> visitors.answered() > 100);
            assertThat(visitors.failures()).isEmpty();
            kit().kill(victim);
            await().atMost(NetworkScene.PATIENCE)
                    .until(() -> client().pods()
                                    .get(victim.metadata().name())
                                    .status()
                                    .containerStatuses()
                                    .get(0)
                                    .restartCount()
                            > 0);
            client().pods().awaitReady(victim.metadata().name(), NetworkScene.PATIENCE);
            long answered = visitors.answered();
            await().atMost(NetworkScene.PATIENCE).until(() -> visitors.answered() > answered + 100);
            visitors.close();
            assertThat(visitors.failures()).hasSizeLessThanOrEqualTo(visiting);
        }
        client().deployments().delete("mortal");
    }
}
