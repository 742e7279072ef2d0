package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodResizeStatus;
import io.orchestrator.core.agent.PodMemory.Rejection;
import io.orchestrator.spi.runtime.ResizableContainers;
import io.orchestrator.spi.runtime.RuntimeInfo.Ability;
import java.util.Optional;

/** Grants a pod that runs what it asks for now, or says why not, or not yet. Stateless. */
final class PodResizes {
    private final NodeContext node;

    PodResizes(NodeContext node) {
        this.node = node;
    }

    /** @param held what it has been granted before */
    PodAllocation decide(Pod pod, PodAllocation held) {
        if (held.covers(pod)) {
            return held.verdict().isEmpty() ? held : PodAllocation.granting(pod);
        }
        Optional<Rejection> objection = objection(pod);
        if (objection.isEmpty()) {
            return PodAllocation.granting(pod);
        }
        PodAllocation refused = held.refusing(objection.get().reason());
        if (!refused.equals(held)) {
            node.events()
                    .warning(pod, "Resize" + refused.verdict(), objection.get().message());
        }
        return refused;
    }

    private Optional<Rejection> objection(Pod pod) {
        if (!canResize()) {
            return Optional.of(new Rejection(
                    PodResizeStatus.INFEASIBLE,
                    "the " + node.info().name()
                            + " runtime of this node cannot change the limits of a container that runs"));
        }
        return node.admission().resize(pod, node.self().get().orElse(null));
    }

    private boolean canResize() {
        return node.can(Ability.RESOURCE_LIMITS) && node.runtime() instanceof ResizableContainers;
    }
}
