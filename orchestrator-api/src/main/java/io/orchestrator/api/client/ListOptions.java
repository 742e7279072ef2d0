package io.orchestrator.api.client;

import org.jspecify.annotations.Nullable;

/**
 * Which objects, and as of when.
 *
 * @param labelSelector as on the wire, such as {@code app=web,tier in (a,b)}; empty for all
 * @param fieldSelector as on the wire, such as {@code spec.nodeName=n1}; empty for all
 * @param resourceVersion empty: the newest; {@code 0}: whatever is at hand; else at least that version
 * @param resourceVersionMatch empty, {@code Exact} or {@code NotOlderThan}
 * @param limit the most objects in one answer; 0 for all
 * @param continueToken from the answer before; empty for the first page
 * @param allowBookmarks a watch may send bookmarks
 * @param sendInitialEvents true: a watch begins with the current objects, then an annotated bookmark; false: it never begins
 *     with objects; null: with those where it names no version or 0
 * @param timeoutSeconds how long a watch may last; 0 leaves it to the server
 */
public record ListOptions(
        String labelSelector,
        String fieldSelector,
        String resourceVersion,
        String resourceVersionMatch,
        int limit,
        String continueToken,
        boolean allowBookmarks,
        @Nullable Boolean sendInitialEvents,
        int timeoutSeconds) {

    private static final ListOptions ALL = new ListOptions("", "", "", "", 0, "", false, null, 0);

    public static ListOptions all() {
        return ALL;
    }

    public ListOptions labels(String selector) {
        return new ListOptions(
                selector,
                fieldSelector,
                resourceVersion,
                resourceVersionMatch,
                limit,
                continueToken,
                allowBookmarks,
                sendInitialEvents,
                timeoutSeconds);
    }

    public ListOptions fields(String selector) {
        return new ListOptions(
                labelSelector,
                selector,
                resourceVersion,
                resourceVersionMatch,
                limit,
                continueToken,
                allowBookmarks,
                sendInitialEvents,
                timeoutSeconds);
    }

    public ListOptions since(String resourceVersion) {
        return new ListOptions(
                labelSelector,
                fieldSelector,
                resourceVersion,
                resourceVersionMatch,
                limit,
                continueToken,
                allowBookmarks,
                sendInitialEvents,
                timeoutSeconds);
    }

    public ListOptions matching(String resourceVersionMatch) {
        return new ListOptions(
                labelSelector,
                fieldSelector,
                resourceVersion,
                resourceVersionMatch,
                limit,
                continueToken,
                allowBookmarks,
                sendInitialEvents,
                timeoutSeconds);
    }

    public ListOptions page(int limit, String continueToken) {
        return new ListOptions(
                labelSelector,
                fieldSelector,
                resourceVersion,
                resourceVersionMatch,
                limit,
                continueToken,
                allowBookmarks,
                sendInitialEvents,
                timeoutSeconds);
    }

    public ListOptions withBookmarks() {
        return new ListOptions(
                labelSelector,
                fieldSelector,
                resourceVersion,
                resourceVersionMatch,
                limit,
                continueToken,
                true,
                sendInitialEvents,
                timeoutSeconds);
    }

    /** A watch that the server ends after this many seconds; 0 leaves it to the server. */
    public ListOptions lasting(int timeoutSeconds) {
        return new ListOptions(
                labelSelector,
                fieldSelector,
                resourceVersion,
                resourceVersionMatch,
                limit,
                continueToken,
                allowBookmarks,
                sendInitialEvents,
                timeoutSeconds);
    }
}
