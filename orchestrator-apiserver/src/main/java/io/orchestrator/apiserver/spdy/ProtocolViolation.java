package io.orchestrator.apiserver.spdy;

import java.io.IOException;

/** The other end does not keep to the protocol, or asks for more than anybody needs: the connection cannot go on. */
final class ProtocolViolation extends IOException {
    private static final long serialVersionUID = 1L;

    ProtocolViolation(String message) {
        super(message);
    }

    ProtocolViolation(String message, Throwable cause) {
        super(message, cause);
    }
}
