package io.orchestrator.core.control.deployment;

import io.orchestrator.api.control.ControllerSpec.Source;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.View;
import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.DeploymentStrategyType;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.pods.Ownership;
import io.orchestrator.core.control.pods.PodFacts;
import java.util.List;
import java.util.Optional;

/** Which Deployments a change of something else concerns. */
final class Wakers {
    private Wakers() {}

    /** The Deployment that controls the set; for a set without a controller, those that could adopt it. */
    static List<ObjectKey> ofSet(ReplicaSet set, View view) {
        if (Ownership.controllerOf(set).isPresent()) {
            return deploymentOf(set).stream().toList();
        }
        return view.list(Deployment.TYPE, set.metadata().namespace()).stream()
                .filter(deployment -> Selector.of(deployment.spec().selector()).matches(set))
                .map(ObjectKey::of)
                .toList();
    }

    /** A Deployment that recreates waits for the last old pod to be gone, which its sets do not tell. */
    static Source<Pod> ofEndedPods() {
        return new Source<>(
                Pod.TYPE,
                Wakers::ofPod,
                (before, after) -> PodFacts.hasEnded(before) != PodFacts.hasEnded(after),
                List.of());
    }

    private static List<ObjectKey> ofPod(Pod pod, View view) {
        String namespace = pod.metadata().namespace();
        return controller(pod, ReplicaSet.TYPE.kind())
                .flatMap(owner -> view.get(ReplicaSet.TYPE, new ObjectKey(namespace, owner.name())))
                .flatMap(Wakers::deploymentOf)
                .filter(key -> view.get(Deployment.TYPE, key)
                        .filter(deployment ->
                                deployment.spec().strategy().type().equals(DeploymentStrategyType.RECREATE))
                        .isPresent())
                .stream()
                .toList();
    }

    private static Optional<ObjectKey> deploymentOf(ReplicaSet set) {
        return controller(set, Deployment.TYPE.kind())
                .map(owner -> new ObjectKey(set.metadata().namespace(), owner.name()));
    }

    private static Optional<OwnerReference> controller(Resource object, String kind) {
        return Ownership.controllerOf(object).filter(owner -> owner.kind().equals(kind));
    }
}
