package io.orchestrator.apiserver;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.apiserver.http.Exchange;
import io.orchestrator.apiserver.route.RequestPath;
import io.orchestrator.core.auth.Authenticator;
import io.orchestrator.core.auth.Authorizer;
import io.orchestrator.core.auth.UserInfo;
import io.orchestrator.core.embed.ControlPlane;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Who makes a request, in whose name, and whether they may. Thread-safe. */
final class AccessGate {
    /** Verbs on many objects, which a field selector may narrow to the one that somebody may see. */
    private static final Set<String> ON_MANY = Set.of("list", "watch", "deletecollection");

    private final Authenticator authenticator;
    private final Authorizer authorizer;

    AccessGate(ControlPlane plane) {
        this.authenticator = plane.authenticator();
        this.authorizer = plane.authorizer();
    }

    /**
     * The user behind the request, or the one in whose name it is made.
     *
     * @throws ApiException with reason Unauthorized when what was shown counts for nothing, Forbidden when they may not
     *     impersonate
     */
    UserInfo user(Exchange exchange) {
        var evidence = exchange.evidence();
        Optional<UserInfo> user = authenticator.authenticate(evidence);
        // A password is shown in vain, too: who shows anything that counts for nothing is not merely anonymous.
        boolean shown = !evidence.isEmpty() || !exchange.header("Authorization").isEmpty();
        if (user.isEmpty() && shown) {
            throw unauthorized();
        }
        UserInfo caller = user.orElseGet(UserInfo::anonymous);
        return Impersonation.user(exchange, caller, request -> require(request, user.isEmpty()));
    }

    /** @throws ApiException with reason Forbidden, or Unauthorized for those who showed nothing */
    void require(Exchange exchange, RequestPath path, String verb, UserInfo user) {
        boolean nobody = user.equals(UserInfo.anonymous())
                && exchange.header("Impersonate-User").isEmpty();
        if (path instanceof RequestPath.OfResource resource) {
            require(request(exchange, resource, verb, user), nobody);
        } else if (path instanceof RequestPath.Plain plain) {
            String method = exchange.method().toLowerCase(Locale.ROOT);
            require(Authorizer.Request.ofPath(user, method.equals("head") ? "get" : method, plain.path()), nobody);
        }
    }

    private static Authorizer.Request request(
            Exchange exchange, RequestPath.OfResource path, String verb, UserInfo user) {
        boolean ofNamespace = path.group().isEmpty() && path.plural().equals("namespaces");
        String name = path.name().isEmpty() && ON_MANY.contains(verb)
                ? nameIn(exchange.query().text("fieldSelector"))
                : path.name();
        return new Authorizer.Request(
                user,
                verb,
                path.group(),
                path.qualifiedPlural(),
                ofNamespace ? path.name() : path.namespace(),
                name,
                "");
    }

    private static String nameIn(String fieldSelector) {
        for (String part : fieldSelector.split(",")) {
            String[] sides = part.split("==|=", 2);
            if (sides.length == 2 && sides[0].equals("metadata.name")) {
                return sides[1];
            }
        }
        return "";
    }

    private void require(Authorizer.Request request, boolean nobody) {
        Authorizer.Decision decision = authorizer.decide(request);
        if (decision.allowed()) {
            return;
        }
        if (nobody) {
            throw unauthorized();
        }
        throw new ApiException(
                Reason.FORBIDDEN,
                forbidden(request) + (decision.reason().isEmpty() ? "" : ": " + decision.reason()),
                new ApiException.Subject(request.group(), plural(request), request.name(), ""),
                List.of(),
                0);
    }

    /** As Kubernetes words it; people search for it. */
    private static String forbidden(Authorizer.Request request) {
        String user = "User \"" + request.user().name() + "\" cannot " + request.verb();
        if (request.resource().isEmpty()) {
            return "forbidden: " + user + " path \"" + request.path() + "\"";
        }
        String plural = plural(request);
        String qualified = request.group().isEmpty() ? plural : plural + "." + request.group();
        String subject = request.name().isEmpty() ? qualified : qualified + " \"" + request.name() + "\"";
        String scope = request.namespace().isEmpty()
                ? " at the cluster scope"
                : " in the namespace \"" + request.namespace() + "\"";
        return subject + " is forbidden: " + user + " resource \"" + request.resource() + "\" in API group \""
                + request.group() + "\"" + scope;
    }

    private static String plural(Authorizer.Request request) {
        int slash = request.resource().indexOf('/');
        return slash < 0 ? request.resource() : request.resource().substring(0, slash);
    }

    private static ApiException unauthorized() {
        return new ApiException(Reason.UNAUTHORIZED, "Unauthorized");
    }
}
