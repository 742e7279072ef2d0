package io.orchestrator.core.network;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.Events;
import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.core.ContainerBuilder;
import io.orchestrator.api.model.core.ContainerPortBuilder;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.NodeBuilder;
import io.orchestrator.api.model.core.NodeStatusBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodBuilder;
import io.orchestrator.api.model.core.PodConditionBuilder;
import io.orchestrator.api.model.core.PodIPBuilder;
import io.orchestrator.api.model.core.PodSpecBuilder;
import io.orchestrator.api.model.core.PodStatusBuilder;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceBuilder;
import io.orchestrator.api.model.core.ServicePortBuilder;
import io.orchestrator.api.model.core.ServiceSpecBuilder;
import io.orchestrator.core.client.InProcessTransport;
import io.orchestrator.core.client.NodeDirectory;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.control.ControllerEngine;
import io.orchestrator.core.control.endpoints.EndpointsReconciler;
import io.orchestrator.core.control.endpointslice.EndpointSliceReconciler;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.registry.Caller;
import io.orchestrator.core.registry.JsonForms;
import io.orchestrator.core.registry.Registry;
import io.orchestrator.core.registry.address.RangeAllocator;
import io.orchestrator.core.registry.admission.BuiltInAdmission;
import io.orchestrator.core.registry.kinds.BuiltInKinds;
import io.orchestrator.core.schedule.Scheduler;
import io.orchestrator.core.schedule.SchedulerSettings;
import io.orchestrator.core.schedule.plugin.KubernetesPlugins;
import io.orchestrator.core.schema.Schemas;
import io.orchestrator.core.store.MemoryStore;
import io.orchestrator.core.store.MemoryStoreOptions;
import io.orchestrator.spi.network.ProxyReport;
import io.orchestrator.spi.network.ServicePort;
import io.orchestrator.spi.network.ServiceProxy;
import io.orchestrator.spi.network.ServiceTable;
import io.orchestrator.spi.store.Store;
import io.orchestrator.testkit.simulation.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The path of a service, from pods to a proxy's table, over a real registry in virtual time; the test is the kubelet. */
final class ServicePathFixture implements AutoCloseable {
    final VirtualTime time;
    final List<String> events = new ArrayList<>();
    final RecordingProxy proxy = new RecordingProxy();
    final Client client;
    private final Store store;
    private final Registry registry;
    private final SharedInformers informers;
    private final ControllerEngine engine;
    private final Scheduler scheduler;
    private final ServiceProxyLoop loop;

    /** Keeps the last table and reports what it is told to. */
    static final class RecordingProxy implements ServiceProxy {
        ServiceTable table = ServiceTable.empty();
        ProxyReport report = ProxyReport.allServed();
        int applied;

        @Override
        public String name() {
            return "recording";
        }

        @Override
        public ProxyReport apply(ServiceTable table) {
            this.table = table;
            applied++;
            return report;
        }

        @Override
        public void close() {}
    }

    ServicePathFixture(VirtualTime time, long seed) {
        this.time = time;
        Environment environment = time.environment(new Random(seed));
        this.store = new MemoryStore(environment.executor(), MemoryStoreOptions.defaults());
        this.registry = new Registry(
                store,
                environment,
                BuiltInKinds.catalog(RangeAllocator.standard(environment.random())),
                new JsonForms(new ObjectCodec(new Schemas())),
                BuiltInAdmission.steps());
        registry.start();
        Caller caller = new Caller("system:test", List.of("system:masters"), "test", warning -> {});
        this.client = new Client(InProcessTransport.on(registry, caller, new NodeDirectory(), environment.executor()));
        Events recorder = recorder();
        this.informers = new SharedInformers(client.transport(), environment);
        this.engine = new ControllerEngine(client, informers, recorder, environment);
        this.scheduler = new Scheduler(
                client, informers, recorder, environment, SchedulerSettings.of(KubernetesPlugins.defaultProfile()));
        this.loop = new ServiceProxyLoop(informers, proxy, recorder, environment);
        engine.run(EndpointsReconciler.spec());
        engine.run(EndpointSliceReconciler.spec());
        scheduler.start();
        loop.start();
        informers.start();
        settle();
    }

    private Events recorder() {
        return new Events() {
            @Override
            public void normal(Resource about, String reason, String message) {
                events.add(about.metadata().name() + " " + reason + ": " + message);
            }

            @Override
            public void warning(Resource about, String reason, String message) {
                events.add(about.metadata().name() + " " + reason + ": " + message);
            }
        };
    }

    /** One more controller beside those of endpoints. */
    void run(ControllerSpec controller) {
        engine.run(controller);
    }

    void settle() {
        time.advance(Duration.ofMillis(500));
    }

    Node node(String name) {
        return client.nodes()
                .create(NodeBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder().name(name).build())
                        .status(NodeStatusBuilder.builder()
                                .allocatable(Map.of(
                                        "cpu",
                                        Quantity.parse("16"),
                                        "memory",
                                        Quantity.parse("16Gi"),
                                        "pods",
                                        Quantity.of(500)))
                                .build())
                        .build());
    }

    Pod pod(String name, String app) {
        return client.pods()
                .create(PodBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder()
                                .name(name)
                                .namespace("default")
                                .labels(Map.of("app", app))
                                .build())
                        .spec(PodSpecBuilder.builder()
                                .containers(List.of(ContainerBuilder.builder()
                                        .name("web")
                                        .image("nginx")
                                        .ports(List.of(ContainerPortBuilder.builder()
                                                .name("http")
                                                .containerPort(8080)
                                                .build()))
                                        .build()))
                                .build())
                        .build());
    }

    /** The kubelet says so. */
    void runs(String pod, String address, boolean ready) {
        Pod current = client.pods().get(pod);
        client.pods()
                .updateStatus(current.withStatus(PodStatusBuilder.builder(current.status())
                        .phase("Running")
                        .podIP(address)
                        .podIPs(List.of(PodIPBuilder.builder().ip(address).build()))
                        .conditions(List.of(PodConditionBuilder.builder()
                                .type("Ready")
                                .status(ready ? "True" : "False")
                                .build()))
                        .build()));
    }

    Service service(String name, String app) {
        return client.services()
                .create(ServiceBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder()
                                .name(name)
                                .namespace("default")
                                .labels(Map.of("tier", "front"))
                                .build())
                        .spec(ServiceSpecBuilder.builder()
                                .selector(Map.of("app", app))
                                .ports(List.of(ServicePortBuilder.builder()
                                        .port(80)
                                        .targetPort(IntOrString.of("http"))
                                        .build()))
                                .build())
                        .build());
    }

    /** The only port that is served. */
    ServicePort served() {
        return proxy.table.ports().get(0);
    }

    @Override
    public void close() {
        loop.close();
        scheduler.close();
        engine.close();
        informers.close();
        registry.close();
        store.close();
    }
}
