package io.orchestrator.core.registry;

/**
 * What a deletion did.
 *
 * @param object the object as it stands when its deletion only begins, else its last state
 * @param gone whether nothing of it is left
 */
public record Removed(StoredObject object, boolean gone) {}
