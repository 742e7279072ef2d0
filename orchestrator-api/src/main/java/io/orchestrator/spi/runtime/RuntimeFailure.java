package io.orchestrator.spi.runtime;

import org.jspecify.annotations.Nullable;

/** Why a runtime could not do what it was asked. */
public final class RuntimeFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Kind kind;

    public RuntimeFailure(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public RuntimeFailure(Kind kind, String message) {
        this(kind, message, null);
    }

    public Kind kind() {
        return kind;
    }

    /** What the caller can do about it. */
    public enum Kind {
        /** The sandbox, container or image is not there. */
        NOT_FOUND,
        /** The engine refuses this request however often it is made. */
        INVALID,
        /** The image does not exist or may not be fetched. */
        IMAGE,
        /** The command cannot be started. */
        CANNOT_START,
        /** This runtime does not do that. */
        UNSUPPORTED,
        /** The engine is away or overloaded, or did not answer in time; the outcome is unknown. */
        UNAVAILABLE
    }
}
