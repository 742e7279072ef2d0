package io.orchestrator.core.agent;

/** What a pod refers to is not there, or not allowed here: it waits until that changes. */
final class ConfigFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConfigFailure(String message) {
        super(message);
    }
}
