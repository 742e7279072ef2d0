package io.orchestrator.api.model.core;

/** Values of uri scheme. */
public final class URIScheme {
    public static final String HTTP = "HTTP";
    public static final String HTTPS = "HTTPS";

    private URIScheme() {}
}
