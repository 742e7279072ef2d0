package io.orchestrator.benchmarks.scale;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.meta.ConditionStatus;
import io.orchestrator.api.meta.MicroTime;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.OwnerReferenceBuilder;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.coordination.Lease;
import io.orchestrator.api.model.coordination.LeaseBuilder;
import io.orchestrator.api.model.coordination.LeaseSpecBuilder;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.NodeAddress;
import io.orchestrator.api.model.core.NodeBuilder;
import io.orchestrator.api.model.core.NodeCondition;
import io.orchestrator.api.model.core.NodeConditionType;
import io.orchestrator.api.model.core.NodeStatus;
import io.orchestrator.api.model.core.NodeStatusBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.core.client.Informer;
import io.orchestrator.core.env.BoundedExecutor;
import io.orchestrator.core.env.SystemEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nodes that run nothing and say they do, by the calls of a real one: each registers itself, renews its lease every ten
 * seconds, watches the pods that are bound to it, writes one status when such a pod runs, and deletes the pod for good when it
 * shall end. What differs is that they share some threads. Thread-safe.
 */
final class HollowNodes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HollowNodes.class);
    private static final int CALLS_AT_A_TIME = 16;
    private static final String LEASES = "kube-node-lease";
    private static final int LEASE_SECONDS = 40;
    private static final int RENEWAL_SECONDS = 10;
    private static final String HOST_IP = "127.0.0.1";

    /** A node's lease, as it was last renewed. */
    private static final class Heartbeat {
        volatile Lease lease;

        Heartbeat(Lease lease) {
            this.lease = lease;
        }
    }

    private final Client client;
    private final SystemEnvironment threads = new SystemEnvironment("hollow");
    private final BoundedExecutor calls =
            new BoundedExecutor(threads.environment().executor(), CALLS_AT_A_TIME);
    private final List<Informer<Pod>> informers = new ArrayList<>();
    private final AtomicInteger addresses = new AtomicInteger();
    private volatile boolean closed;

    HollowNodes(Client client) {
        this.client = client;
    }

    /** Registers so many more. Returns when all of them watch their pods. */
    void add(int count) {
        int there = informers.size();
        for (int i = there; i < there + count; i++) {
            String name = "hollow-" + i;
            Node node = register(name, "zone-" + i % 3);
            Heartbeat heart = new Heartbeat(lease(node));
            Informer<Pod> pods = new Informer<>(
                    client.transport(),
                    Target.collection(Pod.TYPE, ""),
                    ListOptions.all().fields("spec.nodeName=" + name),
                    threads.environment());
            pods.addHandler(this::changed);
            informers.add(pods);
            pods.start();
            long delay = TimeUnit.SECONDS.toNanos(RENEWAL_SECONDS) * i / (there + count);
            threads.environment()
                    .timers()
                    .scheduleAtFixedRate(
                            () -> calls.execute(() -> renew(heart)),
                            delay,
                            TimeUnit.SECONDS.toNanos(RENEWAL_SECONDS),
                            TimeUnit.NANOSECONDS);
        }
        Waiting.until("the nodes to watch", () -> informers.stream().allMatch(Informer::hasSynced));
    }

    private Node register(String name, String zone) {
        Node node = client.nodes()
                .create(NodeBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder()
                                .name(name)
                                .labels(Map.of(
                                        "kubernetes.io/hostname", name,
                                        "kubernetes.io/os", "linux",
                                        "topology.kubernetes.io/zone", zone))
                                .build())
                        .build());
        for (Node seen = node; ; seen = client.nodes().get(name)) {
            try {
                return client.nodes().updateStatus(seen.withStatus(status(seen.status())));
            } catch (ApiException e) {
                // A controller had something to say about the new node first.
                if (!e.isConflict()) {
                    throw e;
                }
            }
        }
    }

    private NodeStatus status(NodeStatus before) {
        Map<String, Quantity> room =
                Map.of("cpu", Quantity.parse("32"), "memory", Quantity.parse("256Gi"), "pods", Quantity.parse("110"));
        Time now = now();
        return NodeStatusBuilder.builder(before)
                .capacity(room)
                .allocatable(room)
                .addresses(List.of(new NodeAddress("InternalIP", HOST_IP)))
                .conditions(List.of(new NodeCondition(
                        NodeConditionType.READY,
                        ConditionStatus.TRUE,
                        now,
                        now,
                        "KubeletReady",
                        "kubelet is posting ready status")))
                .build();
    }

    private Lease lease(Node node) {
        String name = node.metadata().name();
        return leases().create(LeaseBuilder.builder()
                .metadata(ObjectMetaBuilder.builder(ObjectMeta.named(LEASES, name))
                        .ownerReferences(List.of(OwnerReferenceBuilder.builder()
                                .apiVersion("v1")
                                .kind("Node")
                                .name(name)
                                .uid(node.metadata().uid())
                                .build()))
                        .build())
                .spec(LeaseSpecBuilder.builder()
                        .holderIdentity(name)
                        .leaseDurationSeconds(LEASE_SECONDS)
                        .renewTime(MicroTime.of(threads.environment().clock().instant()))
                        .build())
                .build());
    }

    private void renew(Heartbeat heart) {
        if (closed) {
            return;
        }
        Lease lease = heart.lease;
        try {
            heart.lease = leases().update(lease.withSpec(LeaseSpecBuilder.builder(lease.spec())
                    .renewTime(MicroTime.of(threads.environment().clock().instant()))
                    .build()));
        } catch (ApiException e) {
            LOG.warn("the lease of {} was not renewed", lease.metadata().name(), e);
        }
    }

    private ResourceClient<Lease> leases() {
        return client.resources(Lease.TYPE).inNamespace(LEASES);
    }

    private void changed(@Nullable Pod before, @Nullable Pod after) {
        if (after == null || closed) {
            return;
        }
        if (after.metadata().deletionTimestamp() != null) {
            calls.execute(() -> end(after));
        } else if (!after.status().phase().equals(PodPhase.RUNNING)) {
            calls.execute(() -> run(after));
        }
    }

    private void run(Pod pod) {
        try {
            int number = addresses.incrementAndGet();
            String address = "10." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
            beside(pod).updateStatus(HollowPod.ready(pod, address, HOST_IP, now()));
        } catch (ApiException e) {
            // Where somebody else has changed it meanwhile, the watch tells of that next.
            if (!e.isConflict() && !e.isNotFound()) {
                LOG.warn("pod {} does not run", pod.metadata().name(), e);
            }
        }
    }

    private void end(Pod pod) {
        try {
            beside(pod)
                    .delete(
                            pod.metadata().name(),
                            DeleteOptions.defaults()
                                    .grace(0)
                                    .onlyUid(pod.metadata().uid()));
        } catch (ApiException e) {
            if (!e.isNotFound() && !e.isConflict()) {
                LOG.warn("pod {} does not go", pod.metadata().name(), e);
            }
        }
    }

    private ResourceClient<Pod> beside(Pod pod) {
        return client.pods().inNamespace(pod.metadata().namespace());
    }

    private Time now() {
        return Time.of(threads.environment().clock().instant());
    }

    @Override
    public void close() {
        closed = true;
        informers.forEach(Informer::close);
        threads.close();
    }
}
