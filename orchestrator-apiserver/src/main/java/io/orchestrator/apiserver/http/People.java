package io.orchestrator.apiserver.http;

import java.util.Set;

/** Whom an answer is indented for. Stateless. */
final class People {
    private static final Set<String> PRETTY = Set.of("1", "t", "T", "TRUE", "true", "True");
    /** As Kubernetes knows them. */
    private static final String[] AGENTS = {"curl", "Wget", "Mozilla/5.0"};

    private People() {}

    /**
     * Whether people ask: where it is asked for, and by programs by which people ask.
     *
     * @param pretty what the query says of it; empty where nothing
     * @param agent by which program it is asked
     */
    static boolean ask(String pretty, String agent) {
        if (!pretty.isEmpty()) {
            return PRETTY.contains(pretty);
        }
        for (String each : AGENTS) {
            if (agent.startsWith(each)) {
                return true;
            }
        }
        return false;
    }
}
