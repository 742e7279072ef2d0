package io.orchestrator.api.schema;

/** How server-side apply merges a list: as one value, as a set of scalars, or as records found by their keys. */
public enum ListType {
    UNSET,
    ATOMIC,
    SET,
    MAP
}
