package io.orchestrator.api.model.core;

/** Known values of a protocol; others are stored just as well. */
public final class Protocol {
    public static final String TCP = "TCP";
    public static final String UDP = "UDP";
    public static final String SCTP = "SCTP";

    private Protocol() {}
}
