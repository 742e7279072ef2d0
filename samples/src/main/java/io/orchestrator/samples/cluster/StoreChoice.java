package io.orchestrator.samples.cluster;

import io.orchestrator.spi.store.Store;
import io.orchestrator.store.etcd.EtcdStore;
import java.util.Optional;

/** The {@code --store} option. */
final class StoreChoice {
    private static final String ETCD = "etcd:";

    private StoreChoice() {}

    /** Empty for memory, which the cluster makes itself. */
    static Optional<Store> of(String option) {
        if (option.equals("memory")) {
            return Optional.empty();
        }
        if (option.startsWith(ETCD) && option.length() > ETCD.length()) {
            return Optional.of(EtcdStore.connect(option.substring(ETCD.length()).split(",")));
        }
        throw new IllegalArgumentException("--store is memory or etcd:URL[,URL...], not " + option
                + (option.startsWith("dir:") ? " (a directory is not supported yet)" : ""));
    }
}
