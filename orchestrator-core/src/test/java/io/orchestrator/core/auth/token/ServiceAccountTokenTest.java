package io.orchestrator.core.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.authentication.BoundObjectReference;
import io.orchestrator.api.model.authentication.TokenRequest;
import io.orchestrator.api.model.authentication.TokenRequestBuilder;
import io.orchestrator.api.model.authentication.TokenRequestSpecBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodBuilder;
import io.orchestrator.api.model.core.PodSpecBuilder;
import io.orchestrator.api.model.core.ServiceAccount;
import io.orchestrator.api.model.core.ServiceAccountBuilder;
import io.orchestrator.core.auth.UserInfo;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceAccountTokenTest {
    private static final String ISSUER = "https://issuer.example";
    private static final SecureRandom RANDOM = new SecureRandom();

    private Instant now = Instant.parse("2026-11-28T12:00:00Z");
    private final Clock clock = new TestClock(() -> now);
    private final Map<String, Resource> objects = new HashMap<>();
    private final ServiceAccount bob = account("bob", "uid-bob");
    private final SigningKeys keys = SigningKeys.create(RANDOM);
    private final TokenCodec codec = new TokenCodec(keys, ISSUER);
    private final AtomicInteger ids = new AtomicInteger();
    private final TokenIssuer issuer = new TokenIssuer(codec, clock, () -> "id-" + ids.incrementAndGet());
    private final TokenCheck check = new TokenCheck(codec, clock);

    @Test
    void aTokenIsItsServiceAccountUntilItsTimeIsOver() {
        String token = issue(spec().expirationSeconds(600L));

        UserInfo user = user(token);
        assertThat(user.name()).isEqualTo("system:serviceaccount:team:bob");
        assertThat(user.uid()).isEqualTo("uid-bob");
        assertThat(user.groups())
                .containsExactly("system:serviceaccounts", "system:serviceaccounts:team", "system:authenticated");
        assertThat(user.extra()).containsEntry("authentication.kubernetes.io/credential-id", List.of("JTI=id-1"));

        now = now.plus(Duration.ofSeconds(599));
        assertThat(check(token)).isInstanceOf(TokenCheck.Result.Good.class);
        now = now.plus(Duration.ofSeconds(1));
        assertThat(check(token)).isEqualTo(new TokenCheck.Result.Bad("service account token has expired"));
    }

    @Test
    void aTokenForSomebodyElseIsNoTokenForUs() {
        String token = issue(spec().audiences(List.of("vault")));

        assertThat(check(token)).isInstanceOf(TokenCheck.Result.Bad.class);
        assertThat(check.check(token, List.of("vault", "other"), this::find))
                .isInstanceOfSatisfying(
                        TokenCheck.Result.Good.class,
                        good -> assertThat(good.audiences()).containsExactly("vault"));
    }

    @Test
    void aTokenIsVoidWithoutItsAccount() {
        String token = issue(spec());

        put(account("bob", "uid-of-another-bob"));
        assertThat(check(token)).isInstanceOf(TokenCheck.Result.Bad.class);
        objects.clear();
        assertThat(check(token)).isInstanceOf(TokenCheck.Result.Bad.class);
    }

    @Test
    void aBoundTokenIsVoidWithoutItsPodAndSaysWhichPodItIs() {
        put(pod("web", "uid-web", "bob"));
        String token = issue(spec().boundObjectRef(new BoundObjectReference("Pod", "v1", "web", "uid-web")));

        assertThat(user(token).extra())
                .containsEntry("authentication.kubernetes.io/pod-name", List.of("web"))
                .containsEntry("authentication.kubernetes.io/pod-uid", List.of("uid-web"));
        put(pod("web", "uid-of-the-next-web", "bob"));
        assertThat(check(token)).isInstanceOf(TokenCheck.Result.Bad.class);
    }

    @Test
    void nobodyGetsATokenForAPodOfAnotherAccountOrForOneThatIsGone() {
        put(pod("web", "uid-web", "eve"));

        assertThatThrownBy(() -> issue(spec().boundObjectRef(new BoundObjectReference("Pod", "v1", "web", ""))))
                .hasMessageContaining("pod running with different serviceaccount name");
        assertThatThrownBy(() -> issue(spec().boundObjectRef(new BoundObjectReference("Pod", "v1", "nope", ""))))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.isNotFound()).isTrue());
        put(pod("web", "uid-web", "bob"));
        assertThatThrownBy(() -> issue(spec().boundObjectRef(new BoundObjectReference("Pod", "v1", "web", "other"))))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.isConflict()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 599, (1L << 32) + 1})
    void aTimeThatIsTooShortOrTooLongIsRefused(long seconds) {
        assertThatThrownBy(() -> issue(spec().expirationSeconds(seconds)))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID));
    }

    @Test
    void aTokenSurvivesTheRotationOfKeysAndTheirWayThroughTheStore() {
        String token = issue(spec());
        SigningKeys rotated = SigningKeys.fromJson(keys.toJson()).rotated(RANDOM);
        TokenCodec later = new TokenCodec(rotated, ISSUER);

        assertThat(later.read(token)).isPresent();
        assertThat(later.publicKeys()).doesNotContain("\"d\"");
        assertThat(rotated.toJson()).contains("\"d\"");
        assertThat(rotated.toString()).doesNotContain("\"d\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "...."})
    void rubbishIsNobody(String token) {
        assertThat(check(token)).isEqualTo(new TokenCheck.Result.Bad("invalid bearer token"));
    }

    @Test
    void aForeignOrTamperedSignatureIsNobody() {
        String token = issue(spec());
        TokenCodec foreign = new TokenCodec(SigningKeys.create(RANDOM), ISSUER);
        String[] parts = token.split("\\.");
        String[] other = issue(spec().audiences(List.of("vault"))).split("\\.");

        assertThat(foreign.read(token)).isEmpty();
        assertThat(codec.read(parts[0] + "." + other[1] + "." + parts[2])).isEmpty();
        assertThat(new TokenCodec(keys, "https://another.example").read(token)).isEmpty();
    }

    private TokenRequestSpecBuilder spec() {
        return TokenRequestSpecBuilder.builder();
    }

    private String issue(TokenRequestSpecBuilder spec) {
        put(bob);
        TokenRequest request = TokenRequestBuilder.builder().spec(spec.build()).build();
        return issuer.issue(bob, request, this::find).status().token();
    }

    private TokenCheck.Result check(String token) {
        return check.check(token, List.of(check.ownAudience()), this::find);
    }

    private UserInfo user(String token) {
        return ((TokenCheck.Result.Good) check(token)).user();
    }

    private void put(Resource object) {
        objects.put(
                object.getClass() + object.metadata().namespace() + "/"
                        + object.metadata().name(),
                object);
    }

    private <T extends Resource> Optional<T> find(ResourceType<T> type, String namespace, String name) {
        return Optional.ofNullable(type.objectClass().cast(objects.get(type.objectClass() + namespace + "/" + name)));
    }

    private static ServiceAccount account(String name, String uid) {
        return ServiceAccountBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .namespace("team")
                        .name(name)
                        .uid(uid)
                        .build())
                .build();
    }

    private static Pod pod(String name, String uid, String account) {
        return PodBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .namespace("team")
                        .name(name)
                        .uid(uid)
                        .build())
                .spec(PodSpecBuilder.builder().serviceAccountName(account).build())
                .build();
    }

    /** Tells what the test says. */
    private static final class TestClock extends Clock {
        private final InstantSource source;

        TestClock(InstantSource source) {
            this.source = source;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return source.instant();
        }
    }
}
