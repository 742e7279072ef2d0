package io.orchestrator.core.embed;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.Reason;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.control.EventRecorder;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.metrics.Gathering;
import io.orchestrator.core.metrics.MetricSource;
import io.orchestrator.core.schedule.Scheduler;
import io.orchestrator.core.schedule.SchedulerSettings;
import org.jspecify.annotations.Nullable;

/** The scheduler of a cluster, for as long as this control plane's leads; another one in each term. */
final class ElectedScheduler implements MetricSource {
    private final SharedInformers informers;
    private final Environment environment;
    private final SchedulerSettings settings;
    private volatile @Nullable Scheduler working;

    ElectedScheduler(SharedInformers informers, Environment environment, SchedulerSettings settings) {
        this.informers = informers;
        this.environment = environment;
        this.settings = settings;
    }

    /** Begins a term. @param client that everything is written with */
    AutoCloseable begin(Client client) {
        Teardown term = new Teardown();
        EventRecorder events = term.add("events", new EventRecorder(client, "default-scheduler", environment));
        Scheduler scheduler = term.add("scheduler", new Scheduler(client, informers, events, environment, settings));
        scheduler.start();
        working = scheduler;
        return () -> {
            working = null;
            term.close();
        };
    }

    @Override
    public void report(Gathering gathering) {
        Scheduler scheduler = working;
        if (scheduler != null) {
            scheduler.report(gathering);
        }
    }

    /** @throws ApiException with reason ServiceUnavailable while another control plane's leads, or none */
    Scheduler working() {
        Scheduler scheduler = working;
        if (scheduler == null) {
            throw new ApiException(Reason.SERVICE_UNAVAILABLE, "the scheduler of this control plane does not lead");
        }
        return scheduler;
    }
}
