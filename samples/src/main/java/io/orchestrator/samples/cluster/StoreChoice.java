package io.orchestrator.samples.cluster;

import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.embed.ClusterBuilder;
import io.orchestrator.core.store.DurableStore;
import io.orchestrator.spi.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the {@code --store} option and its like name. */
final class StoreChoice {
    private static final String DIRECTORY = "dir:";
    private static final String ETCD = "etcd:";

    private StoreChoice() {}

    /** @throws IllegalArgumentException when the option is none of those that there are */
    static ClusterBuilder apply(String option, EtcdAccess etcd, ClusterBuilder builder) {
        if (option.equals("memory")) {
            return builder;
        }
        Path directory = directoryOf(option);
        if (directory != null) {
            return builder.directory(directory);
        }
        String[] endpoints = endpointsOf(option);
        if (endpoints.length > 0) {
            return builder.store(etcd.open(endpoints));
        }
        throw new IllegalArgumentException("--store is memory, dir:PATH or etcd:URL[,URL...], not " + option);
    }

    /** A store that survives, for a tool to work on while no cluster has its directory. */
    static Store open(String option, EtcdAccess etcd) {
        Path directory = directoryOf(option);
        if (directory != null) {
            return DurableStore.open(Cluster.stateIn(directory), Runnable::run);
        }
        String[] endpoints = endpointsOf(option);
        if (endpoints.length > 0) {
            return etcd.open(endpoints);
        }
        throw new IllegalArgumentException("state is copied between dir:PATH and etcd:URL[,URL...], not " + option);
    }

    /** The same, of something that must be there already: a mistyped path is not a cluster without objects. */
    static Store openToRead(String option, EtcdAccess etcd) {
        Path directory = directoryOf(option);
        if (directory != null && !Files.isDirectory(Cluster.stateIn(directory))) {
            throw new IllegalArgumentException(directory + " holds no state of a cluster");
        }
        return open(option, etcd);
    }

    static @Nullable Path directoryOf(String option) {
        return option.startsWith(DIRECTORY) && option.length() > DIRECTORY.length()
                ? Path.of(option.substring(DIRECTORY.length()))
                : null;
    }

    /** Of {@code etcd:}; empty for what names no etcd. */
    static String[] endpointsOf(String option) {
        return option.startsWith(ETCD) && option.length() > ETCD.length()
                ? option.substring(ETCD.length()).split(",")
                : new String[0];
    }
}
