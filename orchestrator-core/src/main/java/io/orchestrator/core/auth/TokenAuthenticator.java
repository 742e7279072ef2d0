package io.orchestrator.core.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;

/** Users by a fixed table of bearer tokens. Compares in constant time, so that answers do not tell how much was right. */
public final class TokenAuthenticator implements Authenticator {
    private final Map<String, UserInfo> users;

    public TokenAuthenticator(Map<String, UserInfo> users) {
        this.users = Map.copyOf(users);
    }

    @Override
    public Optional<UserInfo> authenticate(Evidence evidence) {
        byte[] offered = evidence.bearerToken().getBytes(StandardCharsets.UTF_8);
        if (offered.length == 0) {
            return Optional.empty();
        }
        UserInfo found = null;
        for (Map.Entry<String, UserInfo> each : users.entrySet()) {
            if (MessageDigest.isEqual(each.getKey().getBytes(StandardCharsets.UTF_8), offered)) {
                found = each.getValue();
            }
        }
        return Optional.ofNullable(found);
    }
}
