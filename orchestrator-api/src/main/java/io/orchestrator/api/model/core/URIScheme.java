package io.orchestrator.api.model.core;

/** Known values of an uri scheme; others are stored just as well. */
public final class URIScheme {
    public static final String HTTP = "HTTP";
    public static final String HTTPS = "HTTPS";

    private URIScheme() {}
}
