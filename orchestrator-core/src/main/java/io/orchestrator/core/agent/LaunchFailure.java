package io.orchestrator.core.agent;

import java.time.Duration;

/**
 * Why a container does not run.
 *
 * <p>Its reason and resting reason are those of {@link Failure}.
 */
final class LaunchFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Duration CONFIG_REST = Duration.ofSeconds(10);
    private static final Duration UNKNOWN_REST = Duration.ofSeconds(2);

    /** What kind of failure, with what kubectl shows. */
    enum Kind {
        IMAGE_PULL("ErrImagePull", "ImagePullBackOff"),
        IMAGE_NEVER("ErrImageNeverPull", "ErrImageNeverPull"),
        IMAGE_NAME("InvalidImageName", "InvalidImageName"),
        CONFIG("CreateContainerConfigError", "CreateContainerConfigError"),
        CREATE("CreateContainerError", "CreateContainerError"),
        /** It has ended before it began, and is an attempt like any other. */
        START("RunContainerError", "CrashLoopBackOff"),
        HOOK("PostStartHookError", "CrashLoopBackOff"),
        /** The runtime did not answer: the outcome is unknown, and is looked up before the next try. */
        UNKNOWN("CreateContainerError", "CreateContainerError");

        private final String reason;
        private final String restingReason;

        Kind(String reason, String restingReason) {
            this.reason = reason;
            this.restingReason = restingReason;
        }

        String reason() {
            return reason;
        }

        String restingReason() {
            return restingReason;
        }
    }

    private final Kind kind;

    LaunchFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    /** @param times how often in a row it failed, this time included */
    Duration rest(int times) {
        return switch (kind) {
            case CONFIG, IMAGE_NAME, IMAGE_NEVER -> CONFIG_REST;
            case UNKNOWN -> UNKNOWN_REST.multipliedBy(Math.min(times, 5));
            case IMAGE_PULL, CREATE, HOOK -> RestartBackoff.ladder(times - 1);
            case START -> RestartBackoff.delay(times);
        };
    }
}
