package io.orchestrator.core.cel;

import com.google.re2j.Pattern;
import dev.cel.common.CelValidationException;

/** What a compiler finds, in the words of Kubernetes. Pure functions. */
final class Issues {
    /** Kubernetes does not list what would have fitted. */
    private static final Pattern CANDIDATES = Pattern.compile("(?m) \\(candidates: .*\\)$");

    private Issues() {}

    static String words(CelValidationException e) {
        return CANDIDATES.matcher(String.valueOf(e.getMessage())).replaceAll("");
    }
}
