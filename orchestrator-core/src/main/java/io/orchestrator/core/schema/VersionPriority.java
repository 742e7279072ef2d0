package io.orchestrator.core.schema;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The order of API versions as Kubernetes prefers them: {@code v2, v1, v1beta2, v1beta1, v1alpha1}, then all others by name. */
public final class VersionPriority {
    public static final Comparator<String> FIRST_PREFERRED = Comparator.<String>comparingInt(
                    version -> -stability(version))
            .thenComparing(version -> -number(version, 1))
            .thenComparing(version -> -number(version, 3))
            .thenComparing(Comparator.naturalOrder());

    private static final Pattern VERSION = Pattern.compile("v(\\d{1,9})(?:(alpha|beta)(\\d{1,9}))?");
    private static final int STABLE = 3;
    private static final int BETA = 2;
    private static final int ALPHA = 1;

    private VersionPriority() {}

    private static int stability(String version) {
        Matcher matcher = VERSION.matcher(version);
        if (!matcher.matches()) {
            return 0;
        }
        String stage = matcher.group(2);
        return stage == null ? STABLE : stage.equals("beta") ? BETA : ALPHA;
    }

    private static long number(String version, int group) {
        Matcher matcher = VERSION.matcher(version);
        String digits = matcher.matches() ? matcher.group(group) : null;
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
