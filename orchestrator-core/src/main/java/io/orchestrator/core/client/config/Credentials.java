package io.orchestrator.core.client.config;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Says who a client is, at any moment. Thread-safe; may block for a file or a program. */
public interface Credentials {

    /**
     * What is shown with a request that begins now.
     *
     * @throws ConfigException when it cannot be had
     */
    Shown current();

    /**
     * The server did not believe this. Whoever can get something fresher does so.
     *
     * @return whether {@link #current} may be another one by now
     */
    default boolean refused(Shown shown) {
        return false;
    }

    /**
     * What a client shows.
     *
     * @param authorization the value of the header; empty for none
     * @param identity for the TLS handshake; empty for none
     */
    record Shown(String authorization, Optional<ClientIdentity> identity) {
        public static Shown nothing() {
            return new Shown("", Optional.empty());
        }

        public static Shown bearer(String token) {
            return new Shown("Bearer " + token, Optional.empty());
        }

        public static Shown basic(String user, String password) {
            byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return new Shown("Basic " + Base64.getEncoder().encodeToString(pair), Optional.empty());
        }

        public static Shown certificate(ClientIdentity identity) {
            return new Shown("", Optional.of(identity));
        }

        /** This, and where it has nothing, the other. */
        Shown or(Shown other) {
            return new Shown(
                    authorization.isEmpty() ? other.authorization : authorization, identity.or(other::identity));
        }

        /** Says nothing of what it holds. */
        @Override
        public String toString() {
            return "Shown[" + (authorization.isEmpty() ? "no" : "an") + " authorization, " + identity + "]";
        }
    }

    /** The same at any time. */
    static Credentials always(Shown shown) {
        return () -> shown;
    }
}
