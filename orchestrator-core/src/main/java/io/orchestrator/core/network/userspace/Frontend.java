package io.orchestrator.core.network.userspace;

import java.io.IOException;

/**
 * An address and port that is served, as long as it stands in the table. It listens only while its route has endpoints, so that
 * without any a client is refused by the kernel, at once.
 */
abstract class Frontend {
    private final Bind bind;
    private volatile Route route;

    Frontend(Bind bind, Route route) {
        this.bind = bind;
        this.route = route;
    }

    final Bind bind() {
        return bind;
    }

    final Route route() {
        return route;
    }

    final void lead(Route route) {
        this.route = route;
    }

    abstract boolean isListening();

    /** Takes the address and port. Called by the applying thread. */
    abstract void listen() throws IOException;

    /** Gives it back; connections go on. Returns when it is free. Called by the applying thread. */
    abstract void stopListening();

    /** The table has changed: what must not go on, does not. Called by the applying thread. */
    abstract void review();
}
