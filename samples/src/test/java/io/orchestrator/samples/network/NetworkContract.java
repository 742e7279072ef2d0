package io.orchestrator.samples.network;

import java.util.function.Supplier;

/** What clients inside and outside find of services, on a cluster of two nodes. A subclass says what runs and what serves. */
abstract class NetworkContract extends NetworkScene
        implements ReachContract, NamesContract, AffinityContract, ChangeContract {

    NetworkContract(Supplier<PodKit> kits) {
        super(kits);
    }
}
