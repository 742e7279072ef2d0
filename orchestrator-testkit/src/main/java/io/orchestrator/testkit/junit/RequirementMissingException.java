package io.orchestrator.testkit.junit;

/** A test was to run on a machine that lacks what it needs, and may not be skipped there. */
public final class RequirementMissingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    RequirementMissingException(String message) {
        super(message);
    }
}
