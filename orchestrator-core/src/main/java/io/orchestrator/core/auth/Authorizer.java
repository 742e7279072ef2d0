package io.orchestrator.core.auth;

import java.util.List;

/** Says whether somebody may do something. Thread-safe; must not block. */
@FunctionalInterface
public interface Authorizer {

    /**
     * What somebody wants to do.
     *
     * @param verb get, list, watch, create, update, patch, delete, deletecollection; for paths the lower-case HTTP method
     * @param group API group, empty for the core group
     * @param resource plural, with the subresource behind a slash; empty for a request on a path
     * @param name empty for a request on many objects that names none
     * @param path for what is not a resource, such as {@code /healthz}
     */
    record Request(
            UserInfo user, String verb, String group, String resource, String namespace, String name, String path) {

        /** A request on a path. */
        public static Request ofPath(UserInfo user, String verb, String path) {
            return new Request(user, verb, "", "", "", "", path);
        }
    }

    /** @param reason why; shown to the user when it is refused; may be empty */
    record Decision(boolean allowed, String reason) {
        public static Decision allow() {
            return new Decision(true, "");
        }

        public static Decision deny(String reason) {
            return new Decision(false, reason);
        }
    }

    Decision decide(Request request);

    /** Asks one after the other: what one of them allows is allowed. What all refuse is refused for all their reasons. */
    static Authorizer anyOf(List<Authorizer> authorizers) {
        List<Authorizer> all = List.copyOf(authorizers);
        return request -> {
            StringBuilder reasons = new StringBuilder();
            for (Authorizer each : all) {
                Decision decision = each.decide(request);
                if (decision.allowed()) {
                    return decision;
                }
                if (!decision.reason().isEmpty()) {
                    reasons.append(reasons.isEmpty() ? "" : "\n").append(decision.reason());
                }
            }
            return Decision.deny(reasons.toString());
        };
    }
}
