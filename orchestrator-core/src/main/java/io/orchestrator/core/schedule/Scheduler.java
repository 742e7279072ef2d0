package io.orchestrator.core.schedule;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.control.Events;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.client.Informer;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.env.Environment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives every pod that names one of its profiles a node. Runs against the API alone, so as well in a process of its own.
 *
 * <p><b>Threads.</b> Safe for concurrent use. What informers tell is handed to one loop on the environment's executor; at rest
 * nothing runs.
 */
public final class Scheduler implements AutoCloseable {
    private final SchedulingLoop loop;
    private final Informer<Pod> pods;
    private final Informer<Node> nodes;
    private final SharedInformers informers;
    private final Informer.Handler<Pod> onPod;
    private final Informer.Handler<Node> onNode;

    /** @param profiles one per scheduler name; pods of other schedulers are left alone, though they take room */
    public Scheduler(
            Client client, SharedInformers informers, Events events, Environment environment, List<Profile> profiles) {
        this.loop = new SchedulingLoop(client, events, environment, profiles);
        this.informers = informers;
        this.pods = informers.informer(Pod.TYPE);
        this.nodes = informers.informer(Node.TYPE);
        this.onPod = (@Nullable Pod before, @Nullable Pod after) -> loop.podChanged(before, after);
        this.onNode = (@Nullable Node before, @Nullable Node after) -> loop.nodeChanged(before, after);
    }

    /** Begins as soon as nodes and pods are known. To be called once. */
    public void start() {
        nodes.addHandler(onNode);
        pods.addHandler(onPod);
        informers.whenSynced(List.of(Node.TYPE, Pod.TYPE), loop::begin);
    }

    /** Starts nothing more; bindings under way may still be written. Idempotent. */
    @Override
    public void close() {
        pods.removeHandler(onPod);
        nodes.removeHandler(onNode);
        loop.close();
    }
}
