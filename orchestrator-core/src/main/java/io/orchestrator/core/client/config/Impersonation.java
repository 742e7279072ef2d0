package io.orchestrator.core.client.config;

import java.util.List;
import java.util.Map;

/**
 * On whose behalf requests are made.
 *
 * @param user empty for oneself; the others count only with it
 */
public record Impersonation(String user, String uid, List<String> groups, Map<String, List<String>> extra) {
    public Impersonation {
        groups = List.copyOf(groups);
        extra = Map.copyOf(extra);
        if (user.isEmpty() && !(uid.isEmpty() && groups.isEmpty() && extra.isEmpty())) {
            throw new ConfigException(
                    "requesting uid, groups or user-extra without impersonating a user is not supported");
        }
    }

    public static Impersonation none() {
        return new Impersonation("", "", List.of(), Map.of());
    }

    public static Impersonation of(String user, String... groups) {
        return new Impersonation(user, "", List.of(groups), Map.of());
    }
}
