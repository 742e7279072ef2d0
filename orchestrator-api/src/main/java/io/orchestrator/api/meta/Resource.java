package io.orchestrator.api.meta;

/** A top-level object of the API: a record with metadata, annotated with its kind. Immutable and shared freely. */
public interface Resource {
    ObjectMeta metadata();

    Resource withMetadata(ObjectMeta metadata);
}
