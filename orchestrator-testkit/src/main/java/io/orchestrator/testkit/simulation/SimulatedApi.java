package io.orchestrator.testkit.simulation;

import io.orchestrator.api.client.ApiTransport;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.Watch;
import io.orchestrator.api.client.WatchListener;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceList;
import io.orchestrator.core.auth.MastersAuthorizer;
import io.orchestrator.core.client.InProcessTransport;
import io.orchestrator.core.client.NodeDirectory;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.registry.Caller;
import io.orchestrator.core.registry.JsonForms;
import io.orchestrator.core.registry.Registry;
import io.orchestrator.core.registry.address.RangeAllocator;
import io.orchestrator.core.registry.admission.BuiltInAdmission;
import io.orchestrator.core.registry.kinds.BuiltInKinds;
import io.orchestrator.core.registry.review.AccessReviews;
import io.orchestrator.core.registry.usage.MetricsKinds;
import io.orchestrator.core.schema.Schemas;
import io.orchestrator.spi.node.NodeEndpoint;
import io.orchestrator.spi.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The API server of a simulation, which may die and come back with nothing but what the store has. Whoever calls it reaches the life
 * that there is; watches end with the life that they were begun in.
 */
final class SimulatedApi implements ApiTransport {
    private final Store store;
    private final Environment environment;
    private final NodeDirectory nodes;
    private List<String> written = new ArrayList<>();
    private ObservedStore connection;
    private Registry registry;
    private ApiTransport transport;

    SimulatedApi(Store store, Environment environment, NodeDirectory nodes) {
        this.store = store;
        this.environment = environment;
        this.nodes = nodes;
        this.connection = new ObservedStore(store, key -> written.add(key));
        this.registry = registry(connection);
        this.transport = transport(registry);
        registry.start();
    }

    private Registry registry(Store connection) {
        return new Registry(
                connection,
                environment,
                BuiltInKinds.catalog(RangeAllocator.standard(environment.random()))
                        .withReviews(new AccessReviews(new MastersAuthorizer()).all())
                        .withComputed(MetricsKinds.of(nodes::findMeter, Duration.ZERO, environment.clock())),
                new JsonForms(new ObjectCodec(new Schemas())),
                BuiltInAdmission.steps());
    }

    private ApiTransport transport(Registry of) {
        return InProcessTransport.on(of, Caller.system("simulation"), nodes, environment.executor());
    }

    Registry registry() {
        return registry;
    }

    /** It dies right after its n-th write to the store from now on; whoever asked for that write hears that it may have failed. */
    void dieAfterWrite(int n) {
        connection.cutAfterWrite(n);
    }

    boolean isDead() {
        return connection.isCut();
    }

    /** The next life begins. */
    void restart() {
        connection.cut();
        registry.close();
        connection = new ObservedStore(store, key -> written.add(key));
        registry = registry(connection);
        transport = transport(registry);
        registry.start();
    }

    /** The paths of the keys that were written since this was asked the last time. */
    List<String> takeWritten() {
        if (written.isEmpty()) {
            return List.of();
        }
        List<String> taken = written;
        written = new ArrayList<>();
        return taken;
    }

    @Override
    public <B extends Resource> B create(Target<?> target, B body, WriteOptions options) {
        return transport.create(target, body, options);
    }

    @Override
    public <B extends Resource> B get(Target<?> target, Class<B> as) {
        return transport.get(target, as);
    }

    @Override
    public <T extends Resource> ResourceList<T> list(Target<T> collection, ListOptions options) {
        return transport.list(collection, options);
    }

    @Override
    public <T extends Resource> Watch watch(Target<T> collection, ListOptions options, WatchListener<T> listener) {
        return transport.watch(collection, options, listener);
    }

    @Override
    public <B extends Resource> B update(Target<?> target, B body, WriteOptions options) {
        return transport.update(target, body, options);
    }

    @Override
    public <B extends Resource> B patch(Target<?> target, Patch patch, Class<B> as, WriteOptions options) {
        return transport.patch(target, patch, as, options);
    }

    @Override
    public <B extends Resource> B apply(Target<?> target, B body, WriteOptions options) {
        return transport.apply(target, body, options);
    }

    @Override
    public <T extends Resource> T delete(Target<T> target, DeleteOptions options) {
        return transport.delete(target, options);
    }

    @Override
    public <T extends Resource> void deleteCollection(Target<T> collection, ListOptions which, DeleteOptions options) {
        transport.deleteCollection(collection, which, options);
    }

    @Override
    public NodeEndpoint pods() {
        return transport.pods();
    }

    /** With the store behind it. */
    @Override
    public void close() {
        registry.close();
        store.close();
    }
}
