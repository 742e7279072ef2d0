package io.orchestrator.core.registry.admission;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.NodeSpecBuilder;
import io.orchestrator.api.model.core.Taint;
import io.orchestrator.api.model.core.TaintBuilder;
import java.util.ArrayList;
import java.util.List;

/** Nothing is put on a new node before it has said that it is ready; then the node lifecycle controller takes the taint away. */
public final class TaintNodes implements Admission {
    private static final Taint NOT_READY = TaintBuilder.builder()
            .key("node.kubernetes.io/not-ready")
            .effect("NoSchedule")
            .build();

    @Override
    @SuppressWarnings("unchecked") // T is Node where the object is one
    public <T extends Resource> T mutate(Request<T> request, T object, Lookup lookup) {
        boolean created = request.operation() == Operation.CREATE && request.isOfObject();
        if (!created
                || !(object instanceof Node node)
                || node.spec().taints().stream().anyMatch(TaintNodes::isOurs)) {
            return object;
        }
        List<Taint> taints = new ArrayList<>(node.spec().taints());
        taints.add(NOT_READY);
        return (T) node.withSpec(
                NodeSpecBuilder.builder(node.spec()).taints(taints).build());
    }

    private static boolean isOurs(Taint taint) {
        return taint.key().equals(NOT_READY.key()) && taint.effect().equals(NOT_READY.effect());
    }
}
