package io.orchestrator.core.network;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.control.Events;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.NodeCondition;
import io.orchestrator.api.model.core.NodeStatusBuilder;
import io.orchestrator.core.client.Informer;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.env.SerialExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says on the nodes of this machine, as conditions, what the network does for them. Writes only what is new or has changed;
 * whoever takes a condition away gets it back. What has changed is an event, too.
 *
 * <p><b>Threads.</b> Safe for concurrent use; writes on a loop of its own.
 */
public final class NodeNotice implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeNotice.class);

    /**
     * What is said.
     *
     * @param status {@code True} or {@code False}
     * @param isNews whether it is worth an event also where nothing was said before
     */
    public record Statement(String type, String status, String reason, String message, boolean isNews) {

        /** One that anybody would expect. */
        public Statement(String type, String status, String reason, String message) {
            this(type, status, reason, message, false);
        }

        boolean isSaidBy(NodeCondition condition) {
            return condition.status().equals(status)
                    && condition.reason().equals(reason)
                    && condition.message().equals(message);
        }
    }

    private final Set<String> names;
    private final Informer<Node> nodes;
    private final Client client;
    private final Supplier<List<Statement>> statements;
    private final Events events;
    private final Environment environment;
    private final SerialExecutor loop;
    private final Informer.Handler<Node> onNode;
    private volatile boolean closed;

    /**
     * @param names of the nodes that are meant
     * @param nodes that are looked at, these among them
     */
    public NodeNotice(
            Set<String> names,
            Informer<Node> nodes,
            Client client,
            Supplier<List<Statement>> statements,
            Events events,
            Environment environment) {
        this.names = Set.copyOf(names);
        this.nodes = nodes;
        this.client = client;
        this.statements = statements;
        this.events = events;
        this.environment = environment;
        this.loop = new SerialExecutor(environment.executor());
        this.onNode = (@Nullable Node before, @Nullable Node after) -> {
            if (after != null && this.names.contains(after.metadata().name())) {
                loop.execute(() -> look(after));
            }
        };
    }

    public void start() {
        nodes.addHandler(onNode);
    }

    /** What is said may have changed. */
    public void review() {
        loop.execute(() -> nodes.list("").stream()
                .filter(node -> names.contains(node.metadata().name()))
                .forEach(this::look));
    }

    private void look(Node node) {
        List<NodeCondition> conditions = new ArrayList<>(node.status().conditions());
        boolean changed = false;
        List<Statement> news = new ArrayList<>();
        for (Statement statement : statements.get()) {
            Optional<NodeCondition> said = node.status().condition(statement.type());
            if (said.filter(statement::isSaidBy).isEmpty()) {
                changed = true;
                conditions.removeIf(condition -> condition.type().equals(statement.type()));
                conditions.add(condition(statement));
                if (said.isPresent() || statement.isNews()) {
                    news.add(statement);
                }
            }
        }
        if (!changed || closed) {
            return;
        }
        try {
            client.nodes()
                    .updateStatus(node.withStatus(NodeStatusBuilder.builder(node.status())
                            .conditions(conditions)
                            .build()));
            news.forEach(statement -> tell(node, statement));
        } catch (ApiException e) {
            // Somebody else has written: that change comes here as well, and is looked at.
            if (!e.isConflict() && !e.isNotFound()) {
                LOG.warn(
                        "node {} is not told what serves its services",
                        node.metadata().name(),
                        e);
            }
        }
    }

    private void tell(Node node, Statement statement) {
        if (statement.status().equals("True")) {
            events.normal(node, statement.reason(), statement.message());
        } else {
            events.warning(node, statement.reason(), statement.message());
        }
    }

    private NodeCondition condition(Statement statement) {
        Time now = Time.of(environment.clock().instant());
        return new NodeCondition(
                statement.type(), statement.status(), now, now, statement.reason(), statement.message());
    }

    @Override
    public void close() {
        closed = true;
        nodes.removeHandler(onNode);
    }
}
