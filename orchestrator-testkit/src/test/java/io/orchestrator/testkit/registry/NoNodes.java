package io.orchestrator.testkit.registry;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.spi.node.NodeEndpoint;
import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.ExecSpec;
import io.orchestrator.spi.runtime.LogQuery;
import io.orchestrator.spi.runtime.LogStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A cluster without nodes. */
final class NoNodes implements NodeEndpoint {
    @Override
    public CompletionStage<LogStream> logs(
            String namespace, String pod, String container, boolean previous, LogQuery query) {
        return CompletableFuture.failedStage(new ApiException(Reason.NOT_FOUND, "there are no nodes"));
    }

    @Override
    public CompletionStage<ExecSession> exec(String namespace, String pod, String container, ExecSpec spec) {
        return CompletableFuture.failedStage(new ApiException(Reason.NOT_FOUND, "there are no nodes"));
    }
}
