package io.orchestrator.core.registry.admission;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodSpecBuilder;
import io.orchestrator.api.model.core.Toleration;
import io.orchestrator.api.model.core.TolerationBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * Pods stay for five minutes on a node that is not ready or not reachable, unless they say otherwise. An update is completed
 * too: a manifest that is applied again names its own tolerations only, and takes none away by that.
 */
public final class DefaultTolerations extends PodAdmission {
    private static final long SECONDS = 300;
    private static final List<String> KEYS = List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");

    @Override
    Pod complete(Pod pod) {
        List<Toleration> tolerations = new ArrayList<>(pod.spec().tolerations());
        for (String key : KEYS) {
            if (tolerations.stream().noneMatch(toleration -> covers(toleration, key))) {
                tolerations.add(TolerationBuilder.builder()
                        .key(key)
                        .operator("Exists")
                        .effect("NoExecute")
                        .tolerationSeconds(SECONDS)
                        .build());
            }
        }
        return tolerations.size() == pod.spec().tolerations().size()
                ? pod
                : pod.withSpec(PodSpecBuilder.builder(pod.spec())
                        .tolerations(tolerations)
                        .build());
    }

    @Override
    boolean isForUpdates() {
        return true;
    }

    private static boolean covers(Toleration toleration, String key) {
        boolean sameKey = toleration.key().isEmpty() || toleration.key().equals(key);
        boolean sameEffect =
                toleration.effect().isEmpty() || toleration.effect().equals("NoExecute");
        return sameKey && sameEffect;
    }
}
