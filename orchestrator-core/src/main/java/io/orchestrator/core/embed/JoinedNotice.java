package io.orchestrator.core.embed;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.control.Events;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.core.client.Informer;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.network.NodeNotice;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says on a node that has joined, and which looks at no other, what the network does for it. */
final class JoinedNotice implements AutoCloseable {
    private final String name;
    private final Client client;
    private final Events events;
    private final Environment environment;
    private final Informer<Node> self;
    private volatile @Nullable NodeNotice notice;

    JoinedNotice(Client client, String name, Events events, Environment environment) {
        this.events = events;
        this.name = name;
        this.client = client;
        this.environment = environment;
        this.self = new Informer<>(
                client.transport(),
                Target.collection(Node.TYPE, ""),
                ListOptions.all().fields("metadata.name=" + name),
                environment);
    }

    /** To be called once. */
    void start(Supplier<List<NodeNotice.Statement>> statements) {
        NodeNotice begun = new NodeNotice(Set.of(name), self, client, statements, events, environment);
        notice = begun;
        begun.start();
        self.start();
    }

    /** What is said may have changed. */
    void review() {
        NodeNotice begun = notice;
        if (begun != null) {
            begun.review();
        }
    }

    @Override
    public void close() {
        NodeNotice begun = notice;
        if (begun != null) {
            begun.close();
        }
        self.close();
    }
}
