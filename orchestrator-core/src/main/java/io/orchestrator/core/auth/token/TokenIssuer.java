package io.orchestrator.core.auth.token;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Cause;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.authentication.BoundObjectReference;
import io.orchestrator.api.model.authentication.TokenRequest;
import io.orchestrator.api.model.authentication.TokenRequestBuilder;
import io.orchestrator.api.model.authentication.TokenRequestSpec;
import io.orchestrator.api.model.authentication.TokenRequestSpecBuilder;
import io.orchestrator.api.model.authentication.TokenRequestStatus;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Secret;
import io.orchestrator.api.model.core.ServiceAccount;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers requests for tokens of a service account. Thread-safe. */
public final class TokenIssuer {
    private static final long SHORTEST_SECONDS = 600;
    private static final long LONGEST_SECONDS = 1L << 32;
    private static final long DEFAULT_SECONDS = 3600;
    /** Programs that read their token once are thus not shut out within the hour; the agent renews it all the same. */
    private static final long POD_ASKS_SECONDS = 3607;

    private static final Duration POD_LIFE = Duration.ofDays(365);

    private final TokenCodec codec;
    private final Clock clock;
    private final Supplier<String> ids;

    /** @param ids unique ones */
    public TokenIssuer(TokenCodec codec, Clock clock, Supplier<String> ids) {
        this.codec = codec;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * The request with its token.
     *
     * @throws ApiException with reason Invalid, NotFound, Conflict or Forbidden
     */
    public TokenRequest issue(ServiceAccount account, TokenRequest asked, ObjectLookup lookup) {
        TokenRequestSpec spec = completed(asked.spec());
        check(account, spec);
        String namespace = account.metadata().namespace();
        BoundObjectReference reference = spec.boundObjectRef();
        Optional<BoundObject> bound = Optional.empty();
        Optional<BoundObject> node = Optional.empty();
        if (reference != null) {
            switch (reference.kind()) {
                case "Pod" -> {
                    Pod pod = find(Pod.TYPE, namespace, reference, lookup);
                    requireAccount(account, pod);
                    bound = Optional.of(bound("Pod", pod));
                    node = nodeOf(pod, lookup);
                }
                case "Node" -> bound = Optional.of(bound("Node", find(Node.TYPE, "", reference, lookup)));
                default -> bound = Optional.of(bound("Secret", find(Secret.TYPE, namespace, reference, lookup)));
            }
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        long seconds = spec.expirationSeconds() == null ? DEFAULT_SECONDS : spec.expirationSeconds();
        Instant told = now.plusSeconds(seconds);
        boolean forPod = reference != null && reference.kind().equals("Pod") && seconds == POD_ASKS_SECONDS;
        Instant expires = forPod && isForOurselves(spec.audiences()) ? now.plus(POD_LIFE) : told;
        TokenClaims claims = new TokenClaims(
                namespace,
                account.metadata().name(),
                account.metadata().uid(),
                spec.audiences(),
                bound,
                node,
                ids.get(),
                now,
                expires);
        return TokenRequestBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(account.metadata().name())
                        .namespace(namespace)
                        .creationTimestamp(Time.of(now))
                        .build())
                .spec(spec)
                .status(new TokenRequestStatus(codec.sign(claims), Time.of(told)))
                .build();
    }

    /** The token that is kept in this secret, without an end. */
    public String kept(ServiceAccount account, String secret) {
        return codec.sign(new TokenClaims(
                account.metadata().namespace(),
                account.metadata().name(),
                account.metadata().uid(),
                List.of(),
                Optional.of(new BoundObject("Secret", secret, "")),
                Optional.empty(),
                "",
                Instant.EPOCH,
                null));
    }

    private TokenRequestSpec completed(TokenRequestSpec spec) {
        TokenRequestSpecBuilder builder = TokenRequestSpecBuilder.builder(spec);
        if (spec.audiences().isEmpty()) {
            builder.audiences(List.of(codec.issuer()));
        }
        if (spec.expirationSeconds() == null) {
            builder.expirationSeconds(DEFAULT_SECONDS);
        }
        return builder.build();
    }

    private boolean isForOurselves(List<String> audiences) {
        return audiences.contains(codec.issuer());
    }

    private static void check(ServiceAccount account, TokenRequestSpec spec) {
        long seconds = spec.expirationSeconds() == null ? DEFAULT_SECONDS : spec.expirationSeconds();
        if (seconds < SHORTEST_SECONDS) {
            throw invalid(
                    account, "spec.expirationSeconds", "" + seconds, "may not specify a duration less than 10 minutes");
        }
        if (seconds > LONGEST_SECONDS) {
            throw invalid(
                    account,
                    "spec.expirationSeconds",
                    "" + seconds,
                    "may not specify a duration larger than 2^32 seconds");
        }
        BoundObjectReference reference = spec.boundObjectRef();
        if (reference == null) {
            return;
        }
        boolean known = reference.apiVersion().equals("v1")
                && List.of("Pod", "Secret", "Node").contains(reference.kind());
        if (!known) {
            throw ApiException.badRequest("cannot bind token for serviceaccount \""
                    + account.metadata().name() + "\" to object of kind \"" + reference.kind() + "\" in "
                    + reference.apiVersion() + ": only a Pod, Secret or Node of v1 will do");
        }
        if (reference.name().isEmpty()) {
            throw invalid(account, "spec.boundObjectRef.name", "\"\"", "must be specified");
        }
    }

    private static <T extends Resource> T find(
            ResourceType<T> type, String namespace, BoundObjectReference reference, ObjectLookup lookup) {
        T object = lookup.find(type, namespace, reference.name())
                .orElseThrow(() -> ApiException.notFound(type.group(), type.plural(), reference.name()));
        String uid = object.metadata().uid();
        if (!reference.uid().isEmpty() && !reference.uid().equals(uid)) {
            throw ApiException.conflict(
                    type.group(),
                    type.plural(),
                    reference.name(),
                    "the UID in the bound object reference (" + reference.uid()
                            + ") does not match the UID in record. The object might have been deleted and then"
                            + " recreated");
        }
        return object;
    }

    private static void requireAccount(ServiceAccount account, Pod pod) {
        if (!pod.spec().serviceAccountName().equals(account.metadata().name())) {
            throw ApiException.badRequest("cannot bind token for serviceaccount \""
                    + account.metadata().name() + "\" to pod running with different serviceaccount name.");
        }
    }

    private static BoundObject bound(String kind, Resource object) {
        return new BoundObject(kind, object.metadata().name(), object.metadata().uid());
    }

    private static Optional<BoundObject> nodeOf(Pod pod, ObjectLookup lookup) {
        String name = pod.spec().nodeName();
        return name.isEmpty()
                ? Optional.empty()
                : lookup.find(Node.TYPE, "", name).map(found -> bound("Node", found));
    }

    private static ApiException invalid(ServiceAccount account, String field, String value, String why) {
        String message = "Invalid value: " + value + ": " + why;
        return new ApiException(
                Reason.INVALID,
                "TokenRequest.authentication.k8s.io \"" + account.metadata().name() + "\" is invalid: " + field + ": "
                        + message,
                new ApiException.Subject(
                        "authentication.k8s.io",
                        "TokenRequest",
                        account.metadata().name(),
                        ""),
                List.of(new Cause("FieldValueInvalid", field, message)),
                0);
    }
}
