package io.orchestrator.apiserver;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.registry.Registry;

/** Pods that connections can be made to. */
final class RunningPod {
    private RunningPod() {}

    /** @throws ApiException with reason NotFound, or BadRequest while no node has it */
    static Pod require(Registry registry, String namespace, String name) {
        Pod pod = (Pod) registry.get(Target.object(Pod.TYPE, namespace, name)).object();
        if (pod.spec().nodeName().isEmpty()) {
            throw ApiException.badRequest("pod " + name + " does not have a host assigned");
        }
        return pod;
    }
}
