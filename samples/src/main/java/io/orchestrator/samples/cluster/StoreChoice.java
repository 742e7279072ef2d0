package io.orchestrator.samples.cluster;

import io.orchestrator.core.embed.ClusterBuilder;
import java.nio.file.Path;

/** The {@code --store} option. */
final class StoreChoice {
    private static final String DIRECTORY = "dir:";
    private static final String ETCD = "etcd:";

    private StoreChoice() {}

    /** @throws IllegalArgumentException when the option is none of those that there are */
    static ClusterBuilder apply(String option, EtcdAccess etcd, ClusterBuilder builder) {
        if (option.equals("memory")) {
            return builder;
        }
        if (option.startsWith(DIRECTORY) && option.length() > DIRECTORY.length()) {
            return builder.directory(Path.of(option.substring(DIRECTORY.length())));
        }
        if (option.startsWith(ETCD) && option.length() > ETCD.length()) {
            return builder.store(etcd.open(option.substring(ETCD.length()).split(",")));
        }
        throw new IllegalArgumentException("--store is memory, dir:PATH or etcd:URL[,URL...], not " + option);
    }
}
