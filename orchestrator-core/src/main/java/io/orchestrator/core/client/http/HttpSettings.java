package io.orchestrator.core.client.http;

import java.time.Duration;

/**
 * How a client speaks to its servers.
 *
 * @param agent the program's name and version, as in {@code my-operator/1.4}; what stands before the slash is the field manager
 *     of its writes unless they name one
 * @param connect the most that a connection may take to be made
 * @param request the most that a request may take, its repetitions included; watches and streams aside
 * @param silence how long a watch may be silent before its server is asked whether it is still there
 */
public record HttpSettings(String agent, Duration connect, Duration request, Duration silence) {
    public static HttpSettings of(String agent) {
        return new HttpSettings(agent, Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(15));
    }

    public HttpSettings requestsWithin(Duration request) {
        return new HttpSettings(agent, connect, request, silence);
    }

    public HttpSettings connectionsWithin(Duration connect) {
        return new HttpSettings(agent, connect, request, silence);
    }

    public HttpSettings silentFor(Duration silence) {
        return new HttpSettings(agent, connect, request, silence);
    }

    String fieldManager() {
        int slash = agent.indexOf('/');
        return slash < 0 ? agent : agent.substring(0, slash);
    }
}
