package io.orchestrator.api.client;

import java.util.List;
import java.util.Objects;

/**
 * A request that was refused, or whose outcome is unknown. Everything that a {@code Status} object says is in here; the
 * API server writes it as one, and the HTTP client reads it back.
 */
public class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Reason reason;
    private final transient Subject subject;
    private final transient List<Cause> causes;
    private final int retryAfterSeconds;
    private final String continueToken;
    private final boolean notBegun;

    /** What the request was about; empty parts where they do not apply. */
    public record Subject(String group, String kind, String name, String uid) {
        public static final Subject NONE = new Subject("", "", "", "");
    }

    public ApiException(Reason reason, String message, Subject subject, List<Cause> causes, int retryAfterSeconds) {
        this(reason, message, subject, causes, retryAfterSeconds, "", false);
    }

    private ApiException(
            Reason reason,
            String message,
            Subject subject,
            List<Cause> causes,
            int retryAfterSeconds,
            String continueToken,
            boolean notBegun) {
        super(message);
        this.reason = reason;
        this.subject = subject;
        this.causes = List.copyOf(causes);
        this.retryAfterSeconds = retryAfterSeconds;
        this.continueToken = continueToken;
        this.notBegun = notBegun;
    }

    public ApiException(Reason reason, String message) {
        this(reason, message, Subject.NONE, List.of(), 0);
    }

    public ApiException(Reason reason, String message, Throwable cause) {
        this(reason, message);
        initCause(cause);
    }

    public static ApiException notFound(String group, String resource, String name) {
        String qualified = group.isEmpty() ? resource : resource + "." + group;
        return new ApiException(
                Reason.NOT_FOUND,
                qualified + " \"" + name + "\" not found",
                new Subject(group, resource, name, ""),
                List.of(),
                0);
    }

    public static ApiException alreadyExists(String group, String resource, String name) {
        String qualified = group.isEmpty() ? resource : resource + "." + group;
        return new ApiException(
                Reason.ALREADY_EXISTS,
                qualified + " \"" + name + "\" already exists",
                new Subject(group, resource, name, ""),
                List.of(),
                0);
    }

    public static ApiException conflict(String group, String resource, String name, String why) {
        String qualified = group.isEmpty() ? resource : resource + "." + group;
        return new ApiException(
                Reason.CONFLICT,
                "Operation cannot be fulfilled on " + qualified + " \"" + name + "\": " + why,
                new Subject(group, resource, name, ""),
                List.of(),
                0);
    }

    /** A page of a list whose version is forgotten. @param continueToken goes on in the newest version */
    public static ApiException expiredPage(String message, String continueToken) {
        return new ApiException(Reason.EXPIRED, message, Subject.NONE, List.of(), 0, continueToken, false);
    }

    /** A server that is unavailable for now, and has taken up nothing of the request. @param retryAfterSeconds at least 1 */
    public static ApiException notBegun(String message, Subject subject, int retryAfterSeconds) {
        return new ApiException(
                Reason.SERVICE_UNAVAILABLE, message, subject, List.of(), Math.max(1, retryAfterSeconds), "", true);
    }

    public static ApiException badRequest(String message) {
        return new ApiException(Reason.BAD_REQUEST, message);
    }

    /** Never null. */
    @Override
    public String getMessage() {
        return Objects.requireNonNullElse(super.getMessage(), "");
    }

    public Reason reason() {
        return reason;
    }

    public Subject subject() {
        return subject;
    }

    public List<Cause> causes() {
        return causes;
    }

    /** Seconds to wait before another try makes sense; 0 where nothing is known. */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /** Where a list that has {@linkplain #isExpired expired} may go on, in a version other than that of its beginning; else empty. */
    public String continueToken() {
        return continueToken;
    }

    public boolean isNotFound() {
        return reason == Reason.NOT_FOUND;
    }

    public boolean isConflict() {
        return reason == Reason.CONFLICT;
    }

    public boolean isAlreadyExists() {
        return reason == Reason.ALREADY_EXISTS;
    }

    /** The revision is no longer kept: list again. */
    public boolean isExpired() {
        return reason == Reason.EXPIRED || reason == Reason.GONE;
    }

    /** Whether the request may have been carried out although it failed. */
    public boolean outcomeUnknown() {
        return reason == Reason.TIMEOUT
                || reason == Reason.SERVER_TIMEOUT
                || (reason == Reason.SERVICE_UNAVAILABLE && !notBegun);
    }
}
