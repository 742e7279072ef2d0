package io.orchestrator.core.auth.token;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Secret;
import io.orchestrator.core.auth.Authenticator;
import io.orchestrator.core.auth.UserInfo;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Users by bootstrap token, {@code abcdef.0123456789abcdef}, by which nodes join: kept in secrets of type
 * {@code bootstrap.kubernetes.io/token} in {@code kube-system}. Thread-safe.
 */
public final class BootstrapTokenAuthenticator implements Authenticator {
    private static final Pattern TOKEN = Pattern.compile("([a-z0-9]{6})\\.([a-z0-9]{16})");
    private static final String TYPE = "bootstrap.kubernetes.io/token";
    private static final String GROUP = "system:bootstrappers";

    private final ObjectLookup lookup;
    private final Clock clock;

    public BootstrapTokenAuthenticator(ObjectLookup lookup, Clock clock) {
        this.lookup = lookup;
        this.clock = clock;
    }

    @Override
    public Optional<UserInfo> authenticate(Evidence evidence) {
        Matcher token = TOKEN.matcher(evidence.bearerToken());
        return token.matches() ? user(token.group(1), token.group(2)) : Optional.empty();
    }

    private Optional<UserInfo> user(String id, String secret) {
        return lookup.find(Secret.TYPE, "kube-system", "bootstrap-token-" + id)
                .filter(kept -> kept.type().equals(TYPE) && kept.metadata().deletionTimestamp() == null)
                .filter(kept -> text(kept, "token-id").equals(id) && same(text(kept, "token-secret"), secret))
                .filter(kept -> text(kept, "usage-bootstrap-authentication").equals("true"))
                .filter(this::holds)
                .map(kept -> UserInfo.authenticated("system:bootstrap:" + id, "", groups(kept)));
    }

    private boolean holds(Secret kept) {
        String expiration = text(kept, "expiration");
        if (expiration.isEmpty()) {
            return true;
        }
        try {
            return clock.instant().isBefore(Time.parse(expiration).instant());
        } catch (IllegalArgumentException unreadable) {
            // A time that nobody can read must not make a token live for ever.
            return false;
        }
    }

    private static List<String> groups(Secret kept) {
        List<String> groups = new ArrayList<>(List.of(GROUP));
        for (String extra : text(kept, "auth-extra-groups").split(",")) {
            if (extra.strip().startsWith(GROUP + ":")) {
                groups.add(extra.strip());
            }
        }
        return groups;
    }

    private static String text(Secret secret, String key) {
        var value = secret.data().get(key);
        return value == null ? "" : new String(value.toByteArray(), StandardCharsets.UTF_8);
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
