package io.orchestrator.api.schema;

/** What a strategic merge does with a field that both sides have. */
public enum PatchStrategy {
    MERGE,
    REPLACE,
    RETAIN_KEYS
}
