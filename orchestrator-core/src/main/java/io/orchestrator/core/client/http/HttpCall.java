package io.orchestrator.core.client.http;

import io.orchestrator.api.client.Fence;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request before it is known which server gets it.
 *
 * @param path with its query
 * @param body empty for none
 */
record HttpCall(String method, String path, byte[] body, Map<String, String> headers) {
    static final String JSON = "application/json";

    static HttpCall get(ResourcePath path) {
        return new HttpCall("GET", path.toString(), new byte[0], Map.of("Accept", JSON));
    }

    static HttpCall of(String method, ResourcePath path, String mediaType, byte[] body, @Nullable Fence fence) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", JSON);
        headers.put("Content-Type", mediaType);
        if (fence != null) {
            headers.put(Fence.HEADER, fence.text());
        }
        return new HttpCall(method, path.toString(), body, headers);
    }

    /** Whether it does no harm to send it twice. */
    boolean isRead() {
        return method.equals("GET");
    }
}
