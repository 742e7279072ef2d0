package io.orchestrator.core.auth.token;

/** An object without which a token is void. @param kind {@code Pod}, {@code Secret} or {@code Node} */
public record BoundObject(String kind, String name, String uid) {}
