package io.orchestrator.core.embed;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.ApiTransport;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.coordination.Lease;
import io.orchestrator.api.model.coordination.LeaseBuilder;
import io.orchestrator.api.model.coordination.LeaseSpec;
import io.orchestrator.api.model.core.Endpoints;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.core.env.Environment;
import io.orchestrator.testkit.simulation.SimulatedComponent;
import io.orchestrator.testkit.simulation.Simulation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The service by which pods find the API, kept by several servers of one store. */
class KubernetesServiceSimTest {
    private static final String NAME = "kubernetes";
    private static final Duration NOTICED = Duration.ofSeconds(45);

    private final Simulation sim = Simulation.inOrder();

    @AfterEach
    void end() throws Exception {
        sim.close();
    }

    @Test
    void allServersOfAStoreAreItsEndpointsAndAtRestOnlyLeasesAreWritten() {
        server("https://10.0.0.1:6443");
        server("https://10.0.0.2:6443");
        sim.advance(NOTICED);
        assertThat(endpoints()).containsExactly("10.0.0.1:6443", "10.0.0.2:6443");
        assertThat(sliced()).containsExactly("10.0.0.1:6443", "10.0.0.2:6443");
        int writes = sim.writes();
        String before = sim.writesByKind().toString();
        sim.advance(Duration.ofMinutes(10));
        assertThat(sim.writes())
                .as("writes beside those of leases, from %s to %s", before, sim.writesByKind())
                .isEqualTo(writes);
    }

    @Test
    void aServerThatDiesIsTakenOutAndComesBack() {
        server("https://10.0.0.1:6443");
        SimulatedComponent second = server("https://10.0.0.2:6443");
        sim.advance(NOTICED);
        second.kill();
        sim.advance(NOTICED);
        assertThat(endpoints()).containsExactly("10.0.0.1:6443");
        assertThat(sliced()).containsExactly("10.0.0.1:6443");
        assertThat(leases()).hasSize(1);
        second.start();
        sim.advance(NOTICED);
        assertThat(endpoints()).containsExactly("10.0.0.1:6443", "10.0.0.2:6443");
    }

    @Test
    void aServerThatEndsTakesItselfOutAtOnceAndTheLastOneEverything() throws Exception {
        SimulatedComponent first = server("https://10.0.0.1:6443");
        SimulatedComponent second = server("https://10.0.0.2:6443");
        sim.advance(NOTICED);
        second.close();
        assertThat(endpoints()).containsExactly("10.0.0.1:6443");
        first.close();
        assertThat(endpoints()).isEmpty();
        assertThat(sliced()).isEmpty();
        assertThat(leases()).isEmpty();
        assertThat(sim.client().services().find(NAME)).isPresent();
    }

    @Test
    void serversWithPortsOfTheirOwnHaveASliceEachAndAgreeOnTheService() {
        server("https://10.0.0.1:6443");
        SimulatedComponent second = server("https://10.0.0.1:7443");
        sim.advance(NOTICED);
        assertThat(endpoints()).containsExactly("10.0.0.1:6443", "10.0.0.1:7443");
        assertThat(sliced()).containsExactly("10.0.0.1:6443", "10.0.0.1:7443");
        String service = sim.client().services().get(NAME).metadata().resourceVersion();
        sim.advance(Duration.ofMinutes(5));
        assertThat(sim.client().services().get(NAME).metadata().resourceVersion())
                .isEqualTo(service);
        second.kill();
        sim.advance(NOTICED);
        assertThat(sliced()).containsExactly("10.0.0.1:6443");
    }

    @Test
    void clocksMayJump() {
        server("https://10.0.0.1:6443");
        server("https://10.0.0.2:6443");
        sim.advance(NOTICED);
        String version =
                sim.client().resources(Endpoints.TYPE).get(NAME).metadata().resourceVersion();
        sim.time().jump(Duration.ofHours(1));
        sim.advance(Duration.ofMinutes(2));
        sim.time().jump(Duration.ofHours(-2));
        sim.advance(Duration.ofMinutes(2));
        assertThat(sim.client().resources(Endpoints.TYPE).get(NAME).metadata().resourceVersion())
                .isEqualTo(version);
    }

    @Test
    void aServerThatRenewsWhileAnotherFindsItsLeaseOverKeepsIt() {
        ApiServerLeases first = leases("https://10.0.0.1:6443", sim.client(), () -> {});
        ApiServerLeases second = leases("https://10.0.0.2:6443", sim.client(), first::renew);
        first.renew();
        second.renew();
        sim.advance(ApiServerLeases.LASTS);
        assertThat(second.renew()).hasToString("[https://10.0.0.1:6443, https://10.0.0.2:6443]");
        assertThat(leases()).hasSize(2);
    }

    @Test
    void aServerThatRenewsIsAliveThoughItsLeaseIsTakenAwayAtThatMoment() {
        Client taking = new Client(before(
                "list",
                sim.client().transport(),
                () -> sim.client()
                        .resources(Lease.TYPE)
                        .inNamespace("kube-system")
                        .delete("apiserver-10.0.0.1-6443")));
        ApiServerLeases first = new ApiServerLeases(URI.create("https://10.0.0.1:6443"), taking, sim.environment());
        assertThat(first.renew()).hasToString("[https://10.0.0.1:6443]");
    }

    @Test
    void aLookThatIsOnItsWayAtTheCloseBringsNothingBack() {
        Environment all = sim.environment();
        Queue<Runnable> looks = new ArrayDeque<>();
        KubernetesService service = new KubernetesService(
                "https://10.0.0.1:6443",
                "10.96.0.1",
                sim.client(),
                false,
                new Environment(all.clock(), all.nanoTime(), all.timers(), looks::add, all.random()));
        sim.advance(Duration.ofSeconds(11));
        assertThat(looks).isNotEmpty();
        service.close();
        looks.forEach(Runnable::run);
        assertThat(leases()).isEmpty();
        assertThat(endpoints()).isEmpty();
        assertThat(sliced()).isEmpty();
    }

    @Test
    void leasesThatNoServerMadeAreNoServersAndStay() {
        foreign("apiserver-a", null);
        foreign("apiserver-b", new LeaseSpec(null, 25, null, null, null, null, null));
        foreign("apiserver-c", holder("https://[:6443"));
        foreign("apiserver-d", holder("https:nothing"));
        foreign("apiserver-10.0.0.8", holder("https://10.0.0.8"));
        foreign("apiserver-10.0.0.8-99999", holder("https://10.0.0.8:99999"));
        foreign("apiserver-elsewhere-6443", holder("https://elsewhere:6443"));
        foreign("apiserver-named-otherwise", holder("https://10.0.0.9:6443"));
        server("https://10.0.0.1:6443");
        assertThat(endpoints()).containsExactly("10.0.0.1:6443");
        sim.advance(NOTICED);
        assertThat(endpoints()).containsExactly("10.0.0.1:6443");
        assertThat(leases()).hasSize(9);
    }

    private static LeaseSpec holder(String identity) {
        return new LeaseSpec(identity, 25, null, null, null, null, null);
    }

    private void foreign(String name, @Nullable LeaseSpec spec) {
        ObjectMeta meta = ObjectMetaBuilder.builder(ObjectMeta.named("kube-system", name))
                .labels(Map.of("apiserver.kubernetes.io/identity", "kube-apiserver"))
                .build();
        sim.client().create(LeaseBuilder.builder().metadata(meta).spec(spec).build());
    }

    /** @param meanwhile comes between what it reads of others and what it takes away of them */
    private ApiServerLeases leases(String url, Client client, Runnable meanwhile) {
        Client slow = new Client(before("delete", client.transport(), meanwhile));
        return new ApiServerLeases(URI.create(url), slow, sim.environment());
    }

    /** The same way to the API, on which each call of this name waits for something else to happen first. */
    private static ApiTransport before(String call, ApiTransport below, Runnable meanwhile) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().equals(call)) {
                meanwhile.run();
            }
            try {
                return method.invoke(below, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return (ApiTransport) Proxy.newProxyInstance(
                ApiTransport.class.getClassLoader(), new Class<?>[] {ApiTransport.class}, handler);
    }

    private SimulatedComponent server(String url) {
        return sim.component(
                url, site -> new KubernetesService(url, "10.96.0.1", site.client(), false, site.environment()));
    }

    private List<String> endpoints() {
        return sim.client().resources(Endpoints.TYPE).list().items().stream()
                .filter(endpoints -> endpoints.metadata().name().equals(NAME))
                .flatMap(endpoints -> endpoints.subsets().stream())
                .flatMap(subset -> subset.addresses().stream()
                        .map(address ->
                                address.ip() + ":" + subset.ports().get(0).port()))
                .toList();
    }

    private TreeSet<String> sliced() {
        return sim.client().resources(EndpointSlice.TYPE).list().items().stream()
                .flatMap(slice -> slice.endpoints().stream()
                        .flatMap(endpoint -> endpoint.addresses().stream())
                        .map(address -> address + ":" + slice.ports().get(0).port()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<Lease> leases() {
        return sim.client()
                .resources(Lease.TYPE)
                .inNamespace("kube-system")
                .list()
                .items();
    }
}
