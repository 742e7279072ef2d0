package io.orchestrator.core.client.config;

/** A configuration that names no cluster, or one that cannot be used; says which file or entry is to blame. */
public class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }

    public ConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
