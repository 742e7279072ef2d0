package io.orchestrator.core.control.pods;

import io.orchestrator.api.control.ControllerSpec.Index;
import io.orchestrator.api.control.View;
import io.orchestrator.api.model.core.Pod;
import java.util.List;

/** The pods of a node, for controllers that declare the {@link #index}. Those that are bound to none are under no value. */
public final class PodsByNode {
    /** One for all, as caches keep what has one function once. */
    private static final Index<Pod> INDEX = new Index<>(
            "pods-of-node",
            pod -> pod.spec().nodeName().isEmpty()
                    ? List.of()
                    : List.of(pod.spec().nodeName()));

    private PodsByNode() {}

    public static Index<Pod> index() {
        return INDEX;
    }

    public static List<Pod> on(String node, View view) {
        return view.byIndex(Pod.TYPE, INDEX.name(), node);
    }
}
