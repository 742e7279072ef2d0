package io.orchestrator.core.auth.token;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a service account's token says.
 *
 * @param uid of the service account: a new one of the same name is somebody else
 * @param audiences for whom it is; empty for the tokens kept in secrets, which say nothing of it
 * @param bound void without it
 * @param node where the bound pod ran when the token was issued
 * @param id unique; empty for tokens kept in secrets
 * @param expires null for tokens kept in secrets, which are good until their secret goes
 */
public record TokenClaims(
        String namespace,
        String name,
        String uid,
        List<String> audiences,
        Optional<BoundObject> bound,
        Optional<BoundObject> node,
        String id,
        Instant issued,
        @Nullable Instant expires) {
    public TokenClaims {
        audiences = List.copyOf(audiences);
    }

    /** The user that the service account is. */
    public String subject() {
        return "system:serviceaccount:" + namespace + ":" + name;
    }

    /** Whether it is one of the tokens that are kept in secrets. */
    boolean isKept() {
        return expires == null;
    }
}
