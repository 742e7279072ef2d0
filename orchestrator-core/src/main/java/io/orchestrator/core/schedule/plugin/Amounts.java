package io.orchestrator.core.schedule.plugin;

import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.Resources;

/** Of each resource of a node: what there is, and what would be taken with a pod more. */
final class Amounts {
    private final Resources allocatable;
    private final Resources before;
    private final Resources asked;

    private Amounts(Resources allocatable, Resources before, Resources asked) {
        this.allocatable = allocatable;
        this.before = before;
        this.asked = asked;
    }

    /** As requested. */
    static Amounts requested(PodView pod, NodeView node) {
        return new Amounts(node.allocatable(), node.requested(), pod.requests());
    }

    /** With assumptions about who requests nothing. */
    static Amounts scored(PodView pod, NodeView node) {
        return new Amounts(node.allocatable(), node.scored(), pod.scored());
    }

    /** Zero also where the pod asks for nothing of a resource that few pods need: it then tells nodes apart for nobody. */
    double allocatable(String resource) {
        boolean common = resource.equals("cpu") || resource.equals("memory") || resource.equals("ephemeral-storage");
        return common || asked.amount(resource) > 0 ? allocatable.amount(resource) : 0;
    }

    double taken(String resource) {
        return (double) before.amount(resource) + asked.amount(resource);
    }
}
