package io.orchestrator.core.join;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A bootstrap token as people pass it on: {@code abcdef.0123456789abcdef}. */
public record JoinToken(String id, String secret) {
    private static final Pattern FORM = Pattern.compile("([a-z0-9]{6})\\.([a-z0-9]{16})");

    /** @throws IllegalArgumentException when it is none */
    public static JoinToken parse(String text) {
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "a token is of the form abcdef.0123456789abcdef, in small letters and digits");
        }
        return new JoinToken(parts.group(1), parts.group(2));
    }

    /** The whole of it. */
    public String text() {
        return id + "." + secret;
    }

    /** Says nothing of the secret. */
    @Override
    public String toString() {
        return "JoinToken[" + id + "]";
    }
}
