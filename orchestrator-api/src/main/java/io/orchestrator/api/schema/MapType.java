package io.orchestrator.api.schema;

/** How server-side apply merges a map or record: as one value, or entry by entry. */
public enum MapType {
    UNSET,
    ATOMIC,
    GRANULAR
}
