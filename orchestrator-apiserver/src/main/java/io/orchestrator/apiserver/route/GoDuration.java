package io.orchestrator.apiserver.route;

import io.orchestrator.api.client.ApiException;
import java.util.regex.Pattern;

/** Durations as Go writes them, such as {@code 32s} or {@code 1m30s}. */
public final class GoDuration {
    private static final Pattern FORM = Pattern.compile("0|([0-9]+(\\.[0-9]*)?(ns|us|µs|ms|s|m|h))+");

    private GoDuration() {}

    /** Refuses a parameter that is there and is none. */
    public static void check(String parameter, String text) {
        if (!text.isEmpty() && !FORM.matcher(text).matches()) {
            throw ApiException.badRequest(
                    "invalid timeout: the query parameter " + parameter + " is no duration: \"" + text + "\"");
        }
    }
}
