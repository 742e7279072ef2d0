package io.orchestrator.apiserver;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.flowcontrol.FlowSchema;
import io.orchestrator.api.model.flowcontrol.FlowSchemaCondition;
import io.orchestrator.api.model.flowcontrol.FlowSchemaStatus;
import io.orchestrator.api.model.flowcontrol.PriorityLevelConfiguration;
import io.orchestrator.core.embed.ControlPlane;
import io.orchestrator.core.env.SerialExecutor;
import io.orchestrator.core.registry.Caller;
import io.orchestrator.core.registry.StoredObject;
import io.orchestrator.core.registry.cache.WatchSink;
import io.orchestrator.spi.store.Subscription;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the flow schemas and levels of priority, tells who acts on them, and writes into the schemas' status whether their
 * level is there. One task at a time; a table is read by anybody.
 */
final class FlowControl implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FlowControl.class);
    private static final String DANGLING = "Dangling";
    private static final Caller CALLER = Caller.system("api-priority-and-fairness-config-consumer-v1");

    private final ControlPlane plane;
    private final SerialExecutor loop;
    private final Set<ResourceType<?>> stale = ConcurrentHashMap.newKeySet();
    private final List<Subscription> watches = new CopyOnWriteArrayList<>();
    private volatile FlowTable table = FlowTable.of(List.of(), List.of());
    private volatile Consumer<FlowTable> listener = changed -> {};
    private volatile boolean closed;

    FlowControl(ControlPlane plane) {
        this.plane = plane;
        this.loop = new SerialExecutor(plane.environment().executor());
        table = read();
    }

    FlowTable table() {
        return table;
    }

    /** Begins to follow. @param changed told of each new table */
    void start(Consumer<FlowTable> changed) {
        listener = changed;
        follow(FlowSchema.TYPE);
        follow(PriorityLevelConfiguration.TYPE);
        run(this::refresh);
    }

    private void follow(ResourceType<?> type) {
        if (!closed) {
            stale.remove(type);
            watches.add(plane.registry().watch(Target.collection(type, ""), ListOptions.all(), new Follower(type)));
        }
    }

    private void run(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("the threads have ended, and with them what flows there are");
        }
    }

    private void refresh() {
        if (closed) {
            return;
        }
        try {
            List.copyOf(stale).forEach(this::follow);
            FlowTable fresh = read();
            table = fresh;
            listener.accept(fresh);
            judge();
        } catch (ApiException e) {
            // The next change tries again; until then what was known holds.
            LOG.warn("flow schemas could not be followed: {}", e.getMessage());
        }
    }

    private FlowTable read() {
        return FlowTable.of(all(FlowSchema.TYPE), all(PriorityLevelConfiguration.TYPE));
    }

    private <T extends Resource> List<T> all(ResourceType<T> type) {
        return plane.registry().list(Target.collection(type, ""), ListOptions.all()).objects().stream()
                .map(object -> type.objectClass().cast(object.object()))
                .toList();
    }

    private void judge() {
        Set<String> levels = all(PriorityLevelConfiguration.TYPE).stream()
                .map(level -> level.metadata().name())
                .collect(Collectors.toSet());
        for (FlowSchema schema : all(FlowSchema.TYPE)) {
            String level = schema.spec().priorityLevelConfiguration().name();
            boolean found = levels.contains(level);
            String status = found ? "False" : "True";
            boolean known = schema.status().conditions().stream()
                    .anyMatch(each ->
                            each.type().equals(DANGLING) && each.status().equals(status));
            if (!known) {
                write(
                        schema,
                        new FlowSchemaCondition(
                                DANGLING,
                                status,
                                Time.of(plane.environment().clock().instant()),
                                found ? "Found" : "NotFound",
                                "This FlowSchema references the PriorityLevelConfiguration object named \"" + level
                                        + "\" and " + (found ? "it exists" : "there is no such object")));
            }
        }
    }

    private void write(FlowSchema schema, FlowSchemaCondition condition) {
        try {
            plane.registry()
                    .update(
                            new Target<>(FlowSchema.TYPE, "", schema.metadata().name(), "status"),
                            schema.withStatus(new FlowSchemaStatus(List.of(condition))),
                            WriteOptions.defaults(),
                            CALLER);
        } catch (ApiException e) {
            // Somebody changed or deleted it meanwhile: the watch brings us back.
            if (!e.isConflict() && !e.isNotFound()) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        watches.forEach(Subscription::close);
    }

    /** Whatever changes, everything is looked at anew: there are a dozen objects. */
    private final class Follower implements WatchSink {
        private final ResourceType<?> type;

        Follower(ResourceType<?> type) {
            this.type = type;
        }

        @Override
        public void event(WatchEvent.Type change, StoredObject object) {
            run(FlowControl.this::refresh);
        }

        @Override
        public void bookmark(long revision, boolean initialEventsEnd) {}

        @Override
        public void closed(ApiException cause) {
            if (cause.isExpired()) {
                stale.add(type);
                run(FlowControl.this::refresh);
            }
        }
    }
}
