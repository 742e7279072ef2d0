package io.orchestrator.core.control.endpointslice;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodBuilder;
import io.orchestrator.api.model.core.PodSpecBuilder;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceBuilder;
import io.orchestrator.api.model.core.ServicePortBuilder;
import io.orchestrator.api.model.core.ServiceSpecBuilder;
import io.orchestrator.api.model.discovery.Endpoint;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.core.control.ServiceBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SlicePlanTest {
    private final List<EndpointSlice> present = new ArrayList<>();

    @Test
    void aSliceHoldsAHundredEndpointsAndTheOthersStayWhenOneGoes() {
        List<ServiceBackend> backends =
                IntStream.range(0, 250).mapToObj(i -> backend(i, true, false)).toList();
        carryOut(plan(null, backends));
        assertThat(present).extracting(slice -> slice.endpoints().size()).containsExactlyInAnyOrder(100, 100, 50);
        assertThat(plan(null, backends).isEmpty()).isTrue();
        SlicePlan oneLess = plan(null, backends.subList(0, 249));
        assertThat(oneLess.creates()).isEmpty();
        assertThat(oneLess.deletes()).isEmpty();
        assertThat(oneLess.updates()).hasSize(1);
    }

    @Test
    void aServiceWithoutEndpointsHasOneSliceThatSaysSo() {
        carryOut(plan(null, List.of()));
        assertThat(present).hasSize(1);
        assertThat(present.get(0).endpoints()).isEmpty();
        assertThat(plan(null, List.of()).isEmpty()).isTrue();
    }

    @Test
    void whoIsOnItsWayOutServesOnAndIsNotReady() {
        carryOut(plan(null, List.of(backend(1, true, true))));
        Endpoint endpoint = present.get(0).endpoints().get(0);
        assertThat(endpoint.conditions().ready()).isFalse();
        assertThat(endpoint.conditions().serving()).isTrue();
        assertThat(endpoint.conditions().terminating()).isTrue();
    }

    @Test
    void whereWhatIsCloseIsPreferredEachZoneIsServedFromItself() {
        List<ServiceBackend> backends =
                List.of(backend(1, true, false), backend(2, false, false), backend(3, true, false));
        carryOut(plan("PreferClose", backends));
        assertThat(hints()).containsExactly("zone-1", "", "");
        assertThat(plan("PreferClose", backends).isEmpty()).as("at rest").isTrue();
        SlicePlan anywhere = plan(null, backends);
        assertThat(anywhere.updates()).hasSize(1);
        carryOut(anywhere);
        assertThat(hints()).containsExactly("", "", "");
    }

    private List<String> hints() {
        return present.get(0).endpoints().stream()
                .map(endpoint -> endpoint.hints() == null
                        ? ""
                        : endpoint.hints().forZones().get(0).name())
                .toList();
    }

    private void carryOut(SlicePlan plan) {
        plan.updates()
                .forEach(next -> present.replaceAll(
                        slice -> slice.metadata().name().equals(next.metadata().name()) ? next : slice));
        present.addAll(plan.creates());
        present.removeAll(plan.deletes());
    }

    /** The third node has no zone. */
    private SlicePlan plan(@Nullable String distribution, List<ServiceBackend> backends) {
        return SlicePlan.of(service(distribution), backends, present, node -> node.equals("node-3") ? "" : "zone-1");
    }

    private static Service service(@Nullable String distribution) {
        return ServiceBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .namespace("default")
                        .name("web")
                        .uid("service")
                        .build())
                .spec(ServiceSpecBuilder.builder()
                        .ports(List.of(ServicePortBuilder.builder().port(80).build()))
                        .trafficDistribution(distribution)
                        .build())
                .build();
    }

    private static ServiceBackend backend(int number, boolean ready, boolean terminating) {
        Pod pod = PodBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .namespace("default")
                        .name("web-" + number)
                        .uid("uid-" + number)
                        .build())
                .spec(PodSpecBuilder.builder().nodeName("node-" + number).build())
                .build();
        return new ServiceBackend(pod, "10.0." + number / 250 + "." + number % 250, ready, null, terminating);
    }
}
