package io.orchestrator.spi.node;

import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.ExecSpec;
import io.orchestrator.spi.runtime.LogQuery;
import io.orchestrator.spi.runtime.LogStream;
import java.util.concurrent.CompletionStage;

/**
 * What a node agent offers to the control plane beside the API objects: streams into its pods. Within a process it is
 * the agent itself; between machines it is the agent's HTTPS endpoint.
 *
 * <p>Stages fail with {@code ApiException} of the matching reason (NotFound, BadRequest while the container is not
 * running, and so on).
 */
public interface NodeEndpoint {

    /** The output of a container. @param previous of the instance before the last restart */
    CompletionStage<LogStream> logs(String namespace, String pod, String container, boolean previous, LogQuery query);

    /** Runs a command in a running container. */
    CompletionStage<ExecSession> exec(String namespace, String pod, String container, ExecSpec spec);

    /** Joins a running container, as {@code ContainerRuntime.attach} has it. @param stdin whether it is written to */
    CompletionStage<ExecSession> attach(String namespace, String pod, String container, boolean stdin);

    /** Connects to a TCP port of a pod. */
    CompletionStage<PodConnection> connect(String namespace, String pod, int port);
}
