package io.orchestrator.core.embed;

import io.orchestrator.api.model.apiregistration.APIService;
import io.orchestrator.api.model.core.ComponentStatus;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.core.auth.Authenticator;
import io.orchestrator.core.client.NodeDirectory;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.metrics.Metrics;
import io.orchestrator.core.metrics.ProcessFigures;
import io.orchestrator.core.registry.Catalog;
import io.orchestrator.core.registry.Computed;
import io.orchestrator.core.registry.JsonForms;
import io.orchestrator.core.registry.Registry;
import io.orchestrator.core.registry.StoreKeys;
import io.orchestrator.core.registry.address.RangeAllocator;
import io.orchestrator.core.registry.admission.Admission;
import io.orchestrator.core.registry.admission.BuiltInAdmission;
import io.orchestrator.core.registry.kinds.BuiltInKinds;
import io.orchestrator.core.registry.server.ComponentHealth;
import io.orchestrator.core.registry.server.LocalApiServices;
import io.orchestrator.core.registry.webhook.ReviewTransport;
import io.orchestrator.core.schema.Schemas;
import io.orchestrator.core.store.DurableStore;
import io.orchestrator.core.store.MemoryStore;
import io.orchestrator.spi.node.NodeEndpoint;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Immediate;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.Store;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The store, and the registry over it.
 *
 * @param immediate see {@link ControlPlane#immediate}
 */
record StateLayer(
        Registry registry,
        ObjectCodec codec,
        Environment environment,
        AccessLayer access,
        Metrics metrics,
        boolean immediate) {
    private static final int FIRST_NODE_PORT = 30_000;
    private static final int LAST_NODE_PORT = 32_767;
    private static final String HEADLESS = "None";
    /** The service that leads to the API is nearly always among the first. */
    private static final int FEW = 50;

    /** A store before the registry stands on it. */
    record Opened(Store store, ObjectCodec codec, Environment environment) {

        /** The address of a service from before a restart; empty where there is none. */
        String knownServiceAddress() {
            for (Entry entry : store.list(StoreKeys.services(), ListQuery.all().limitedTo(FEW))
                    .entries()) {
                String address = codec.decode(entry.value().bytes(), Service.class)
                        .spec()
                        .clusterIP();
                if (!address.isEmpty() && !address.equals(HEADLESS)) {
                    return address;
                }
            }
            return "";
        }

        /** What the cluster signs with. @param name of the cluster, for an authority that has yet to be made */
        ClusterKeys keys(String name, SecureRandom random) {
            return ClusterKeys.in(store, name, environment.clock(), random);
        }

        /**
         * The registry, ready to serve.
         *
         * @param serviceRange the block of cluster IPs
         * @param keys what the cluster signs with
         * @param admission the host's own steps
         * @param reviews how webhooks are reached
         * @param computed kinds that are not stored
         */
        StateLayer serve(
                String serviceRange,
                ClusterKeys keys,
                List<Admission> admission,
                ReviewTransport reviews,
                List<Computed<?>> computed,
                Teardown teardown) {
            AccessLayer access = new AccessLayer(keys, environment);
            Catalog catalog = access.extended(BuiltInKinds.catalog(RangeAllocator.onStore(
                            store, serviceRange, FIRST_NODE_PORT, LAST_NODE_PORT, environment.random())))
                    .withComputed(computed)
                    .withComputed(List.of(
                            new Computed<>(
                                    APIService.TYPE,
                                    new LocalApiServices(
                                            access::catalog, environment.clock().instant()),
                                    LocalApiServices.READ_ONLY),
                            new Computed<>(ComponentStatus.TYPE, new ComponentHealth(environment.clock()))));
            Registry registry = teardown.add(
                    "registry",
                    new Registry(
                            store,
                            environment,
                            catalog,
                            new JsonForms(codec),
                            BuiltInAdmission.ofCluster(access.admission(), admission),
                            reviews,
                            access.authorizer()));
            access.catalog(registry::catalog);
            registry.start();
            teardown.add("repair of service addresses", new AllocationRepair(registry, environment));
            Metrics metrics = new Metrics();
            metrics.add(registry);
            metrics.add(new ProcessFigures());
            boolean immediate = store instanceof Immediate && admission.isEmpty();
            return new StateLayer(registry, codec, environment, access, metrics, immediate);
        }
    }

    /** @param given the host's own store; without one, the state lies in the host's directory, and without that in memory */
    static Opened open(@Nullable Store given, WorkDirectory directory, Environment environment, Teardown teardown) {
        Store store = teardown.add("store", given != null ? given : ownStore(directory, environment));
        return new Opened(store, new ObjectCodec(new Schemas()), environment);
    }

    private static Store ownStore(WorkDirectory directory, Environment environment) {
        return directory.isTemporary()
                ? new MemoryStore(environment.executor())
                : DurableStore.open(directory.path().resolve(WorkDirectory.STATE), environment.executor());
    }

    /** What a front door stands before. */
    ControlPlane controlPlane(
            String name, String serviceAddress, NodeEndpoint pods, NodeDirectory nodes, Authenticator authenticator) {
        return new ControlPlane(
                name,
                Cluster.VERSION,
                serviceAddress,
                registry,
                codec,
                pods,
                nodes,
                access.keys().authority(),
                authenticator,
                access.authorizer(),
                access.tokens(),
                metrics,
                immediate,
                environment);
    }
}
