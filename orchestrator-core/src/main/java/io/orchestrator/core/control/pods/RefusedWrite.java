package io.orchestrator.core.control.pods;

import io.orchestrator.api.client.ApiException;

/**
 * A write that was refused, or went unanswered.
 *
 * @param reason {@code FailedCreate} or {@code FailedDelete}
 */
public record RefusedWrite(String reason, ApiException cause) {}
