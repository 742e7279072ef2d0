package io.orchestrator.core.agent;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.control.Events;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.env.Environment;
import io.orchestrator.spi.runtime.ContainerRuntime;
import io.orchestrator.spi.runtime.RuntimeInfo;
import io.orchestrator.spi.runtime.RuntimeInfo.Ability;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What all pods of a node share. Immutable; its parts are thread-safe.
 *
 * @param self the node's object as it was last heard of, if it was
 */
record NodeContext(
        AgentConfig config,
        Client client,
        ContainerRuntime runtime,
        RuntimeInfo info,
        Environment environment,
        Deadlines deadlines,
        Events events,
        Prober prober,
        References references,
        EnvResolver variables,
        PodVolumes volumes,
        PulledImages pulled,
        Admission admission,
        Supplier<Optional<Node>> self,
        RuntimeWatch watch) {

    boolean can(Ability ability) {
        return info.abilities().contains(ability);
    }

    ShownVolumes shown() {
        return new ShownVolumes(info.abilities());
    }

    DownwardApi self(Pod pod, String podIp) {
        return new DownwardApi(pod, podIp, config.hostIp(), config.capacity());
    }
}
