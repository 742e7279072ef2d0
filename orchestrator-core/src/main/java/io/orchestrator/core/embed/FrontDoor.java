package io.orchestrator.core.embed;

import io.orchestrator.core.auth.Kubeconfig;
import java.util.Optional;

/** Opens a control plane to the world outside of this process: the API server. */
@FunctionalInterface
public interface FrontDoor {

    /** Opens the door. Returns when requests are answered; throws {@link java.io.UncheckedIOException} when it cannot. */
    Opened open(ControlPlane plane);

    /** A door that stands open. */
    interface Opened extends AutoCloseable {

        /** Where clients on this machine reach it, such as {@code https://127.0.0.1:6443}. */
        String url();

        /**
         * Where clients reach it without TLS, such as {@code http://127.0.0.1:8080}, showing bearer tokens; empty where that has
         * not been asked for.
         */
        default Optional<String> cleartextUrl() {
            return Optional.empty();
        }

        /** A way in with all rights. */
        Kubeconfig adminKubeconfig();

        /** Closes the port and every connection. Idempotent. */
        @Override
        void close();
    }
}
