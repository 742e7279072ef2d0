package io.orchestrator.core.embed;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.registry.Registry;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the registry put its shared ranges right every three minutes, as Kubernetes does. Each control plane does, led or not. */
final class AllocationRepair implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AllocationRepair.class);
    private static final long MINUTES = 3;

    private final Registry registry;
    private final ScheduledFuture<?> timer;

    AllocationRepair(Registry registry, Environment environment) {
        this.registry = registry;
        this.timer = environment
                .timers()
                .scheduleWithFixedDelay(
                        () -> environment.executor().execute(this::repair), MINUTES, MINUTES, TimeUnit.MINUTES);
    }

    private void repair() {
        try {
            registry.repairAllocations();
        } catch (ApiException e) {
            LOG.warn("who holds which service address could not be looked over; the next look tries again", e);
        }
    }

    @Override
    public void close() {
        timer.cancel(false);
    }
}
