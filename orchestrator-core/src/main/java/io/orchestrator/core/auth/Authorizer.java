package io.orchestrator.core.auth;

/** Says whether somebody may do something. Thread-safe; must not block. */
@FunctionalInterface
public interface Authorizer {

    /**
     * What somebody wants to do.
     *
     * @param verb get, list, watch, create, update, patch, delete, deletecollection; for paths the lower-case HTTP method
     * @param group API group, empty for the core group
     * @param resource plural, with the subresource behind a slash; empty for a request on a path
     * @param path for what is not a resource, such as {@code /healthz}
     */
    record Request(
            UserInfo user, String verb, String group, String resource, String namespace, String name, String path) {}

    /** @param reason shown to the user when it is refused; may be empty */
    record Decision(boolean allowed, String reason) {
        public static Decision allow() {
            return new Decision(true, "");
        }

        public static Decision deny(String reason) {
            return new Decision(false, reason);
        }
    }

    Decision decide(Request request);
}
