package io.orchestrator.core.auth.token;

import io.orchestrator.core.auth.Authenticator;
import io.orchestrator.core.auth.UserInfo;
import java.util.List;
import java.util.Optional;

/** Users by service account token, for requests to the API server. Thread-safe. */
public final class ServiceAccountAuthenticator implements Authenticator {
    private final TokenCheck check;
    private final ObjectLookup lookup;

    public ServiceAccountAuthenticator(TokenCheck check, ObjectLookup lookup) {
        this.check = check;
        this.lookup = lookup;
    }

    @Override
    public Optional<UserInfo> authenticate(Evidence evidence) {
        if (evidence.bearerToken().isEmpty()) {
            return Optional.empty();
        }
        return check.check(evidence.bearerToken(), List.of(check.ownAudience()), lookup)
                        instanceof TokenCheck.Result.Good good
                ? Optional.of(good.user())
                : Optional.empty();
    }
}
