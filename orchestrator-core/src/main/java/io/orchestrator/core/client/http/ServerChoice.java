package io.orchestrator.core.client.http;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which of a cluster's servers is asked: one, until it fails; then the next. So whoever has listed on one server goes on there,
 * and all of a client's requests go to the same one. Thread-safe.
 */
final class ServerChoice {
    private final List<URI> servers;
    private final AtomicInteger chosen = new AtomicInteger();

    /** @param first the place of the one that is asked first */
    ServerChoice(List<URI> servers, int first) {
        this.servers = List.copyOf(servers);
        chosen.set(Math.floorMod(first, servers.size()));
    }

    URI current() {
        return servers.get(chosen.get());
    }

    /** This one did not answer. Somebody else may have noticed before, so only the one that is asked gives way. */
    void failed(URI server) {
        int at = chosen.get();
        if (servers.get(at).equals(server)) {
            chosen.compareAndSet(at, (at + 1) % servers.size());
        }
    }

    int count() {
        return servers.size();
    }
}
