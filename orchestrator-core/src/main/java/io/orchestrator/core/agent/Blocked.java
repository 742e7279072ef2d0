package io.orchestrator.core.agent;

/** The node lacks what a pod must have to run at all: it waits there, and its status says why. */
final class Blocked extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Profiles of AppArmor are asked for, and not in force here. */
    static final String APP_ARMOR = "AppArmor";

    private final String reason;

    Blocked(String reason, String message) {
        super(message);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }

    /** Whether a status may have this reason from here. */
    static boolean isReason(String reason) {
        return reason.equals(APP_ARMOR);
    }
}
