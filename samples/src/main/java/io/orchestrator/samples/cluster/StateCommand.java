package io.orchestrator.samples.cluster;

import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.store.StoreCopies;
import io.orchestrator.spi.store.Store;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What can be done to a cluster's state from outside. A directory must not be in use meanwhile; an etcd may be. */
@Command(
        name = "state",
        mixinStandardHelpOptions = true,
        description = {
            "Copies the state of a cluster: to a snapshot, from one, or from one store to another.",
            "A directory is locked by the cluster that runs on it: end that first. On etcd it may run on while a snapshot is"
                    + " taken. What pods have in their volumes is not part of the state."
        })
final class StateCommand {
    @Command(
            name = "snapshot",
            mixinStandardHelpOptions = true,
            description = "Writes all that a store holds at one moment to a directory, which can be a store itself.")
    int snapshot(
            @Option(names = "--store", required = true, description = "What to copy: dir:PATH or etcd:URL[,URL...].")
                    String store,
            @Mixin EtcdAccess etcd,
            @Parameters(paramLabel = "DIRECTORY", description = "Where to; must hold no state yet.") Path directory) {
        try (Store from = StoreChoice.openToRead(store, etcd)) {
            long revision = StoreCopies.snapshot(from, Cluster.stateIn(directory));
            Say.line("snapshot of revision %d in %s", revision, directory);
        }
        return 0;
    }

    @Command(
            name = "restore",
            mixinStandardHelpOptions = true,
            description = {
                "Makes a store from a snapshot, which stays as it is.",
                "In a directory the revisions are those of the snapshot; an etcd counts for itself, and watchers list again."
            })
    int restore(
            @Parameters(paramLabel = "SNAPSHOT", description = "The snapshot's directory.") Path snapshot,
            @Option(
                            names = "--store",
                            required = true,
                            description = "Where to: dir:PATH or etcd:URL[,URL...]; must hold no cluster's state yet.")
                    String store,
            @Mixin EtcdAccess etcd) {
        Path target = StoreChoice.directoryOf(store);
        if (target != null) {
            long revision = StoreCopies.restore(Cluster.stateIn(snapshot), Cluster.stateIn(target));
            Say.line("restored revision %d to %s", revision, target);
            return 0;
        }
        return migrate("dir:" + snapshot, store, etcd);
    }

    @Command(
            name = "migrate",
            mixinStandardHelpOptions = true,
            description = {
                "Copies all that one store holds to another, of any kind. End the cluster on the first before: what is"
                        + " written to it meanwhile is not copied.",
                "Two stores on etcd are reached by the same options."
            })
    int migrate(
            @Option(names = "--from", required = true, description = "dir:PATH or etcd:URL[,URL...].") String from,
            @Option(
                            names = "--to",
                            required = true,
                            description = "dir:PATH or etcd:URL[,URL...]; must hold no cluster's state yet.")
                    String to,
            @Mixin EtcdAccess etcd) {
        try (Store source = StoreChoice.openToRead(from, etcd);
                Store target = StoreChoice.open(to, etcd)) {
            Say.line("%d entries copied to %s", StoreCopies.migrate(source, target), to);
        }
        return 0;
    }
}
