package io.orchestrator.spi.node;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.Pod;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * What a node agent tells of itself to those who look at single nodes: what a kubelet's pages say. An ability beside
 * {@link NodeEndpoint}. Thread-safe; every method returns at once.
 */
public interface NodeReport {

    String nodeName();

    /** The pods of the node, as the agent knows them. */
    List<Pod> pods();

    /** Whether the agent does its work and the runtime has answered lately. */
    boolean isHealthy();

    /** What the node has, by resource, such as {@code cpu} and {@code memory}. */
    Map<String, Quantity> capacity();

    /** A directory on the file system that volumes lie on. */
    Path directory();

    /** What the pods have on the node's disks, as of the last minute. Never fails. */
    CompletionStage<NodeStorage> storage();

    /** What the agent was told, under the names and in the units of Kubernetes' {@code KubeletConfiguration}. */
    Map<String, Object> settings();
}
