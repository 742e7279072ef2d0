package io.orchestrator.core.auth.token;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Secret;
import io.orchestrator.api.model.core.ServiceAccount;
import io.orchestrator.core.auth.UserInfo;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a token holds: it is ours, within its time, for the right audience, and its account and the object that it is bound
 * to are still the same ones. Thread-safe.
 */
public final class TokenCheck {
    /** Clocks of the control planes of one cluster may differ so much. */
    private static final Duration SKEW = Duration.ofSeconds(10);
    /** Deleted objects keep their tokens good for so long, so that what shuts down can still report. */
    private static final Duration LEEWAY = Duration.ofSeconds(60);

    private static final String EXTRA = "authentication.kubernetes.io/";

    /** What came of it. @param audiences those asked for that the token is for */
    public sealed interface Result {
        record Good(UserInfo user, List<String> audiences) implements Result {}

        record Bad(String why) implements Result {}
    }

    private final TokenCodec codec;
    private final Clock clock;

    public TokenCheck(TokenCodec codec, Clock clock) {
        this.codec = codec;
        this.clock = clock;
    }

    /** The audience of the API server itself. */
    public String ownAudience() {
        return codec.issuer();
    }

    /** @param wanted the audiences of which one must be the token's */
    public Result check(String token, List<String> wanted, ObjectLookup lookup) {
        Optional<TokenClaims> read = codec.read(token);
        if (read.isEmpty()) {
            return new Result.Bad("invalid bearer token");
        }
        TokenClaims claims = read.get();
        List<String> carried = claims.isKept() ? List.of(ownAudience()) : claims.audiences();
        List<String> matching = wanted.stream().filter(carried::contains).toList();
        if (matching.isEmpty()) {
            return new Result.Bad("token audiences " + carried + " is invalid for the target audiences " + wanted);
        }
        Instant now = clock.instant();
        Instant expires = claims.expires();
        if (expires != null && !now.isBefore(expires)) {
            return new Result.Bad("service account token has expired");
        }
        if (now.plus(SKEW).isBefore(claims.issued())) {
            return new Result.Bad("service account token is not valid yet");
        }
        String fault = faultOfObjects(claims, token, lookup, now);
        if (!fault.isEmpty()) {
            fault = faultOfObjects(claims, token, lookup.fresh(), now);
        }
        return fault.isEmpty() ? new Result.Good(user(claims), matching) : new Result.Bad(fault);
    }

    private static String faultOfObjects(TokenClaims claims, String token, ObjectLookup lookup, Instant now) {
        if (!stands(ServiceAccount.TYPE, claims.namespace(), claims.name(), claims.uid(), lookup, now)) {
            return "service account " + claims.namespace() + "/" + claims.name() + " has been deleted";
        }
        Optional<BoundObject> bound = claims.bound();
        if (bound.isEmpty()) {
            return "";
        }
        BoundObject object = bound.get();
        boolean stands = switch (object.kind()) {
            case "Pod" -> stands(Pod.TYPE, claims.namespace(), object.name(), object.uid(), lookup, now);
            case "Node" -> stands(Node.TYPE, "", object.name(), object.uid(), lookup, now);
            default ->
                claims.isKept()
                        ? keeps(claims.namespace(), object.name(), token, lookup)
                        : stands(Secret.TYPE, claims.namespace(), object.name(), object.uid(), lookup, now);
        };
        return stands ? "" : "service account token has been invalidated: its " + object.kind() + " is gone";
    }

    private static <T extends Resource> boolean stands(
            ResourceType<T> type, String namespace, String name, String uid, ObjectLookup lookup, Instant now) {
        return lookup.find(type, namespace, name)
                .filter(object -> object.metadata().uid().equals(uid) && !isLongDeleted(object.metadata(), now))
                .isPresent();
    }

    private static boolean isLongDeleted(ObjectMeta metadata, Instant now) {
        return metadata.deletionTimestamp() != null
                && metadata.deletionTimestamp().instant().plus(LEEWAY).isBefore(now);
    }

    /** Whether the secret still holds the very token: taking it out revokes it. */
    private static boolean keeps(String namespace, String name, String token, ObjectLookup lookup) {
        return lookup.find(Secret.TYPE, namespace, name)
                .filter(secret -> secret.metadata().deletionTimestamp() == null)
                .map(secret -> secret.data().get("token"))
                .filter(kept -> new String(kept.toByteArray(), StandardCharsets.UTF_8).equals(token))
                .isPresent();
    }

    private static UserInfo user(TokenClaims claims) {
        Map<String, List<String>> extra = new LinkedHashMap<>();
        if (!claims.id().isEmpty()) {
            extra.put(EXTRA + "credential-id", List.of("JTI=" + claims.id()));
        }
        claims.bound().or(() -> claims.node()).ifPresent(bound -> {
            if (bound.kind().equals("Pod") || bound.kind().equals("Node")) {
                put(extra, bound);
            }
        });
        claims.node().ifPresent(node -> put(extra, node));
        return UserInfo.authenticated(
                        claims.subject(),
                        claims.uid(),
                        List.of("system:serviceaccounts", "system:serviceaccounts:" + claims.namespace()))
                .withExtra(extra);
    }

    private static void put(Map<String, List<String>> extra, BoundObject object) {
        String kind = object.kind().toLowerCase(java.util.Locale.ROOT);
        extra.put(EXTRA + kind + "-name", List.of(object.name()));
        extra.put(EXTRA + kind + "-uid", List.of(object.uid()));
    }
}
