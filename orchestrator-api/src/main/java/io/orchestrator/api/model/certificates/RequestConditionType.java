package io.orchestrator.api.model.certificates;

/** Known values of a request condition type; others are stored just as well. */
public final class RequestConditionType {
    public static final String APPROVED = "Approved";
    public static final String DENIED = "Denied";
    public static final String FAILED = "Failed";

    private RequestConditionType() {}
}
