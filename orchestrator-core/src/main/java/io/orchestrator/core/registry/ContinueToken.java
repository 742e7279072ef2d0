package io.orchestrator.core.registry;

import io.orchestrator.api.client.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where the next page of a list begins: opaque to clients, nothing but this on the server.
 *
 * @param revision the revision that all pages show, or {@link #NEWEST}
 * @param after the last key of the page before, relative to the listed folder
 */
record ContinueToken(long revision, String after) {
    /** The rest is shown as it is when it is asked for. */
    static final long NEWEST = -1;

    private static final String FORM = "1";

    boolean isAtNewest() {
        return revision == NEWEST;
    }

    String encode() {
        String text = FORM + ':' + revision + ':' + after;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static ContinueToken decode(String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            String[] parts = text.split(":", 3);
            if (parts.length == 3 && parts[0].equals(FORM) && !parts[2].isEmpty() && !parts[2].contains("..")) {
                long revision = Long.parseLong(parts[1]);
                if (revision > 0 || revision == NEWEST) {
                    return new ContinueToken(revision, parts[2]);
                }
            }
        } catch (IllegalArgumentException e) {
            throw badToken(String.valueOf(e.getMessage()));
        }
        throw badToken("it was not made by this server");
    }

    private static ApiException badToken(String why) {
        return ApiException.badRequest("continue key is not valid: " + why);
    }
}
