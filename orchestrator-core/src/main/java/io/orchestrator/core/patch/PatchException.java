package io.orchestrator.core.patch;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Cause;
import io.orchestrator.api.client.Reason;
import java.util.List;

/** A patch that cannot be applied; its reason tells why, and becomes the status of the answer. */
public class PatchException extends ApiException {
    private static final long serialVersionUID = 1L;

    protected PatchException(Reason reason, String message, List<Cause> causes) {
        super(reason, message, Subject.NONE, causes, 0);
    }

    /** The patch is no patch: 400. */
    public static PatchException malformed(String message) {
        return new PatchException(Reason.BAD_REQUEST, message, List.of());
    }

    /** The patch is one, but this object cannot take it: 422. */
    public static PatchException rejected(String message) {
        return new PatchException(
                Reason.INVALID,
                "the server rejected our request due to an error in our request: " + message,
                List.of(new Cause("UnexpectedServerResponse", "", message)));
    }

    /** The patch asks for more work than we do for one request: 413. */
    public static PatchException tooLarge(String message) {
        return new PatchException(Reason.REQUEST_ENTITY_TOO_LARGE, message, List.of());
    }
}
