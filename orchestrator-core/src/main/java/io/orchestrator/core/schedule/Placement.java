package io.orchestrator.core.schedule;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PermitPlugin;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.ReservePlugin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A pod on its way to the node that was chosen for it. Mutable; owned by the scheduler's loop. */
final class Placement {
    final QueuedPod queued;
    final String node;
    final Cycle cycle;
    final Steps steps;

    /** Those that took something, in their order. */
    final List<ReservePlugin> reserved = new ArrayList<>();

    final Set<PermitPlugin> permitted = new HashSet<>();

    /** When each of those that hold it back has done so for too long. */
    final Map<PermitPlugin, Long> heldUntil = new HashMap<>();

    /** When what must be so before the binding has taken too long. */
    long preparedBy;

    /** Whether writes for it are being made. */
    boolean writing;

    /** What was written last; the same is written again only after a while, since its effect may just not be seen yet. */
    List<Resource> written = List.of();

    int writes;
    long writeAgainAt;

    /** Whether nothing but the binding is left to do. */
    boolean prepared;

    Placement(QueuedPod queued, String node, Cycle cycle, Steps steps) {
        this.queued = queued;
        this.node = node;
        this.cycle = cycle;
        this.steps = steps;
    }

    PodView pod() {
        return queued.pod;
    }

    /** The node as it was when it was chosen. */
    NodeView view() {
        NodeView view = cycle.snapshot().node(node);
        if (view == null) {
            throw new IllegalStateException("node " + node + " was chosen and is not in the snapshot");
        }
        return view;
    }
}
