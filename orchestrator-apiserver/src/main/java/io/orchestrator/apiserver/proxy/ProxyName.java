package io.orchestrator.apiserver.proxy;

import io.orchestrator.api.client.ApiException;
import java.util.Set;

/**
 * Who is meant by the name in a proxy's path: {@code name}, {@code name:port} or {@code scheme:name:port}.
 *
 * @param encrypted whether TLS is spoken there: with the scheme {@code https}
 * @param port a number or a name; empty where it is not said
 */
public record ProxyName(boolean encrypted, String name, String port) {
    private static final Set<String> SCHEMES = Set.of("", "http", "https");

    /** @throws ApiException with reason BadRequest when it is no such name */
    public static ProxyName parse(String text) {
        String[] parts = text.split(":", -1);
        ProxyName name = switch (parts.length) {
            case 1 -> new ProxyName(false, parts[0], "");
            case 2 -> new ProxyName(false, parts[0], parts[1]);
            case 3 -> {
                if (!SCHEMES.contains(parts[0])) {
                    throw ApiException.badRequest("invalid proxy request \"" + text + "\"");
                }
                yield new ProxyName(parts[0].equals("https"), parts[1], parts[2]);
            }
            default -> throw ApiException.badRequest("invalid proxy request \"" + text + "\"");
        };
        if (name.name().isEmpty()) {
            throw ApiException.badRequest("invalid proxy request \"" + text + "\"");
        }
        return name;
    }
}
