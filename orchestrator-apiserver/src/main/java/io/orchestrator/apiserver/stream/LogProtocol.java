package io.orchestrator.apiserver.stream;

import io.orchestrator.api.client.ApiException;
import java.util.Base64;
import java.util.List;

/** How a one-way stream of bytes is written into the messages of a WebSocket. */
public enum LogProtocol {
    BINARY("binary.k8s.io"),
    BASE64("base64.binary.k8s.io");

    private final String protocol;

    LogProtocol(String protocol) {
        this.protocol = protocol;
    }

    /**
     * The one that both sides know. @param offered by the client; nothing means bytes
     *
     * @throws ApiException with reason BadRequest when there is none
     */
    public static LogProtocol of(List<String> offered) {
        if (offered.isEmpty() || offered.contains(BINARY.protocol)) {
            return BINARY;
        }
        if (offered.contains(BASE64.protocol)) {
            return BASE64;
        }
        throw ApiException.badRequest("unable to negotiate a stream protocol: the client supports " + offered);
    }

    /** As it is negotiated. */
    public String protocol() {
        return protocol;
    }

    boolean isText() {
        return this == BASE64;
    }

    byte[] encode(byte[] bytes) {
        return isText() ? Base64.getEncoder().encode(bytes) : bytes;
    }
}
