package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceBuilder;
import io.orchestrator.api.model.core.ServicePort;
import io.orchestrator.api.model.core.ServicePortBuilder;
import io.orchestrator.api.model.core.ServiceSpecBuilder;
import io.orchestrator.core.client.InProcessTransport;
import io.orchestrator.core.client.NodeDirectory;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.registry.Caller;
import io.orchestrator.core.registry.JsonForms;
import io.orchestrator.core.registry.Registry;
import io.orchestrator.core.registry.address.AddressAllocator;
import io.orchestrator.core.registry.address.RangeAllocator;
import io.orchestrator.core.registry.admission.BuiltInAdmission;
import io.orchestrator.core.registry.kinds.BuiltInKinds;
import io.orchestrator.core.schema.Schemas;
import io.orchestrator.core.store.MemoryStore;
import io.orchestrator.core.store.MemoryStoreOptions;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import io.orchestrator.testkit.simulation.VirtualTime;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** API servers on one store, each with an allocator of its own: no address and no port is given out twice. */
class AddressClaimsTest {
    /** 14 addresses, the first of which is not given out by chance. */
    private static final String BLOCK = "10.0.0.0/28";

    private static final StoreKey CLAIMS = StoreKey.of("orchestrator", "claims").asFolder();

    private final VirtualTime time = VirtualTime.inOrder();
    private final Environment environment = time.environment(new Random(7));
    private final DistantStore store =
            new DistantStore(new MemoryStore(environment.executor(), MemoryStoreOptions.defaults()));
    private final Server first = new Server(RangeAllocator.onStore(store, BLOCK, 30_000, 30_003, new Random(1)));
    private final Server second = new Server(RangeAllocator.onStore(store, BLOCK, 30_000, 30_003, new Random(2)));

    private final class Server {
        final Registry registry;
        final Client client;

        Server(AddressAllocator allocator) {
            registry = new Registry(
                    store,
                    environment,
                    BuiltInKinds.catalog(allocator),
                    new JsonForms(new ObjectCodec(new Schemas())),
                    BuiltInAdmission.steps());
            registry.start();
            client = new Client(InProcessTransport.on(
                    registry, Caller.system("test"), new NodeDirectory(), environment.executor()));
        }

        Service create(String name) {
            return client.create(service(name, "ClusterIP", "", 0));
        }
    }

    private static Service service(String name, String type, String address, int nodePort) {
        return ServiceBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name(name).build())
                .spec(ServiceSpecBuilder.builder()
                        .type(type)
                        .clusterIP(address)
                        .ports(List.of(ServicePortBuilder.builder()
                                .port(80)
                                .nodePort(nodePort)
                                .build()))
                        .build())
                .build();
    }

    private int claims() {
        return store.list(CLAIMS, ListQuery.all()).entries().size();
    }

    @AfterEach
    void close() {
        first.registry.close();
        second.registry.close();
        store.close();
    }

    @Test
    void twoServersGiveOutTheWholeRangeAndNoAddressTwice() {
        Set<String> given = new HashSet<>();
        for (int i = 0; i < 13; i++) {
            String address =
                    (i % 2 == 0 ? first : second).create("s" + i).spec().clusterIP();
            assertThat(given.add(address)).as("%s is given out once", address).isTrue();
        }
        for (Server server : List.of(first, second)) {
            assertThatThrownBy(() -> server.create("one-more"))
                    .isInstanceOf(ApiException.class)
                    .hasMessageContaining("range is full");
        }
        String freed = second.client.services().get("s4").spec().clusterIP();
        second.client.services().delete("s4");
        assertThat(first.create("instead").spec().clusterIP()).isEqualTo(freed);
        assertThat(claims()).isEqualTo(13);
    }

    @Test
    void whatOneServerGaveOutAnotherRefusesByTheSameWordsAsItsOwn() {
        String taken = first.create("a").spec().clusterIP();
        Service published = first.client.create(service("p", "NodePort", "", 30_002));
        assertThatThrownBy(() -> second.client.create(service("b", "ClusterIP", taken, 0)))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID))
                .hasMessageContaining("failed to allocate IP " + taken + ": provided IP is already allocated");
        assertThatThrownBy(() -> second.client.create(service("b", "NodePort", "", 30_002)))
                .hasMessageContaining("provided port is already allocated");
        int claimed = claims();
        first.client
                .services()
                .edit(
                        "p",
                        p -> p.withSpec(ServiceSpecBuilder.builder(p.spec())
                                .type("ClusterIP")
                                .build()));
        assertThat(claims()).as("the port is given back").isEqualTo(claimed - 1);
        second.client.create(service("b", "NodePort", "", 30_002));
        assertThat(published.spec().ports()).extracting(ServicePort::nodePort).containsExactly(30_002);
    }

    @Test
    void whatADeadServerHadTakenIsFreeAtTheSecondRepairAndNotBefore() {
        first.create("a");
        StoreKey leaked = StoreKey.of("orchestrator", "claims", "addresses", "10.0.0.14");
        if (store.get(leaked).isPresent()) {
            leaked = StoreKey.of("orchestrator", "claims", "addresses", "10.0.0.13");
        }
        store.put(leaked, StoreValue.of(new byte[] {'x'}), Expect.absent());
        second.registry.repairAllocations();
        assertThat(store.get(leaked)).as("its service may be on its way").isPresent();
        second.registry.repairAllocations();
        assertThat(store.get(leaked)).isEmpty();
        assertThat(claims()).isEqualTo(1);
    }

    @Test
    void servicesFromBeforeThereWereClaimsHaveTheirsAtTheStart() {
        first.client.create(service("old", "NodePort", "10.0.0.9", 30_001));
        for (Entry claim : store.list(CLAIMS, ListQuery.all()).entries()) {
            store.delete(claim.key(), Expect.anything());
        }
        Server again = new Server(RangeAllocator.onStore(store, BLOCK, 30_000, 30_003, new Random(3)));
        again.registry.close();
        assertThat(claims()).isEqualTo(2);
        assertThatThrownBy(() -> second.client.create(service("new", "ClusterIP", "10.0.0.9", 0)))
                .hasMessageContaining("already allocated");
    }

    @Test
    void anAnswerThatIsLostOnTheWayLeavesEachServiceWithItsAddress() {
        store.loseNextAnswer = true;
        String address = first.create("a").spec().clusterIP();
        assertThat(claims()).isEqualTo(1);
        assertThat(address).isNotEmpty();
        store.loseNextAnswer = true;
        first.client.services().delete("a");
        first.registry.repairAllocations();
        first.registry.repairAllocations();
        assertThat(claims()).isZero();
    }

    @Test
    void whatTheStoreDoesNotTakeForNowHoldsNothingAndMayBeTriedAgain() {
        store.refused = "/services/";
        assertThatThrownBy(() -> first.create("a")).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.SERVICE_UNAVAILABLE);
            assertThat(e.retryAfterSeconds()).isPositive();
            assertThat(e.outcomeUnknown()).isFalse();
        });
        assertThat(claims()).isZero();
        store.refused = "none";
        first.create("a");
        assertThat(claims()).isEqualTo(1);
    }

    @Test
    void whatIsRefusedOrOnlyTriedHoldsNothing() {
        first.create("a");
        assertThatThrownBy(() -> second.create("a")).isInstanceOf(ApiException.class);
        second.client
                .transport()
                .create(
                        Target.collection(Service.TYPE, "default"),
                        service("b", "NodePort", "", 0),
                        WriteOptions.defaults().dryRunOnly());
        assertThat(claims()).isEqualTo(1);
    }
}
