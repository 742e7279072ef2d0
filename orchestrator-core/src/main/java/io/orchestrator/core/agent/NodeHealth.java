package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.ContainerImage;
import java.util.List;
import java.util.Set;

/**
 * How the node fares, as its conditions tell. Immutable.
 *
 * @param runtimeAnswers whether the runtime has answered lately
 * @param shortages what it is short of
 * @param shuttingDown whether it is about to be switched off
 * @param images that are on the node
 * @param port at which it is asked by HTTPS; 0 where it is not
 */
record NodeHealth(
        boolean runtimeAnswers, Set<Shortage> shortages, boolean shuttingDown, List<ContainerImage> images, int port) {
    NodeHealth {
        shortages = Set.copyOf(shortages);
        images = List.copyOf(images);
    }
}
