package io.orchestrator.testkit.simulation;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.spi.node.NodeEndpoint;
import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.ExecSpec;
import io.orchestrator.spi.runtime.LogQuery;
import io.orchestrator.spi.runtime.LogStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A cluster into whose pods nobody looks. */
final class NoStreams implements NodeEndpoint {
    @Override
    public CompletionStage<LogStream> logs(
            String namespace, String pod, String container, boolean previous, LogQuery query) {
        return CompletableFuture.failedStage(notFound(namespace, pod));
    }

    @Override
    public CompletionStage<ExecSession> exec(String namespace, String pod, String container, ExecSpec spec) {
        return CompletableFuture.failedStage(notFound(namespace, pod));
    }

    private static ApiException notFound(String namespace, String pod) {
        return new ApiException(Reason.NOT_FOUND, "no node serves streams into " + namespace + "/" + pod);
    }
}
