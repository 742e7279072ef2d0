package io.orchestrator.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccessTest {
    private final MastersAuthorizer authorizer = new MastersAuthorizer();

    @Test
    void mastersMayDoEverything() {
        assertThat(resource(UserInfo.host(), "delete", "secrets").allowed()).isTrue();
    }

    @Test
    void nobodyElseIsAnyConcernOfTheMastersRule() {
        UserInfo jane = UserInfo.authenticated("jane", "", List.of());

        assertThat(path(jane, "/apis/apps/v1").allowed()).isFalse();
        assertThat(resource(jane, "get", "pods").allowed()).isFalse();
    }

    @Test
    void aTokenIsItsUserAndAWrongOneIsNobody() {
        UserInfo jane = UserInfo.authenticated("jane", "", List.of());
        TokenAuthenticator tokens = new TokenAuthenticator(Map.of("s3cret", jane));

        assertThat(tokens.authenticate(new Authenticator.Evidence(List.of(), "s3cret")))
                .contains(jane);
        assertThat(tokens.authenticate(new Authenticator.Evidence(List.of(), "s3cre")))
                .isEmpty();
        assertThat(tokens.authenticate(new Authenticator.Evidence(List.of(), "")))
                .isEmpty();
    }

    @Test
    void theFirstAuthenticatorThatKnowsDecides() {
        UserInfo first = UserInfo.authenticated("first", "", List.of());
        UserInfo second = UserInfo.authenticated("second", "", List.of());
        Authenticator chain = Authenticator.firstOf(List.of(
                new TokenAuthenticator(Map.of("a", first)), new TokenAuthenticator(Map.of("a", second, "b", second))));

        assertThat(chain.authenticate(new Authenticator.Evidence(List.of(), "a")))
                .contains(first);
        assertThat(chain.authenticate(new Authenticator.Evidence(List.of(), "b")))
                .contains(second);
    }

    private Authorizer.Decision resource(UserInfo user, String verb, String resource) {
        return authorizer.decide(new Authorizer.Request(user, verb, "", resource, "default", "x", ""));
    }

    private Authorizer.Decision path(UserInfo user, String path) {
        return authorizer.decide(new Authorizer.Request(user, "get", "", "", "", "", path));
    }
}
