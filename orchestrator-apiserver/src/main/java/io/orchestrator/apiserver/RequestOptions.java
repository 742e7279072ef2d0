package io.orchestrator.apiserver;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Cause;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.DeleteOptions.Propagation;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.client.WriteOptions.FieldValidation;
import io.orchestrator.api.meta.Preconditions;
import io.orchestrator.apiserver.route.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Query parameters and option bodies as the registry's options. Pure. */
final class RequestOptions {
    private static final int LONGEST_WATCH_SECONDS = 3600;
    private static final int LONGEST_MANAGER = 128;

    private RequestOptions() {}

    static ListOptions list(Query query) {
        return new ListOptions(
                query.text("labelSelector"),
                query.text("fieldSelector"),
                query.text("resourceVersion"),
                query.text("resourceVersionMatch"),
                (int) Math.min(Integer.MAX_VALUE, query.number("limit")),
                query.text("continue"),
                query.flag("allowWatchBookmarks"),
                query.text("sendInitialEvents").isEmpty() ? null : (Boolean) query.flag("sendInitialEvents"),
                watchSeconds(query.number("timeoutSeconds")));
    }

    private static int watchSeconds(long asked) {
        return asked == 0 ? LONGEST_WATCH_SECONDS : (int) Math.min(Integer.MAX_VALUE, asked);
    }

    static WriteOptions write(Query query) {
        return new WriteOptions(
                manager(query.text("fieldManager")),
                dryRun(query.all("dryRun")),
                validation(query),
                query.flag("force"),
                null);
    }

    private static String manager(String name) {
        if (name.length() > LONGEST_MANAGER) {
            throw invalid(
                    "FieldValueTooLong",
                    "fieldManager",
                    "Too long: may not be more than " + LONGEST_MANAGER + " bytes");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw invalid(
                    "FieldValueInvalid",
                    "fieldManager",
                    "Invalid value: \"" + name + "\": should only contain printable characters");
        }
        return name;
    }

    private static FieldValidation validation(Query query) {
        return switch (query.text("fieldValidation")) {
            case "", "Warn" -> FieldValidation.WARN;
            case "Ignore" -> FieldValidation.IGNORE;
            case "Strict" -> FieldValidation.STRICT;
            default ->
                throw notSupported(
                        "fieldValidation", query.text("fieldValidation"), "\"\", \"Ignore\", \"Strict\", \"Warn\"");
        };
    }

    private static boolean dryRun(List<String> values) {
        for (String value : values) {
            if (!value.equals("All")) {
                throw notSupported("dryRun", value, "\"All\"");
            }
        }
        return !values.isEmpty();
    }

    /** The body counts where there is one, else the query. */
    static DeleteOptions delete(io.orchestrator.api.meta.@Nullable DeleteOptions body, Query query) {
        if (body == null) {
            Long grace = query.has("gracePeriodSeconds") ? (Long) query.signed("gracePeriodSeconds") : null;
            return new DeleteOptions(
                    grace(grace),
                    propagation(
                            query.text("propagationPolicy"),
                            query.has("orphanDependents") ? (Boolean) query.flag("orphanDependents") : null),
                    "",
                    "",
                    dryRun(query.all("dryRun")),
                    null);
        }
        Preconditions preconditions = body.preconditions();
        String uid = preconditions == null || preconditions.uid() == null ? "" : preconditions.uid();
        String version =
                preconditions == null || preconditions.resourceVersion() == null ? "" : preconditions.resourceVersion();
        String policy = body.propagationPolicy() == null ? query.text("propagationPolicy") : body.propagationPolicy();
        boolean dry = dryRun(body.dryRun()) || dryRun(query.all("dryRun"));
        return new DeleteOptions(
                grace(body.gracePeriodSeconds()),
                propagation(policy, body.orphanDependents()),
                uid,
                version,
                dry,
                null);
    }

    /** Less than nothing means as little as there is, as in Kubernetes. */
    private static @Nullable Long grace(@Nullable Long seconds) {
        return seconds != null && seconds < 0 ? Long.valueOf(1) : seconds;
    }

    private static Propagation propagation(String policy, @Nullable Boolean orphanDependents) {
        if (!policy.isEmpty() && orphanDependents != null) {
            throw invalid(
                    "FieldValueInvalid",
                    "propagationPolicy",
                    "Invalid value: \"" + policy + "\": orphanDependents and deletionPropagation cannot be both set");
        }
        return switch (policy) {
            case "" ->
                orphanDependents == null
                        ? Propagation.DEFAULT
                        : orphanDependents ? Propagation.ORPHAN : Propagation.BACKGROUND;
            case "Orphan" -> Propagation.ORPHAN;
            case "Background" -> Propagation.BACKGROUND;
            case "Foreground" -> Propagation.FOREGROUND;
            default -> throw notSupported("propagationPolicy", policy, "\"Foreground\", \"Background\", \"Orphan\"");
        };
    }

    private static ApiException notSupported(String field, String value, String supported) {
        return invalid(
                "FieldValueNotSupported",
                field,
                "Unsupported value: \"" + value + "\": supported values: " + supported);
    }

    private static ApiException invalid(String reason, String field, String message) {
        return new ApiException(
                Reason.INVALID,
                field + ": " + message,
                ApiException.Subject.NONE,
                List.of(new Cause(reason, field, message)),
                0);
    }
}
