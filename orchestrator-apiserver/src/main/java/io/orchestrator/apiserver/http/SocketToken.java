package io.orchestrator.apiserver.http;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * A bearer token in the place of a subprotocol, where programs in a browser put it, which can set no header of a WebSocket. Pure
 * functions.
 */
final class SocketToken {
    static final String HEADER = "Sec-WebSocket-Protocol";

    private static final String PREFIX = "base64url.bearer.authorization.k8s.io.";

    private SocketToken() {}

    static boolean isOne(String subprotocol) {
        return subprotocol.startsWith(PREFIX);
    }

    /**
     * The token among the subprotocols; empty where there is none.
     *
     * @throws ApiException with reason Unauthorized when there are several, when it cannot be read, or when it stands alone: a
     *     browser wants to hear one of them again
     */
    static String among(List<String> subprotocols) {
        List<String> found = subprotocols.stream().filter(SocketToken::isOne).toList();
        if (found.isEmpty()) {
            return "";
        }
        if (found.size() > 1 || subprotocols.size() == 1) {
            throw unauthorized();
        }
        try {
            byte[] token = Base64.getUrlDecoder().decode(found.get(0).substring(PREFIX.length()));
            return new String(token, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw unauthorized();
        }
    }

    private static ApiException unauthorized() {
        return new ApiException(Reason.UNAUTHORIZED, "Unauthorized");
    }
}
