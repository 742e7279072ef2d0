package io.orchestrator.apiserver.route;

import io.orchestrator.api.client.ApiException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go writes them, such as {@code 32s} or {@code 1m30s}. */
public final class GoDuration {
    private static final Pattern FORM = Pattern.compile("0|([0-9]{1,9}(\\.[0-9]*)?(ns|us|µs|ms|s|m|h))+");
    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]*)?)(ns|us|µs|ms|s|m|h)");

    private GoDuration() {}

    /**
     * Reads a parameter; empty is no time at all.
     *
     * @throws ApiException with reason BadRequest when it is there and is no duration
     */
    public static Duration of(String parameter, String text) {
        if (text.isEmpty() || text.equals("0")) {
            return Duration.ZERO;
        }
        if (!FORM.matcher(text).matches()) {
            throw ApiException.badRequest(
                    "invalid timeout: the query parameter " + parameter + " is no duration: \"" + text + "\"");
        }
        double nanos = 0;
        Matcher parts = PART.matcher(text);
        while (parts.find()) {
            nanos += Double.parseDouble(parts.group(1)) * nanosIn(parts.group(2));
        }
        return Duration.ofNanos((long) nanos);
    }

    private static double nanosIn(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us", "µs" -> 1e3;
            case "ms" -> 1e6;
            case "s" -> 1e9;
            case "m" -> 60e9;
            default -> 3600e9;
        };
    }
}
