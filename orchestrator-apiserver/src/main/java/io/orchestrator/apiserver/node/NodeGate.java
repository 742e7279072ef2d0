package io.orchestrator.apiserver.node;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.model.authentication.TokenReview;
import io.orchestrator.api.model.authentication.TokenReviewBuilder;
import io.orchestrator.api.model.authentication.TokenReviewSpecBuilder;
import io.orchestrator.api.model.authentication.TokenReviewStatus;
import io.orchestrator.api.model.authorization.ResourceAttributesBuilder;
import io.orchestrator.api.model.authorization.SubjectAccessReview;
import io.orchestrator.api.model.authorization.SubjectAccessReviewBuilder;
import io.orchestrator.api.model.authorization.SubjectAccessReviewSpecBuilder;
import io.orchestrator.api.model.authorization.SubjectAccessReviewStatus;
import io.orchestrator.apiserver.http.Exchange;
import io.orchestrator.core.auth.Authenticator.Evidence;
import io.orchestrator.core.auth.CertificateAuthenticator;
import io.orchestrator.core.auth.UserInfo;
import io.orchestrator.core.embed.ServedNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who asks a node, and whether they may: by a certificate of the cluster's authority, or a token that the API vouches for; and by
 * what the API says about {@code nodes/proxy} and its siblings, as kubelets ask it. Answers are remembered for as long as
 * kubelets remember them. Blocks while the API is asked. Thread-safe.
 */
final class NodeGate {
    private static final Duration KNOWN_TOKEN = Duration.ofMinutes(2);
    private static final Duration ALLOWED = Duration.ofMinutes(5);
    private static final Duration REFUSED = Duration.ofSeconds(30);

    /** What somebody wants of the node. */
    private record Wish(UserInfo user, String verb, String subresource) {}

    private final String node;
    private final Client client;
    private final CertificateAuthenticator certificates;
    private final Remembered<String, UserInfo> users;
    private final Remembered<Wish, Boolean> decisions;

    NodeGate(ServedNode node) {
        this.node = node.name();
        this.client = node.client();
        this.certificates = new CertificateAuthenticator(
                node.authority(), node.environment().clock());
        this.users = new Remembered<>(node.environment().nanoTime());
        this.decisions = new Remembered<>(node.environment().nanoTime());
    }

    /** @throws ApiException with reason Unauthorized or Forbidden, or as the API fails to answer */
    void require(Exchange exchange) {
        UserInfo user =
                user(exchange.evidence()).orElseThrow(() -> new ApiException(Reason.UNAUTHORIZED, "Unauthorized"));
        Wish wish = new Wish(user, verb(exchange.method()), subresource(exchange.rawPath()));
        boolean allowed = decisions.find(wish).orElseGet(() -> {
            boolean decided = decide(wish);
            decisions.put(wish, decided, decided ? ALLOWED : REFUSED);
            return decided;
        });
        if (!allowed) {
            throw new ApiException(
                    Reason.FORBIDDEN,
                    "Forbidden (user=" + user.name() + ", verb=" + wish.verb() + ", resource=nodes, subresource="
                            + wish.subresource() + ")");
        }
    }

    private Optional<UserInfo> user(Evidence evidence) {
        Optional<UserInfo> certified = certificates.authenticate(evidence);
        if (certified.isPresent() || evidence.bearerToken().isEmpty()) {
            return certified;
        }
        Optional<UserInfo> known = users.find(evidence.bearerToken());
        if (known.isPresent()) {
            return known;
        }
        Optional<UserInfo> reviewed = review(evidence.bearerToken());
        reviewed.ifPresent(user -> users.put(evidence.bearerToken(), user, KNOWN_TOKEN));
        return reviewed;
    }

    private Optional<UserInfo> review(String token) {
        TokenReviewStatus answer = client.resources(TokenReview.TYPE)
                .create(TokenReviewBuilder.builder()
                        .spec(TokenReviewSpecBuilder.builder().token(token).build())
                        .build())
                .status();
        if (!answer.authenticated()) {
            return Optional.empty();
        }
        var user = answer.user();
        return Optional.of(new UserInfo(user.username(), user.uid(), user.groups(), user.extra()));
    }

    private boolean decide(Wish wish) {
        UserInfo user = wish.user();
        SubjectAccessReviewStatus answer = client.resources(SubjectAccessReview.TYPE)
                .create(SubjectAccessReviewBuilder.builder()
                        .spec(SubjectAccessReviewSpecBuilder.builder()
                                .user(user.name())
                                .uid(user.uid())
                                .groups(List.copyOf(user.groups()))
                                .extra(user.extra())
                                .resourceAttributes(ResourceAttributesBuilder.builder()
                                        .verb(wish.verb())
                                        .resource("nodes")
                                        .subresource(wish.subresource())
                                        .name(node)
                                        .build())
                                .build())
                        .build())
                .status();
        return answer.allowed() && !answer.denied();
    }

    private static String verb(String method) {
        return switch (method) {
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> "delete";
            case "GET", "HEAD" -> "get";
            default -> method.toLowerCase(Locale.ROOT);
        };
    }

    /** Whoever may read figures need not be let into pods. */
    private static String subresource(String path) {
        if (isBelow(path, "/stats")) {
            return "stats";
        }
        if (isBelow(path, "/metrics")) {
            return "metrics";
        }
        if (isBelow(path, "/logs")) {
            return "log";
        }
        return isBelow(path, "/checkpoint") ? "checkpoint" : "proxy";
    }

    private static boolean isBelow(String path, String root) {
        return path.equals(root) || path.startsWith(root + "/");
    }
}
