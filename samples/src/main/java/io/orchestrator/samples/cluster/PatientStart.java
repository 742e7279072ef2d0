package io.orchestrator.samples.cluster;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.embed.ClusterBuilder;
import io.orchestrator.spi.store.StoreException;
import java.io.IOException;
import java.time.Duration;

/** Starts a cluster whose store may come later than itself, as an etcd of another machine may. */
final class PatientStart {
    private static final Duration AGAIN = Duration.ofSeconds(2);

    private PatientStart() {}

    /** Says what the cluster is made of; asked for each attempt, as one that failed has closed its store. */
    interface Making {
        ClusterBuilder make() throws IOException;
    }

    /** @throws RuntimeException as the last attempt did, when the program is asked to end before the store answers */
    static Cluster of(Making making, EndSignal end) throws IOException {
        while (true) {
            try {
                return making.make().start();
            } catch (StoreException.Unavailable | ApiException e) {
                if (!isForLackOfTheStore(e)) {
                    throw e;
                }
                Say.line("the store does not answer yet: %s", String.valueOf(e.getMessage()));
                if (end.await(AGAIN)) {
                    throw e;
                }
            }
        }
    }

    private static boolean isForLackOfTheStore(Throwable failure) {
        return failure instanceof StoreException.Unavailable
                || (failure.getCause() != null && isForLackOfTheStore(failure.getCause()));
    }
}
