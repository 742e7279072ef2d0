package io.orchestrator.core.control.autoscale;

import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.core.Pod;
import java.time.Instant;
import java.util.List;

/**
 * What is sized, as it is now.
 *
 * @param selector of its pods
 * @param pods that there are, whatever their state
 * @param wanted the size that its spec says
 * @param present the size that its status says
 */
record Target(String namespace, Selector selector, List<Pod> pods, int wanted, int present, Instant now) {
    Target {
        pods = List.copyOf(pods);
    }
}
