package io.orchestrator.core.codec;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.core.schema.RecordSchema;

/**
 * Bytes that are not the object they should be: malformed, of a wrong type, too deep or too large. Being an
 * {@link ApiException} it reaches the one who sent them as it is: BadRequest, or RequestEntityTooLarge.
 */
public final class DecodeException extends ApiException {
    private static final long serialVersionUID = 1L;

    public DecodeException(String message) {
        super(Reason.BAD_REQUEST, message);
    }

    public DecodeException(String message, Throwable cause) {
        super(Reason.BAD_REQUEST, message, cause);
    }

    private DecodeException(Reason reason, String message) {
        super(reason, message);
    }

    /** The same problem, with the kind in front, worded as Kubernetes words it. */
    public static DecodeException of(RecordSchema expected, DecodeException problem) {
        return new DecodeException(Decoded.subject(expected) + ": " + problem.getMessage(), problem);
    }

    /** What is larger than we read. */
    public static DecodeException tooLarge(String what, long limit) {
        return new DecodeException(
                Reason.REQUEST_ENTITY_TOO_LARGE, what + " is larger than the limit of " + limit + " bytes");
    }
}
