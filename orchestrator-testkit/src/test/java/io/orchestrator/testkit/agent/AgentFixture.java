package io.orchestrator.testkit.agent;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.core.ContainerStatus;
import io.orchestrator.api.model.core.Event;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.NamespaceBuilder;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodDraft;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.core.agent.AgentConfig;
import io.orchestrator.core.agent.MemoryDisk;
import io.orchestrator.core.agent.NodeAgent;
import io.orchestrator.core.agent.Prober;
import io.orchestrator.core.auth.token.SigningKeys;
import io.orchestrator.core.auth.token.TokenCodec;
import io.orchestrator.core.auth.token.TokenIssuer;
import io.orchestrator.core.client.InProcessTransport;
import io.orchestrator.core.client.Informer;
import io.orchestrator.core.client.NodeDirectory;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.control.EventRecorder;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.registry.Caller;
import io.orchestrator.core.registry.JsonForms;
import io.orchestrator.core.registry.Registry;
import io.orchestrator.core.registry.address.RangeAllocator;
import io.orchestrator.core.registry.admission.Admission;
import io.orchestrator.core.registry.admission.BuiltInAdmission;
import io.orchestrator.core.registry.kinds.BuiltInKinds;
import io.orchestrator.core.registry.kinds.ServiceAccounts;
import io.orchestrator.core.schema.Schemas;
import io.orchestrator.core.store.MemoryStore;
import io.orchestrator.core.store.MemoryStoreOptions;
import io.orchestrator.spi.runtime.RuntimeOwner;
import io.orchestrator.testkit.runtime.SimulatedProber;
import io.orchestrator.testkit.runtime.SimulatedRuntime;
import io.orchestrator.testkit.simulation.VirtualTime;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An API without controllers, one node agent and a simulated engine, in virtual time. */
final class AgentFixture implements AutoCloseable {
    static final String NODE = "node-1";

    final VirtualTime time = VirtualTime.inOrder();
    final Environment environment = time.environment(new Random(1));
    final SimulatedRuntime engine = new SimulatedRuntime(environment, time::step);
    final Registry registry;
    final Client client;
    final Informer<Service> services;
    final EventRecorder events;
    private final MemoryStore store;
    private AgentConfig config;
    NodeAgent agent;
    /** Of agents that are started from now on. */
    MemoryDisk memory = MemoryDisk.none();
    /** Of agents that are started from now on; without, the engine's containers answer. */
    @Nullable
    Prober prober;
    /** How often the agent and the test have asked the API, and the agent its runtime, for what. */
    final Map<String, Integer> calls = new ConcurrentSkipListMap<>();
    /** What somebody else does just before a node's status is written. */
    Runnable beforeNodeStatus = () -> {};

    AgentFixture(Path directory) {
        this(directory, Function.identity());
    }

    AgentFixture(Path directory, Function<AgentConfig, AgentConfig> settings) {
        store = new MemoryStore(environment.executor(), MemoryStoreOptions.defaults());
        registry = new Registry(
                store,
                environment,
                BuiltInKinds.catalog(RangeAllocator.standard(environment.random()))
                        .with(List.of(ServiceAccounts.issuing(issuer()))),
                new JsonForms(new ObjectCodec(new Schemas())),
                BuiltInAdmission.stepsWith(List.of(new Meddling())));
        registry.start();
        Caller caller = new Caller("agent", List.of(), "test", warning -> {});
        client = new Client(counted(
                InProcessTransport.on(registry, caller, new NodeDirectory(), environment.executor()), this::named));
        if (client.namespaces().find("kube-node-lease").isEmpty()) {
            client.create(namespace("kube-node-lease"));
        }
        if (client.namespaces().find("default").isEmpty()) {
            client.create(namespace("default"));
        }
        services = new Informer<>(client.transport(), Service.TYPE, environment);
        services.start();
        events = new EventRecorder(client, "kubelet", environment);
        config = settings.apply(AgentConfig.of("cluster", NODE, directory).withTerminationMessages(false));
        agent = startAgent();
    }

    private final class Meddling implements Admission {
        @Override
        public <T extends Resource> void check(Request<T> request, Lookup lookup) {
            if (request.type().equals(Node.TYPE) && request.subresource().equals("status")) {
                beforeNodeStatus.run();
            }
        }
    }

    /** Verb and kind of a call of the API. */
    private String named(String call, Object[] arguments) {
        return Stream.of(arguments)
                .filter(Target.class::isInstance)
                .map(target -> call + " " + ((Target<?>) target).type().kind())
                .findFirst()
                .orElse(call);
    }

    /** The same, with {@link #calls} counting what is asked of it. */
    @SuppressWarnings("unchecked")
    private <T> T counted(T asked, BiFunction<String, Object[], String> name) {
        Class<?>[] kinds = Stream.<Class<?>>iterate(asked.getClass(), Objects::nonNull, Class::getSuperclass)
                .flatMap(kind -> Stream.of(kind.getInterfaces()))
                .distinct()
                .toArray(Class<?>[]::new);
        return (T) Proxy.newProxyInstance(getClass().getClassLoader(), kinds, (proxy, method, given) -> {
            Object[] arguments = given == null ? new Object[0] : given;
            calls.merge(name.apply(method.getName(), arguments), 1, Integer::sum);
            try {
                return method.invoke(asked, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private TokenIssuer issuer() {
        TokenCodec tokens = new TokenCodec(SigningKeys.create(new SecureRandom()), "https://issuer");
        return new TokenIssuer(
                tokens,
                environment.clock(),
                () -> String.valueOf(environment.random().nextLong()));
    }

    private static Namespace namespace(String name) {
        return NamespaceBuilder.builder().metadata(ObjectMeta.named(name)).build();
    }

    private NodeAgent startAgent() {
        return startAgent(environment, engine);
    }

    private NodeAgent startAgent(Environment environment, SimulatedRuntime engine) {
        NodeAgent fresh = new NodeAgent(
                config,
                client,
                counted(engine.forNode(new RuntimeOwner("cluster", NODE)), (call, arguments) -> "runtime " + call),
                services,
                events,
                environment,
                Objects.requireNonNullElseGet(prober, () -> new SimulatedProber(engine)));
        fresh.keepsInMemory(memory);
        fresh.start();
        time.advance(Duration.ofSeconds(1));
        return fresh;
    }

    /** The agent's process ends. */
    void stopAgent() {
        agent.close();
    }

    /** The agent's process dies, and another one comes up. */
    void restartAgent() {
        agent.close();
        agent = startAgent();
    }

    /** The same, on another engine: what the new one has others do, the engine's answers included, is done before it goes on. */
    void restartAgentWhereOthersAreQuicker() {
        agent.close();
        Environment quick = new Environment(
                environment.clock(), environment.nanoTime(), environment.timers(), Runnable::run, environment.random());
        agent = startAgent(quick, new SimulatedRuntime(quick, time::step));
    }

    /** Binds a pod to the node. */
    Pod run(PodDraft draft) {
        return client.create(draft.nodeName(NODE).build());
    }

    Pod pod(String name) {
        return client.pods().get(name);
    }

    ContainerStatus status(String pod, String container) {
        return pod(pod).status().containerStatuses().stream()
                .filter(status -> status.name().equals(container))
                .findFirst()
                .orElseThrow();
    }

    /** How the container waits, or empty. */
    String waitingReason(String pod, String container) {
        var waiting = status(pod, container).state().waiting();
        return waiting == null ? "" : waiting.reason();
    }

    List<String> eventReasons(String pod) {
        return client.resources(Event.TYPE).list().items().stream()
                .filter(event -> event.involvedObject().name().equals(pod))
                .map(Event::reason)
                .toList();
    }

    void advance(Duration span) {
        time.advance(span);
    }

    void seconds(long seconds) {
        time.advance(Duration.ofSeconds(seconds));
    }

    @Override
    public void close() {
        agent.close();
        services.close();
        events.close();
        registry.close();
        store.close();
    }
}
