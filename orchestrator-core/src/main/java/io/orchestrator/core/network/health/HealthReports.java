package io.orchestrator.core.network.health;

import io.orchestrator.spi.network.ProxyReport.Problem;
import java.util.Collection;
import java.util.List;

/** Tells load balancers about endpoints on this node. */
public interface HealthReports extends AutoCloseable {

    /** Nobody is told. */
    HealthReports NONE = new HealthReports() {
        @Override
        public List<Problem> serve(Collection<HealthCheck> checks) {
            return List.of();
        }

        @Override
        public void close() {}
    };

    /** Answers these checks and no others. Returns what could not be had. Calls come one at a time. */
    List<Problem> serve(Collection<HealthCheck> checks);

    /** Gives every port back. Idempotent. */
    @Override
    void close();
}
