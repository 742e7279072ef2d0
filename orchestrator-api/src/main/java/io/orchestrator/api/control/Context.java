package io.orchestrator.api.control;

import io.orchestrator.api.client.Client;
import java.time.Clock;

/** What a reconciler works with. Safe for concurrent use; one per controller. */
public interface Context {

    /** Caches of the kinds that the controller declared. */
    View view();

    Client client();

    Events events();

    /** The only source of time for a reconciler. */
    Clock clock();
}
