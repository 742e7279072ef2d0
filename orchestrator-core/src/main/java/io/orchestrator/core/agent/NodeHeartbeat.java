package io.orchestrator.core.agent;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.meta.MicroTime;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.OwnerReferenceBuilder;
import io.orchestrator.api.model.coordination.Lease;
import io.orchestrator.api.model.coordination.LeaseBuilder;
import io.orchestrator.api.model.coordination.LeaseSpecBuilder;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.NodeStatus;
import io.orchestrator.core.env.Environment;
import io.orchestrator.spi.runtime.RuntimeInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers the node, renews its lease, and writes its status when that changes or has grown old. One beat at a time, on its
 * own lane; a beat that fails is made up for by the next.
 */
final class NodeHeartbeat implements NodePart {
    private static final Logger LOG = LoggerFactory.getLogger(NodeHeartbeat.class);
    private static final String LEASES = "kube-node-lease";
    /** For one report where others write into the node as well, as the kubelet has it. */
    private static final int TRIES = 5;

    private final AgentConfig config;
    private final Client client;
    private final RuntimeInfo info;
    private final Environment environment;
    private final Supplier<NodeHealth> health;
    private final Lane lane;
    private @Nullable ScheduledFuture<?> timer;
    private volatile boolean closed;

    // Owned by the lane.
    private @Nullable Node node;
    private @Nullable Lease lease;
    private @Nullable Instant statusWritten;

    /** @param health how the node fares at this moment */
    NodeHeartbeat(
            AgentConfig config, Client client, RuntimeInfo info, Environment environment, Supplier<NodeHealth> health) {
        this.config = config;
        this.client = client;
        this.info = info;
        this.environment = environment;
        this.health = health;
        this.lane = new Lane(environment.executor());
    }

    void start() {
        long every = config.timing().leaseRenewal().toNanos();
        timer = environment.timers().scheduleAtFixedRate(() -> lane.submit(this::beat), 0, every, TimeUnit.NANOSECONDS);
    }

    /** Reports now, not only when it is time again. */
    void hurry() {
        lane.submit(this::beat);
    }

    private void beat() {
        if (closed) {
            return;
        }
        try {
            tell();
        } catch (ApiException e) {
            LOG.debug("the node {} could not be written; the next beat tries again", config.nodeName(), e);
        }
        try {
            renew();
        } catch (ApiException e) {
            lease = null;
            LOG.debug("the lease of node {} could not be renewed", config.nodeName(), e);
        }
    }

    private void tell() {
        for (int left = TRIES; ; left--) {
            try {
                Node known = node == null ? register() : node;
                node = known;
                report(known);
                return;
            } catch (ApiException e) {
                // deleted by somebody, or changed: it is read again
                node = null;
                if (!e.isConflict() || left == 1) {
                    throw e;
                }
            }
        }
    }

    private Node register() {
        Node fresh = NodeObject.fresh(config);
        try {
            return client.nodes().create(fresh);
        } catch (ApiException e) {
            if (!e.isAlreadyExists()) {
                throw e;
            }
        }
        Node known = client.nodes().get(config.nodeName());
        Map<String, String> labels = new LinkedHashMap<>(known.metadata().labels());
        labels.putAll(fresh.metadata().labels());
        if (labels.equals(known.metadata().labels())) {
            return known;
        }
        return client.nodes()
                .update(known.withMetadata(ObjectMetaBuilder.builder(known.metadata())
                        .labels(labels)
                        .build()));
    }

    private void report(Node known) {
        Instant time = environment.clock().instant();
        NodeHealth now = health.get();
        NodeStatus wanted = NodeObject.status(config, info, known.status(), now, time);
        boolean old = statusWritten == null
                || Duration.between(statusWritten, time)
                                .compareTo(config.timing().statusRenewal())
                        >= 0;
        if (old) {
            // others write into the node as well: compare with what is there now
            Node live = client.nodes().get(config.nodeName());
            wanted = NodeObject.status(config, info, live.status(), now, time);
            node = client.nodes().updateStatus(live.withStatus(wanted));
            statusWritten = time;
        } else if (NodeObject.differ(wanted, known.status())) {
            node = client.nodes().updateStatus(known.withStatus(wanted));
            statusWritten = time;
        }
    }

    /** Somebody else has changed the node: the next beat compares with that. */
    void seen(Node version) {
        lane.submit(() -> {
            if (node != null && !version.equals(node)) {
                node = version;
                beatOnChange(version);
            }
        });
    }

    /** A node that was given up while it was away says at once that it is back. */
    private void beatOnChange(Node version) {
        boolean givenUp = version.status()
                .condition(io.orchestrator.api.model.core.NodeConditionType.READY)
                .filter(ready -> ready.status().equals("Unknown"))
                .isPresent();
        if (givenUp) {
            beat();
        }
    }

    private void renew() {
        ResourceClient<Lease> leases = client.resources(Lease.TYPE).inNamespace(LEASES);
        MicroTime now = MicroTime.of(environment.clock().instant());
        if (lease == null) {
            lease = leases.find(config.nodeName()).orElse(null);
        }
        if (lease == null) {
            lease = leases.create(LeaseBuilder.builder()
                    .metadata(ObjectMetaBuilder.builder(ObjectMeta.named(LEASES, config.nodeName()))
                            .ownerReferences(owner())
                            .build())
                    .spec(LeaseSpecBuilder.builder()
                            .holderIdentity(config.nodeName())
                            .leaseDurationSeconds(
                                    (int) config.timing().leaseDuration().toSeconds())
                            .renewTime(now)
                            .build())
                    .build());
            return;
        }
        lease = leases.update(lease.withSpec(LeaseSpecBuilder.builder(lease.spec())
                .holderIdentity(config.nodeName())
                .leaseDurationSeconds((int) config.timing().leaseDuration().toSeconds())
                .renewTime(now)
                .build()));
    }

    private List<io.orchestrator.api.meta.OwnerReference> owner() {
        Node owner = node;
        if (owner == null) {
            return List.of();
        }
        return List.of(OwnerReferenceBuilder.builder()
                .apiVersion("v1")
                .kind("Node")
                .name(owner.metadata().name())
                .uid(owner.metadata().uid())
                .build());
    }

    @Override
    public void close() {
        closed = true;
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
