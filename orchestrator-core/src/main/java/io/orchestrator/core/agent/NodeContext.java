package io.orchestrator.core.agent;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.control.Events;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.env.Environment;
import io.orchestrator.spi.runtime.ContainerRuntime;
import io.orchestrator.spi.runtime.RuntimeInfo;
import io.orchestrator.spi.runtime.RuntimeInfo.Ability;

/** What all pods of a node share. Immutable; its parts are thread-safe. */
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
        Admission admission,
        RuntimeWatch watch) {

    boolean can(Ability ability) {
        return info.abilities().contains(ability);
    }

    DownwardApi self(Pod pod, String podIp) {
        return new DownwardApi(pod, podIp, config.hostIp(), config.capacity());
    }
}
