package io.orchestrator.apiserver.proxy;

import io.orchestrator.api.client.ApiException;
import java.util.Set;

/**
 * Who is meant by the name in a proxy's path: {@code name}, {@code name:port} or {@code scheme:name:port}.
 *
 * @param port a number or a name; empty where it is not said
 */
public record ProxyName(String name, String port) {
    private static final Set<String> PLAIN = Set.of("", "http");

    /** @throws ApiException with reason BadRequest when it is no such name, or asks for TLS */
    public static ProxyName parse(String text) {
        String[] parts = text.split(":", -1);
        ProxyName name = switch (parts.length) {
            case 1 -> new ProxyName(parts[0], "");
            case 2 -> new ProxyName(parts[0], parts[1]);
            case 3 -> {
                if (!PLAIN.contains(parts[0])) {
                    throw ApiException.badRequest("a proxy to \"" + text + "\" is not supported: only http is");
                }
                yield new ProxyName(parts[1], parts[2]);
            }
            default -> throw ApiException.badRequest("invalid proxy request \"" + text + "\"");
        };
        if (name.name().isEmpty()) {
            throw ApiException.badRequest("invalid proxy request \"" + text + "\"");
        }
        return name;
    }
}
