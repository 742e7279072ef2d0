package io.orchestrator.core.storage;

/** A volume could not be made or destroyed. The message says why, to users. */
public final class VolumeException extends Exception {
    private static final long serialVersionUID = 1L;

    public VolumeException(String message) {
        super(message);
    }

    public VolumeException(String message, Throwable cause) {
        super(message, cause);
    }
}
