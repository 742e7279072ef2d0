package io.orchestrator.core.client.http;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Cause;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.meta.Status;
import io.orchestrator.api.meta.StatusDetails;
import io.orchestrator.core.codec.DecodeException;
import io.orchestrator.core.codec.ObjectCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Answers that are no success, as the exceptions that the same request would end with in process. Thread-safe. */
final class Refusals {
    private static final int SHOWN = 500;

    private final ObjectCodec codec;

    Refusals(ObjectCodec codec) {
        this.codec = codec;
    }

    /** @param retryAfter seconds from the header; 0 where there is none */
    ApiException of(int code, byte[] body, int retryAfter) {
        return status(body)
                .map(status -> of(status, code, retryAfter))
                .orElseGet(() -> new ApiException(
                        reason("", code), said(code, body), ApiException.Subject.NONE, List.of(), retryAfter));
    }

    /** What a watch ends with. */
    ApiException of(byte[] status) {
        return status(status)
                .map(known -> of(known, known.code(), 0))
                .orElseGet(() -> new ApiException(
                        Reason.INTERNAL_ERROR,
                        "the watch ended with: " + said(Reason.INTERNAL_ERROR.httpStatus(), status)));
    }

    private static ApiException of(Status status, int code, int retryAfter) {
        String rest = status.metadata().continueToken();
        if (!rest.isEmpty()) {
            return ApiException.expiredPage(status.message(), rest);
        }
        StatusDetails details = status.details() == null ? StatusDetails.EMPTY : status.details();
        List<Cause> causes = details.causes().stream()
                .map(cause -> new Cause(cause.reason(), cause.field(), cause.message()))
                .toList();
        Reason reason = reason(status.reason(), code);
        ApiException.Subject subject =
                new ApiException.Subject(details.group(), details.kind(), details.name(), details.uid());
        int wait = Math.max(retryAfter, details.retryAfterSeconds());
        // A header alone may be that of a proxy, which does not know what became of the request.
        boolean begun = code != Reason.SERVICE_UNAVAILABLE.httpStatus()
                || reason != Reason.SERVICE_UNAVAILABLE
                || details.retryAfterSeconds() == 0;
        return begun
                ? new ApiException(reason, status.message(), subject, causes, wait)
                : ApiException.notBegun(status.message(), subject, wait);
    }

    private Optional<Status> status(byte[] body) {
        try {
            return codec.typeMeta(body).kind().equals("Status")
                    ? Optional.of(codec.decode(body, Status.class))
                    : Optional.empty();
        } catch (DecodeException e) {
            // Proxies and load balancers answer with what they like.
            return Optional.empty();
        }
    }

    /** By its name, and where that is none of ours by the code that came with it. */
    private static Reason reason(String name, int code) {
        return Arrays.stream(Reason.values())
                .filter(each -> each.wireName().equals(name))
                .findFirst()
                .orElseGet(() -> reason(code));
    }

    private static Reason reason(int code) {
        return switch (code) {
            case 409 -> Reason.CONFLICT;
            case 410 -> Reason.EXPIRED;
            case 500 -> Reason.INTERNAL_ERROR;
            case 502 -> Reason.SERVICE_UNAVAILABLE;
            default ->
                Arrays.stream(Reason.values())
                        .filter(each -> each.httpStatus() == code)
                        .findFirst()
                        .orElse(code < 500 ? Reason.BAD_REQUEST : Reason.INTERNAL_ERROR);
        };
    }

    private static String said(int code, byte[] body) {
        String text = new String(body, 0, Math.min(body.length, SHOWN), StandardCharsets.UTF_8).strip();
        return "the server answered with " + code + (text.isEmpty() ? "" : ": " + text);
    }
}
