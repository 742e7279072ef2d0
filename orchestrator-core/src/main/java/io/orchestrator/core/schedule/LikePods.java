package io.orchestrator.core.schedule;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.core.schedule.framework.PodView;
import java.util.List;
import java.util.Map;

/** What the pods of one template and owner have in common. */
record LikePods(
        String namespace,
        Map<String, String> labels,
        Map<String, String> annotations,
        List<OwnerReference> owners,
        PodSpec spec) {

    static LikePods of(PodView pod) {
        ObjectMeta metadata = pod.pod().metadata();
        return new LikePods(
                metadata.namespace(),
                metadata.labels(),
                metadata.annotations(),
                metadata.ownerReferences(),
                pod.spec());
    }
}
