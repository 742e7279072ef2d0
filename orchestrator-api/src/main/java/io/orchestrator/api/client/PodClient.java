package io.orchestrator.api.client;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.ExecSpec;
import io.orchestrator.spi.runtime.LogQuery;
import io.orchestrator.spi.runtime.LogStream;
import java.util.concurrent.CompletionStage;

/** Pods, and the streams into them. */
public final class PodClient extends ResourceClient<Pod> {

    PodClient(ApiTransport transport, String namespace, WriteOptions writing) {
        super(transport, Pod.TYPE, namespace, writing);
    }

    /** The output of a container. @param container empty for the only or default one */
    public CompletionStage<LogStream> logs(String pod, String container, LogQuery query) {
        return transport().pods().logs(namespace(), pod, container, false, query);
    }

    /** Runs a command in a container. @param container empty for the only or default one */
    public CompletionStage<ExecSession> exec(String pod, String container, ExecSpec spec) {
        return transport().pods().exec(namespace(), pod, container, spec);
    }
}
