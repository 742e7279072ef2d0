package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.Draft;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.schema.Fields;
import java.util.function.UnaryOperator;

/** A {@link Node} in the making; mostly node agents make them, and tests. */
public final class NodeDraft extends Draft<Node, NodeDraft> {
    private NodeSpec spec = NodeSpec.EMPTY;
    private NodeStatus status = NodeStatus.EMPTY;

    NodeDraft(String name) {
        super(name);
    }

    /** Has so much of a resource, and gives all of it to pods. */
    public NodeDraft capacity(String resource, String quantity) {
        Quantity amount = Quantity.parse(quantity);
        status = status.withCapacity(Fields.put(status.capacity(), resource, amount))
                .withAllocatable(Fields.put(status.allocatable(), resource, amount));
        return this;
    }

    /** @param effect one of {@link TaintEffect} */
    public NodeDraft taint(String key, String value, String effect) {
        Taint taint =
                TaintBuilder.builder().key(key).value(value).effect(effect).build();
        spec = spec.withTaints(Fields.append(spec.taints(), taint));
        return this;
    }

    public NodeDraft unschedulable() {
        spec = spec.withUnschedulable(true);
        return this;
    }

    /** For whatever has no verb of its own here. */
    public NodeDraft spec(UnaryOperator<NodeSpecBuilder> edit) {
        spec = edit.apply(NodeSpecBuilder.builder(spec)).build();
        return this;
    }

    public NodeDraft status(UnaryOperator<NodeStatusBuilder> edit) {
        status = edit.apply(NodeStatusBuilder.builder(status)).build();
        return this;
    }

    @Override
    public Node build() {
        return new Node(metadata(), spec, status);
    }
}
