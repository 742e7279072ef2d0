package io.orchestrator.core.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.model.core.Endpoints;
import io.orchestrator.api.model.core.EndpointsBuilder;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.discovery.EndpointConditions;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.spi.network.ProxyReport;
import io.orchestrator.spi.network.ServicePort.Endpoint;
import io.orchestrator.testkit.simulation.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServicePathTest {
    private ServicePathFixture cluster = new ServicePathFixture(VirtualTime.inOrder(), 1);

    @AfterEach
    void close() {
        cluster.close();
    }

    private List<EndpointSlice> slices() {
        return cluster.client
                .resources(EndpointSlice.TYPE)
                .list(ListOptions.all().labels("kubernetes.io/service-name=web"))
                .items();
    }

    private void threeReadyPods() {
        cluster.node("node-1");
        for (int i = 1; i <= 3; i++) {
            cluster.pod("web-" + i, "web");
            cluster.settle();
            cluster.runs("web-" + i, "10.0.0." + i, true);
        }
    }

    @Test
    void readyPodsAreServedAtTheirNamedPort() {
        threeReadyPods();
        Service web = cluster.service("web", "web");
        cluster.settle();
        assertThat(cluster.served().addresses()).containsExactly(web.spec().clusterIP());
        assertThat(cluster.served().port()).isEqualTo(80);
        assertThat(cluster.served().endpoints())
                .containsExactly(
                        new Endpoint("10.0.0.1", 8080), new Endpoint("10.0.0.2", 8080), new Endpoint("10.0.0.3", 8080));
        assertThat(cluster.events).contains("web-1 Scheduled: Successfully assigned default/web-1 to node-1");
    }

    @Test
    void endpointsAndSlicesCarryWhatKubernetesWrites() {
        threeReadyPods();
        Service web = cluster.service("web", "web");
        cluster.settle();
        assertThat(slices()).singleElement().satisfies(slice -> {
            assertThat(slice.metadata().name()).startsWith("web-");
            assertThat(slice.metadata().labels())
                    .containsEntry("kubernetes.io/service-name", "web")
                    .containsEntry("endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io")
                    .containsEntry("tier", "front");
            assertThat(slice.metadata().ownerReferences()).singleElement().satisfies(owner -> {
                assertThat(owner.uid()).isEqualTo(web.metadata().uid());
                assertThat(owner.controller()).isTrue();
            });
            assertThat(slice.addressType()).isEqualTo("IPv4");
            assertThat(slice.ports()).singleElement().satisfies(port -> {
                assertThat(port.name()).isEmpty();
                assertThat(port.port()).isEqualTo(8080);
            });
            assertThat(slice.endpoints()).hasSize(3).allSatisfy(endpoint -> {
                assertThat(endpoint.conditions()).isEqualTo(new EndpointConditions(true, true, false));
                assertThat(endpoint.nodeName()).isEqualTo("node-1");
                assertThat(endpoint.targetRef()).isNotNull();
            });
        });
        Endpoints endpoints = cluster.client.resources(Endpoints.TYPE).get("web");
        assertThat(endpoints.subsets()).singleElement().satisfies(subset -> {
            assertThat(subset.addresses()).hasSize(3);
            assertThat(subset.notReadyAddresses()).isEmpty();
            assertThat(subset.ports())
                    .singleElement()
                    .satisfies(port -> assertThat(port.port()).isEqualTo(8080));
        });
    }

    @Test
    void aPodThatIsNotReadyGetsNoTraffic() {
        threeReadyPods();
        cluster.service("web", "web");
        cluster.settle();
        cluster.runs("web-2", "10.0.0.2", false);
        cluster.settle();
        assertThat(cluster.served().endpoints())
                .containsExactly(new Endpoint("10.0.0.1", 8080), new Endpoint("10.0.0.3", 8080));
        assertThat(cluster.client
                        .resources(Endpoints.TYPE)
                        .get("web")
                        .subsets()
                        .get(0)
                        .notReadyAddresses())
                .hasSize(1);
    }

    @Test
    void aServiceMayAskForPodsThatAreNotReady() {
        threeReadyPods();
        cluster.service("web", "web");
        cluster.client
                .services()
                .edit("web", web -> web.withSpec(web.spec().with(spec -> spec.publishNotReadyAddresses(true))));
        cluster.runs("web-2", "10.0.0.2", false);
        cluster.settle();
        assertThat(cluster.served().endpoints())
                .containsExactly(
                        new Endpoint("10.0.0.1", 8080), new Endpoint("10.0.0.2", 8080), new Endpoint("10.0.0.3", 8080));
    }

    @Test
    void aPodThatTerminatesDrains() {
        threeReadyPods();
        cluster.service("web", "web");
        cluster.settle();
        cluster.client.pods().delete("web-1");
        cluster.settle();
        assertThat(cluster.served().endpoints()).hasSize(2);
        assertThat(cluster.served().draining()).containsExactly(new Endpoint("10.0.0.1", 8080));
    }

    @Test
    void readinessThatFlipsTwiceWithinTheLagIsNotLost() {
        for (long seed = 0; seed < 40; seed++) {
            cluster.close();
            cluster = new ServicePathFixture(VirtualTime.interleaved(seed), seed);
            threeReadyPods();
            cluster.service("web", "web");
            cluster.settle();
            Random random = new Random(seed);
            boolean ready = true;
            for (int flip = 0; flip < 9; flip++) {
                ready = !ready;
                cluster.runs("web-2", "10.0.0.2", ready);
                cluster.time.advance(Duration.ofNanos(random.nextInt(3_000_000)));
            }
            cluster.time.advance(Duration.ofSeconds(10));
            assertThat(cluster.served().endpoints())
                    .as("seed %d", seed)
                    .containsExactly(new Endpoint("10.0.0.1", 8080), new Endpoint("10.0.0.3", 8080));
            assertThat(slices().get(0).endpoints().stream()
                            .filter(endpoint ->
                                    Boolean.TRUE.equals(endpoint.conditions().ready())))
                    .as("seed %d", seed)
                    .hasSize(2);
        }
    }

    @Test
    void atRestNothingIsWritten() {
        threeReadyPods();
        cluster.service("web", "web");
        cluster.time.advance(Duration.ofSeconds(5));
        String version = cluster.client.pods().list().metadata().resourceVersion();
        int applied = cluster.proxy.applied;
        cluster.time.advance(Duration.ofMinutes(10));
        assertThat(cluster.client.pods().list().metadata().resourceVersion()).isEqualTo(version);
        assertThat(cluster.proxy.applied).isEqualTo(applied);
    }

    @Test
    void aServiceWithoutPodsHasAnEmptySliceAndEndpoints() {
        cluster.service("web", "web");
        cluster.settle();
        assertThat(slices())
                .singleElement()
                .satisfies(slice -> assertThat(slice.endpoints()).isEmpty());
        assertThat(cluster.client.resources(Endpoints.TYPE).get("web").subsets())
                .isEmpty();
        assertThat(cluster.served().endpoints()).isEmpty();
    }

    @Test
    void whatAServiceOwnsGoesWithIt() {
        threeReadyPods();
        cluster.service("web", "web");
        cluster.settle();
        cluster.client.services().delete("web");
        cluster.settle();
        assertThat(slices()).isEmpty();
        assertThat(cluster.client.resources(Endpoints.TYPE).find("web")).isEmpty();
        assertThat(cluster.proxy.table.ports()).isEmpty();
    }

    @Test
    void endpointsWrittenByHandWaitForTheirService() {
        cluster.client
                .resources(Endpoints.TYPE)
                .create(EndpointsBuilder.builder()
                        .metadata(io.orchestrator.api.meta.ObjectMetaBuilder.builder()
                                .name("web")
                                .namespace("default")
                                .build())
                        .build());
        cluster.time.advance(Duration.ofSeconds(5));
        assertThat(cluster.client.resources(Endpoints.TYPE).find("web")).isPresent();
    }

    @Test
    void aServiceMadeAnewUnderTheSameNameGetsItsOwnSlices() {
        threeReadyPods();
        cluster.service("web", "web");
        cluster.settle();
        cluster.client.services().delete("web");
        Service again = cluster.service("web", "web");
        cluster.time.advance(Duration.ofSeconds(10));
        assertThat(cluster.served().addresses()).containsExactly(again.spec().clusterIP());
        assertThat(cluster.served().endpoints()).hasSize(3);
    }

    @Test
    void manyEndpointsAreSpreadOverSlicesOfAHundred() {
        cluster.node("node-1");
        for (int i = 0; i < 230; i++) {
            cluster.pod("web-" + i, "web");
        }
        cluster.time.advance(Duration.ofSeconds(5));
        for (int i = 0; i < 230; i++) {
            cluster.runs("web-" + i, "10.0." + i / 100 + "." + (i % 100 + 1), true);
        }
        cluster.service("web", "web");
        cluster.time.advance(Duration.ofSeconds(5));
        assertThat(slices()).extracting(slice -> slice.endpoints().size()).containsExactlyInAnyOrder(100, 100, 30);
        assertThat(cluster.served().endpoints()).hasSize(230);
        cluster.runs("web-0", "10.0.0.1", false);
        cluster.settle();
        assertThat(cluster.served().endpoints()).hasSize(229);
    }

    @Test
    void whatCannotBeServedStandsInOneEventAndIsTriedAgain() {
        cluster.proxy.report = new ProxyReport(
                List.of(new ProxyReport.Problem("default", "web", "127.0.0.9", 80, "PermissionDenied", "needs root")));
        cluster.service("web", "web");
        cluster.time.advance(Duration.ofMinutes(1));
        assertThat(cluster.events).containsExactly("web PermissionDenied: needs root");
        assertThat(cluster.proxy.applied).isGreaterThan(4);
    }

    @Test
    void aProxyThatServesOtherwiseThanItCouldIsGivenTheTableAgainUntilItNoLongerAsks() {
        cluster.proxy.report = new ProxyReport(List.of(), true);
        cluster.service("web", "web");
        cluster.time.advance(Duration.ofMinutes(1));
        assertThat(cluster.proxy.applied).isGreaterThan(4);
        assertThat(cluster.events).isEmpty();

        cluster.proxy.report = ProxyReport.allServed();
        cluster.time.advance(Duration.ofSeconds(11));
        int applied = cluster.proxy.applied;
        cluster.time.advance(Duration.ofMinutes(10));
        assertThat(cluster.proxy.applied).isEqualTo(applied);
    }
}
