package io.orchestrator.api.control;

import io.orchestrator.api.meta.Resource;

/** Records events that {@code kubectl describe} shows. Never blocks and never fails; repeats are counted, not stored again. */
public interface Events {

    /** @param reason CamelCase, such as {@code ScalingReplicaSet} */
    void normal(Resource about, String reason, String message);

    void warning(Resource about, String reason, String message);

    /** The same, told by this component, such as {@code job-controller}; these themselves where sources are not told apart. */
    default Events as(String component) {
        return this;
    }
}
