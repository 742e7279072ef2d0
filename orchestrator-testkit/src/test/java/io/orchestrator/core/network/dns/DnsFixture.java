package io.orchestrator.core.network.dns;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.ContainerBuilder;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodBuilder;
import io.orchestrator.api.model.core.PodIPBuilder;
import io.orchestrator.api.model.core.PodSpecBuilder;
import io.orchestrator.api.model.core.PodStatusBuilder;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceBuilder;
import io.orchestrator.api.model.core.ServicePortBuilder;
import io.orchestrator.api.model.core.ServiceSpecBuilder;
import io.orchestrator.api.model.discovery.Endpoint;
import io.orchestrator.api.model.discovery.EndpointBuilder;
import io.orchestrator.api.model.discovery.EndpointConditionsBuilder;
import io.orchestrator.api.model.discovery.EndpointPortBuilder;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.api.model.discovery.EndpointSliceBuilder;
import io.orchestrator.core.client.InProcessTransport;
import io.orchestrator.core.client.NodeDirectory;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.registry.Caller;
import io.orchestrator.core.registry.JsonForms;
import io.orchestrator.core.registry.Registry;
import io.orchestrator.core.registry.address.RangeAllocator;
import io.orchestrator.core.registry.admission.BuiltInAdmission;
import io.orchestrator.core.registry.kinds.BuiltInKinds;
import io.orchestrator.core.schema.Schemas;
import io.orchestrator.core.store.MemoryStore;
import io.orchestrator.testkit.network.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;

/** A cluster's DNS on a free port over a real registry; what controllers and kubelets write, the test writes. */
final class DnsFixture implements AutoCloseable {
    static final String SERVER = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Of the servers that others' names are asked of: more than a busy machine takes for an answer. */
    private static final Duration AMPLE = Duration.ofSeconds(20);

    private static final Duration IDLE = Duration.ofMinutes(1);

    private final SystemEnvironment system = new SystemEnvironment("dns-test");
    private final MemoryStore store;
    private final Registry registry;
    private final SharedInformers informers;
    final List<String> failures = new CopyOnWriteArrayList<>();
    final Client client;
    final ClusterDns dns;
    final InetSocketAddress address;

    DnsFixture(List<InetSocketAddress> upstream) {
        this(upstream, new InetSocketAddress(SERVER, freePort()));
    }

    DnsFixture(List<InetSocketAddress> upstream, InetSocketAddress address) {
        this(upstream, address, AMPLE, IDLE);
    }

    /** One that waits for each of the servers no longer than this. */
    static DnsFixture impatient(List<InetSocketAddress> upstream, Duration patience) {
        return new DnsFixture(upstream, new InetSocketAddress(SERVER, freePort()), patience, IDLE);
    }

    /** One that leaves connections on which nothing was asked for so long. */
    static DnsFixture leavingAfter(Duration idle) {
        return new DnsFixture(List.of(), new InetSocketAddress(SERVER, freePort()), AMPLE, idle);
    }

    private DnsFixture(List<InetSocketAddress> upstream, InetSocketAddress address, Duration patience, Duration idle) {
        Environment environment = system.environment();
        this.address = address;
        this.store = new MemoryStore(environment.executor());
        this.registry = new Registry(
                store,
                environment,
                BuiltInKinds.catalog(RangeAllocator.standard(environment.random())),
                new JsonForms(new ObjectCodec(new Schemas())),
                BuiltInAdmission.steps());
        registry.start();
        Caller caller = new Caller("system:test", List.of("system:masters"), "test", warning -> {});
        this.client = new Client(InProcessTransport.on(registry, caller, new NodeDirectory(), environment.executor()));
        this.informers = new SharedInformers(client.transport(), environment);
        this.dns = new ClusterDns(
                DnsSettings.at(
                                address.getAddress(),
                                "cluster.local",
                                each -> each.getHostAddress().startsWith("10.96."))
                        .withAddress(address)
                        .withUpstream(upstream, patience)
                        .withIdle(idle)
                        .withAgain(Duration.ofMillis(200)),
                informers,
                environment,
                failures::add);
        dns.start();
        informers.start();
    }

    static int freePort() {
        try {
            return FreePort.find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What must come to be so, however busy the machine is. */
    static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE);
    }

    Namespace namespace(String name) {
        return client.resources(Namespace.TYPE)
                .create(io.orchestrator.api.model.core.NamespaceBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder().name(name).build())
                        .build());
    }

    Service service(String name, java.util.function.UnaryOperator<ServiceSpecBuilder> spec) {
        return client.services()
                .create(ServiceBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder()
                                .name(name)
                                .namespace("default")
                                .build())
                        .spec(spec.apply(ServiceSpecBuilder.builder()
                                        .ports(List.of(ServicePortBuilder.builder()
                                                .name("http")
                                                .port(80)
                                                .build())))
                                .build())
                        .build());
    }

    EndpointSlice slice(String service, Endpoint... endpoints) {
        return slice(service, "IPv4", endpoints);
    }

    EndpointSlice slice(String service, String addressType, Endpoint... endpoints) {
        return client.resources(EndpointSlice.TYPE)
                .create(EndpointSliceBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder()
                                .name(service + "-slice")
                                .namespace("default")
                                .labels(Map.of("kubernetes.io/service-name", service))
                                .build())
                        .addressType(addressType)
                        .endpoints(List.of(endpoints))
                        .ports(List.of(EndpointPortBuilder.builder()
                                .name("http")
                                .port(8080)
                                .protocol("TCP")
                                .build()))
                        .build());
    }

    static Endpoint endpoint(String address, @Nullable String hostname, boolean ready) {
        return EndpointBuilder.builder()
                .addresses(List.of(address))
                .hostname(hostname)
                .conditions(EndpointConditionsBuilder.builder().ready(ready).build())
                .build();
    }

    void pod(String name, String ip) {
        Pod pod = client.pods()
                .create(PodBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder()
                                .name(name)
                                .namespace("default")
                                .build())
                        .spec(PodSpecBuilder.builder()
                                .containers(List.of(ContainerBuilder.builder()
                                        .name("c")
                                        .image("i")
                                        .build()))
                                .build())
                        .build());
        client.pods()
                .updateStatus(pod.withStatus(PodStatusBuilder.builder(pod.status())
                        .phase("Running")
                        .podIP(ip)
                        .podIPs(List.of(PodIPBuilder.builder().ip(ip).build()))
                        .build()));
    }

    Message ask(String name, int type) {
        return ask(name, type, false);
    }

    Message ask(String name, int type, boolean byConnection) {
        try {
            return ask(Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN)), byConnection);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Exactly this; a truncated answer is given as it is. */
    Message ask(Message query, boolean byConnection) throws IOException {
        return ask(query, byConnection, PATIENCE);
    }

    /** The same, given up when no answer comes within the time. */
    Message ask(Message query, boolean byConnection, Duration within) throws IOException {
        SimpleResolver resolver = new SimpleResolver(address);
        resolver.setEDNS(-1);
        resolver.setTCP(byConnection);
        resolver.setIgnoreTruncation(true);
        resolver.setTimeout(within);
        return resolver.send(query);
    }

    /** What comes back to these bytes as a datagram; null when nothing does within the time. */
    byte @Nullable [] send(byte[] bytes, Duration within) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout((int) within.toMillis());
            socket.send(new DatagramPacket(bytes, bytes.length, address));
            DatagramPacket answer = new DatagramPacket(new byte[65_535], 65_535);
            socket.receive(answer);
            return Arrays.copyOf(answer.getData(), answer.getLength());
        } catch (java.net.SocketTimeoutException e) {
            return null;
        }
    }

    /** What the answers say, without their lifetimes. */
    List<String> find(String name, int type) {
        return ask(name, type).getSection(Section.ANSWER).stream()
                .map(record -> org.xbill.DNS.Type.string(record.getType()) + " " + record.rdataToString())
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        dns.close();
        informers.close();
        registry.close();
        store.close();
        system.close();
    }
}
