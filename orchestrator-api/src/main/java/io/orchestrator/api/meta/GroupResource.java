package io.orchestrator.api.meta;

/**
 * The name of a resource across its versions, as error messages and permissions use it.
 *
 * @param group empty for the core group
 * @param resource the plural name
 */
public record GroupResource(String group, String resource) {
    /** {@code pods} or {@code deployments.apps}. */
    @Override
    public String toString() {
        return group.isEmpty() ? resource : resource + "." + group;
    }
}
