package io.orchestrator.core.codec;

/** What a body says that it is; empty parts where it does not say. */
public record TypeMeta(String apiVersion, String kind) {
    public static final TypeMeta NONE = new TypeMeta("", "");

    /** The group before the slash; empty for the core group. */
    public String group() {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    /** The version after the slash. */
    public String version() {
        return apiVersion.substring(apiVersion.indexOf('/') + 1);
    }
}
