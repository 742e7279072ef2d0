package io.orchestrator.apiserver.stream;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Cause;
import io.orchestrator.api.client.Reason;
import io.orchestrator.apiserver.route.Query;
import io.orchestrator.spi.runtime.LogQuery;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What part of a log a request asks for, and what is wrong with it, as Kubernetes has it. Pure functions. */
final class LogOptions {
    private static final String KIND = "PodLogOptions";
    private static final String TAIL = "tailLines";
    private static final String LIMIT = "limitBytes";
    private static final String SECONDS = "sinceSeconds";
    private static final String TIME = "sinceTime";

    private LogOptions() {}

    /**
     * @param pod whose log it is
     * @param now from when {@code sinceSeconds} are counted back
     * @throws ApiException with reason BadRequest when something cannot be read, Invalid when it can and makes no sense
     */
    static LogQuery of(Query query, String pod, Instant now) {
        boolean follow = query.flag("follow");
        boolean timestamps = query.flag("timestamps");
        Instant time = time(query.text(TIME));
        List<Cause> causes = causes(query, time != null);
        if (!causes.isEmpty()) {
            throw invalid(pod, causes);
        }
        Integer tail = query.has(TAIL) ? (Integer) (int) Math.min(Integer.MAX_VALUE, query.signed(TAIL)) : null;
        Instant since = query.has(SECONDS) ? before(now, query.signed(SECONDS)) : time;
        return new LogQuery(follow, timestamps, tail, since, query.signed(LIMIT));
    }

    private static List<Cause> causes(Query query, boolean hasTime) {
        List<Cause> causes = new ArrayList<>();
        if (query.signed(TAIL) < 0) {
            causes.add(tooSmall(query, TAIL, "must be greater than or equal to 0"));
        }
        if (query.has(LIMIT) && query.signed(LIMIT) < 1) {
            causes.add(tooSmall(query, LIMIT, "must be greater than 0"));
        }
        boolean hasSeconds = query.has(SECONDS);
        if (hasSeconds && hasTime) {
            // Kubernetes names no field here, and writes that so.
            causes.add(new Cause(
                    "FieldValueForbidden",
                    "[]",
                    "Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified"));
        } else if (hasSeconds && query.signed(SECONDS) < 1) {
            causes.add(tooSmall(query, SECONDS, "must be greater than 0"));
        }
        return causes;
    }

    private static Cause tooSmall(Query query, String field, String why) {
        return new Cause("FieldValueInvalid", field, "Invalid value: " + query.signed(field) + ": " + why);
    }

    private static ApiException invalid(String pod, List<Cause> causes) {
        String list = causes.stream()
                .map(cause -> cause.field() + ": " + cause.message())
                .collect(Collectors.joining(", "));
        return new ApiException(
                Reason.INVALID,
                KIND + " \"" + pod + "\" is invalid: " + (causes.size() == 1 ? list : "[" + list + "]"),
                new ApiException.Subject("", KIND, pod, ""),
                causes,
                0);
    }

    /** Not before the beginning of time as clocks count it: nothing was logged then. */
    private static Instant before(Instant now, long seconds) {
        return now.minusSeconds(Math.min(seconds, Math.max(0, now.getEpochSecond())));
    }

    private static @Nullable Instant time(String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw ApiException.badRequest("invalid sinceTime: \"" + text + "\"");
        }
    }
}
