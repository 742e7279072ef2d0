package io.orchestrator.core.registry.webhook;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;

/** A custom resource could not be brought into the version that was asked for; later it may be. */
public final class ConversionFailure extends ApiException {
    private static final long serialVersionUID = 1L;

    ConversionFailure(String message, Throwable cause) {
        super(Reason.INTERNAL_ERROR, message, cause);
    }
}
