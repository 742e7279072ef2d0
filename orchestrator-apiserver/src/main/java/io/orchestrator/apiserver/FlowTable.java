package io.orchestrator.apiserver;

import io.orchestrator.apiserver.flow.Level;
import io.orchestrator.apiserver.route.RequestPath;
import io.orchestrator.core.auth.UserInfo;
import java.util.List;

/**
 * Which requests belong together and how much they count, as Kubernetes suggests it: administrators and probes never wait,
 * nodes and the control plane have seats of their own, and everybody else shares what is left, user by user. Immutable.
 */
final class FlowTable {
    private static final int QUEUE_LENGTH = 50;
    private static final int WAITING = 64 * QUEUE_LENGTH;
    private static final String EXEMPT = "exempt";
    private static final String SYSTEM = "system";
    private static final String NODE_HIGH = "node-high";
    private static final String ELECTION = "leader-election";
    private static final String HIGH = "workload-high";
    private static final String LOW = "workload-low";
    private static final String GLOBAL = "global-default";
    private static final String ACCOUNTS = "system:serviceaccounts";

    private final List<Level> levels;

    private FlowTable(List<Level> levels) {
        this.levels = List.copyOf(levels);
    }

    static FlowTable standard() {
        return new FlowTable(List.of(
                Level.exempt(EXEMPT),
                limited(SYSTEM, 30, 33),
                limited(NODE_HIGH, 40, 25),
                limited(ELECTION, 10, 0),
                limited(HIGH, 40, 50),
                limited(LOW, 100, 90),
                limited(GLOBAL, 20, 50)));
    }

    private static Level limited(String name, int shares, int lendable) {
        return new Level(name, false, shares, lendable, -1, QUEUE_LENGTH, WAITING);
    }

    List<Level> levels() {
        return levels;
    }

    /** What kind of request this is. @param verb empty for one to no resource */
    Admittance.Kind kind(UserInfo user, String verb, RequestPath path) {
        String level = level(user, verb, path);
        return new Admittance.Kind(level, level + "/" + user.name(), user.name());
    }

    private static String level(UserInfo user, String verb, RequestPath path) {
        if (user.groups().contains(UserInfo.MASTERS) || isProbe(path)) {
            return EXEMPT;
        }
        if (user.groups().contains("system:nodes")) {
            return isHeartbeat(verb, path) ? NODE_HIGH : SYSTEM;
        }
        boolean control = user.name().equals("system:kube-controller-manager")
                || user.name().equals("system:kube-scheduler")
                || user.groups().contains(ACCOUNTS + ":kube-system");
        if (control) {
            return path instanceof RequestPath.OfResource resource
                            && resource.plural().equals("leases")
                    ? ELECTION
                    : HIGH;
        }
        return user.groups().contains(ACCOUNTS) ? LOW : GLOBAL;
    }

    private static boolean isProbe(RequestPath path) {
        return path instanceof RequestPath.Plain plain
                && !plain.segments().isEmpty()
                && List.of("healthz", "livez", "readyz")
                        .contains(plain.segments().get(0));
    }

    private static boolean isHeartbeat(String verb, RequestPath path) {
        return path instanceof RequestPath.OfResource resource
                && (resource.plural().equals("leases")
                        || (resource.qualifiedPlural().equals("nodes/status")
                                && (verb.equals("update") || verb.equals("patch"))));
    }
}
