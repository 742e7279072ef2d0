package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.Probe;
import io.orchestrator.spi.runtime.PodIdentity;
import java.util.concurrent.CompletionStage;

/** Carries out one check of a container. Thread-safe; must not block the caller. */
@FunctionalInterface
public interface Prober {

    /** Which of a container's probes it is. */
    enum Kind {
        STARTUP("Startup"),
        LIVENESS("Liveness"),
        READINESS("Readiness");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        /** As in events. */
        public String title() {
            return title;
        }
    }

    /**
     * A check to carry out.
     *
     * @param address the pod's, or the one that the probe names; without port
     * @param port the number that the probe's port stands for; 0 for a command
     */
    record Request(Kind kind, PodIdentity pod, String containerId, String address, int port, Probe probe) {}

    /**
     * What came of it.
     *
     * @param answered whether somebody was there at all, who may have said that it is not well
     * @param message what went wrong; empty on success
     */
    record Result(boolean success, boolean answered, String message) {
        public static Result ok() {
            return new Result(true, true, "");
        }

        public static Result failed(String message) {
            return new Result(false, false, message);
        }

        /** Somebody answered, and not well. */
        static Result refused(String message) {
            return new Result(false, true, message);
        }
    }

    /**
     * Completes within the probe's timeout with what came of it; a stage that fails counts as a failed check, and one that
     * stays open as one too after that time.
     */
    CompletionStage<Result> probe(Request request);
}
