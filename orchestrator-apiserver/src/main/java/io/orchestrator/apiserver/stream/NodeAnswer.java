package io.orchestrator.apiserver.stream;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what a node says to a request, for a while. */
public final class NodeAnswer {
    private static final long SECONDS = 30;

    private NodeAnswer() {}

    /** @throws ApiException as the node refuses, or with reason Timeout */
    public static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            while (cause instanceof CompletionException && cause.getCause() != null) {
                cause = cause.getCause();
            }
            if (cause instanceof ApiException refused) {
                throw refused;
            }
            throw new ApiException(Reason.INTERNAL_ERROR, String.valueOf(cause == null ? e : cause.getMessage()), e);
        } catch (TimeoutException e) {
            throw new ApiException(Reason.TIMEOUT, "the node did not answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(Reason.SERVICE_UNAVAILABLE, "the server is being closed", e);
        }
    }
}
