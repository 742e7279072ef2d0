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
    private static final List<Toleration> ADDED =
            List.of(to("node.kubernetes.io/not-ready"), to("node.kubernetes.io/unreachable"));

    private static Toleration to(String taint) {
        return TolerationBuilder.builder()
                .key(taint)
                .operator("Exists")
                .effect("NoExecute")
                .tolerationSeconds(SECONDS)
                .build();
    }

    @Override
    Pod complete(Pod pod) {
        List<Toleration> own = pod.spec().tolerations();
        List<Toleration> tolerations = new ArrayList<>(own.size() + ADDED.size());
        tolerations.addAll(own);
        for (Toleration added : ADDED) {
            if (!isCovered(own, added.key())) {
                tolerations.add(added);
            }
        }
        return tolerations.size() == own.size()
                ? pod
                : pod.withSpec(PodSpecBuilder.builder(pod.spec())
                        .tolerations(tolerations)
                        .build());
    }

    private static boolean isCovered(List<Toleration> own, String key) {
        for (Toleration toleration : own) {
            if (covers(toleration, key)) {
                return true;
            }
        }
        return false;
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
