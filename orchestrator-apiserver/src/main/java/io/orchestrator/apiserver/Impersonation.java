package io.orchestrator.apiserver;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.apiserver.http.Exchange;
import io.orchestrator.core.auth.Authorizer;
import io.orchestrator.core.auth.UserInfo;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Requests in somebody else's name, {@code kubectl --as}: whoever may impersonate the user, each of the groups, the uid and
 * each of the extra values asked for is that user, and nobody else, for the request. Pure.
 */
final class Impersonation {
    /** What all of them begin with: most requests have none. */
    private static final String ANY = "impersonate-";

    private static final String USER = "Impersonate-User";
    private static final String GROUP = "Impersonate-Group";
    private static final String UID = "Impersonate-Uid";
    private static final String EXTRA = "impersonate-extra-";
    private static final String ACCOUNT = "system:serviceaccount:";
    private static final String AUTHENTICATION = "authentication.k8s.io";
    private static final String UNAUTHENTICATED = "system:unauthenticated";

    private Impersonation() {}

    /**
     * The user in whose name the request is made.
     *
     * @param require throws where the caller has not the right
     */
    static UserInfo user(Exchange exchange, UserInfo caller, Consumer<Authorizer.Request> require) {
        if (!exchange.hasHeaderLike(ANY)) {
            return caller;
        }
        String name = exchange.header(USER);
        List<String> groups = exchange.headers(GROUP);
        String uid = exchange.header(UID);
        Map<String, List<String>> extra = extra(exchange);
        if (name.isEmpty()) {
            if (!groups.isEmpty() || !uid.isEmpty() || !extra.isEmpty()) {
                throw ApiException.badRequest(
                        "requested groups, uid or extra values to impersonate without impersonating a user");
            }
            return caller;
        }
        String account = name.startsWith(ACCOUNT) ? name.substring(ACCOUNT.length()) : "";
        int colon = account.indexOf(':');
        if (colon > 0) {
            require.accept(
                    request(caller, "", "serviceaccounts", account.substring(0, colon), account.substring(colon + 1)));
        } else {
            require.accept(request(caller, "", "users", "", name));
        }
        groups.forEach(group -> require.accept(request(caller, "", "groups", "", group)));
        if (!uid.isEmpty()) {
            require.accept(request(caller, AUTHENTICATION, "uids", "", uid));
        }
        extra.forEach((key, values) -> values.forEach(
                value -> require.accept(request(caller, AUTHENTICATION, "userextras/" + key, "", value))));
        return impersonated(name, uid, groups, colon > 0 ? account.substring(0, colon) : "", extra);
    }

    private static UserInfo impersonated(
            String name, String uid, List<String> groups, String namespace, Map<String, List<String>> extra) {
        List<String> all = new ArrayList<>(groups);
        if (!namespace.isEmpty() && groups.isEmpty()) {
            all.add("system:serviceaccounts");
            all.add("system:serviceaccounts:" + namespace);
        }
        if (name.equals(UserInfo.anonymous().name()) || all.contains(UNAUTHENTICATED)) {
            if (!all.contains(UNAUTHENTICATED)) {
                all.add(UNAUTHENTICATED);
            }
            return new UserInfo(name, uid, all, extra);
        }
        return UserInfo.authenticated(name, uid, all).withExtra(extra);
    }

    private static Authorizer.Request request(
            UserInfo caller, String group, String resource, String namespace, String name) {
        return new Authorizer.Request(caller, "impersonate", group, resource, namespace, name, "");
    }

    /** Keys are case-insensitive, and what a header's name cannot hold in them is escaped. */
    private static Map<String, List<String>> extra(Exchange exchange) {
        Map<String, List<String>> extra = new LinkedHashMap<>();
        for (String header : exchange.headerNames()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith(EXTRA)) {
                extra.put(decoded(lower.substring(EXTRA.length())), exchange.headers(header));
            }
        }
        return extra;
    }

    private static String decoded(String key) {
        try {
            return URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEscaped) {
            // As Kubernetes has it: a key that is no escape stands for itself.
            return key;
        }
    }
}
