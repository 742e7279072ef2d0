package io.orchestrator.samples.network;

import io.orchestrator.api.model.core.LifecycleBuilder;
import io.orchestrator.api.model.core.LifecycleHandlerBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodDraft;
import io.orchestrator.api.model.core.SleepAction;
import java.util.List;

/** Pods that serve and pods that ask, as one runtime can have them. */
interface PodKit {
    /** Where the servers listen. */
    int PORT = 8080;

    /** How many replicas a roll-out has that is to show something. */
    int crowd();

    /** A web server that answers with {@code host=} and its own name, ready once it does. */
    PodDraft server(String name);

    /** The same server, which when it is told to end goes on until nobody new can be led to it. */
    default Pod lasting(Pod server) {
        return server.withSpec(server.spec()
                .with(spec -> spec.containers(server.spec().containers().stream()
                        .map(container -> container.with(change -> change.lifecycle(LifecycleBuilder.builder()
                                .preStop(LifecycleHandlerBuilder.builder()
                                        .sleep(new SleepAction(3))
                                        .build())
                                .build())))
                        .toList())));
    }

    /** A pod that waits to be told what to ask. */
    PodDraft client(String name);

    /** The words by which a client asks this URL, within a few seconds. */
    List<String> fetch(String url);

    /** The words before a command of this machine that put it into the pod's network. */
    List<String> within(Pod pod);

    /** Ends the pod's server as {@code kill -9} does. */
    void kill(Pod pod);

    /** An address of this machine that pods of the cluster reach. */
    String hostAddress(String clusterId);
}
