package io.orchestrator.testkit.simulation;

import io.orchestrator.api.client.ApiTransport;
import io.orchestrator.api.client.Client;
import io.orchestrator.core.env.Environment;

/**
 * What one life of a component runs on.
 *
 * @param transport its way to the API, with its faults
 * @param environment its time, timers and chance; when it dies, nothing of it is run any more
 */
public record Site(String name, ApiTransport transport, Environment environment) {
    public Client client() {
        return new Client(transport);
    }
}
