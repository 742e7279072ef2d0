package io.orchestrator.core.control.nodelifecycle;

import io.orchestrator.api.meta.MicroTime;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.coordination.Lease;
import io.orchestrator.api.model.core.Node;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When each node was last heard, by this process's own monotonic clock: what a lease says of the time is only compared
 * with what it said before, so that clocks which jump or differ between machines mislead nobody. Confined to the
 * controller's one worker.
 */
final class Heartbeats {

    private record Heard(Sign sign, long atNanos) {}

    /** What changes with each sign of life. */
    private record Sign(
            String uid,
            @Nullable MicroTime renewed,
            @Nullable Time posted) {}

    private final Map<String, Heard> byNode = new HashMap<>();
    private final LongSupplier nanoTime;

    Heartbeats(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Notes what the node shows now and says for how long that has not changed. */
    Duration silence(Node node, Optional<Lease> lease) {
        Sign sign = signOf(node, lease);
        long now = nanoTime.getAsLong();
        Heard heard = byNode.get(node.metadata().name());
        if (heard == null || !heard.sign().equals(sign)) {
            heard = new Heard(sign, now);
            byNode.put(node.metadata().name(), heard);
        }
        return Duration.ofNanos(now - heard.atNanos());
    }

    void forget(String node) {
        byNode.remove(node);
    }

    private static Sign signOf(Node node, Optional<Lease> lease) {
        return new Sign(
                node.metadata().uid(),
                lease.map(found -> found.spec().renewTime()).orElse(null),
                NodeHealth.condition(node, NodeHealth.READY)
                        .map(condition -> condition.lastHeartbeatTime())
                        .orElse(null));
    }
}
