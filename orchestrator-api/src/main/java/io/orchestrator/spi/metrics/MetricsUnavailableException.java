package io.orchestrator.spi.metrics;

import java.util.Objects;

/** There is no such metric, or it cannot be had at present. The message is shown to users, in events and conditions. */
public final class MetricsUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MetricsUnavailableException(String message) {
        super(message);
    }

    public MetricsUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Never null. */
    @Override
    public String getMessage() {
        return Objects.requireNonNullElse(super.getMessage(), "");
    }
}
