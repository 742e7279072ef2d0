package io.orchestrator.core.auth;

import java.util.List;
import java.util.Map;

/** Who makes a request, as far as it could be proven. Names and groups are those of Kubernetes. */
public record UserInfo(String name, String uid, List<String> groups, Map<String, List<String>> extra) {
    /** Whoever holds this group may do everything. */
    public static final String MASTERS = "system:masters";

    private static final String AUTHENTICATED = "system:authenticated";

    public UserInfo {
        groups = List.copyOf(groups);
        extra = Map.copyOf(extra);
    }

    /** Somebody who showed no credential at all. */
    public static UserInfo anonymous() {
        return new UserInfo("system:anonymous", "", List.of("system:unauthenticated"), Map.of());
    }

    /** A proven user: the group of all authenticated users is added. */
    public static UserInfo authenticated(String name, String uid, List<String> groups) {
        if (groups.contains(AUTHENTICATED)) {
            return new UserInfo(name, uid, groups, Map.of());
        }
        List<String> all = new java.util.ArrayList<>(groups);
        all.add(AUTHENTICATED);
        return new UserInfo(name, uid, all, Map.of());
    }

    /** The host application itself, in its own process. */
    public static UserInfo host() {
        return authenticated("system:admin", "", List.of(MASTERS));
    }

    /** The same with what else is known of them. */
    public UserInfo withExtra(Map<String, List<String>> more) {
        return new UserInfo(name, uid, groups, more);
    }

    public boolean isIn(String group) {
        return groups.contains(group);
    }
}
