package io.orchestrator.core.schedule;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.control.Events;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.client.Informer;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.metrics.Gathering;
import io.orchestrator.core.metrics.MetricSource;
import io.orchestrator.core.schedule.framework.Profile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Gives every pod that names one of its profiles a node. Runs against the API alone, so as well in a process of its own.
 *
 * <p><b>Threads.</b> Safe for concurrent use. What informers tell is handed to one loop on the environment's executor; at rest
 * nothing runs.
 */
public final class Scheduler implements MetricSource, AutoCloseable {
    private final SchedulingLoop loop;
    private final SharedInformers informers;
    /** In an order that does not change from one start of the JVM to the next, as that of a set does. */
    private final Set<ResourceType<?>> read = new TreeSet<>(Comparator.comparing(ResourceType::toString));

    private final List<Subscription<?>> subscriptions = new ArrayList<>();

    /** A handler and what it listens to. */
    private record Subscription<T extends Resource>(Informer<T> informer, Informer.Handler<T> handler) {
        void begin() {
            informer.addHandler(handler);
        }

        void end() {
            informer.removeHandler(handler);
        }
    }

    public Scheduler(
            Client client,
            SharedInformers informers,
            Events events,
            Environment environment,
            SchedulerSettings settings) {
        this.loop = new SchedulingLoop(client, events, environment, settings);
        this.informers = informers;
        for (Profile profile : settings.profiles()) {
            profile.plugins().forEach(plugin -> read.addAll(plugin.reads()));
        }
        read.remove(Node.TYPE);
        read.remove(Pod.TYPE);
        read.forEach(type -> subscriptions.add(objects(type)));
        subscriptions.add(new Subscription<>(informers.informer(Node.TYPE), loop::nodeChanged));
        subscriptions.add(new Subscription<>(informers.informer(Pod.TYPE), loop::podChanged));
    }

    private <T extends Resource> Subscription<T> objects(ResourceType<T> type) {
        return new Subscription<>(
                informers.informer(type),
                (@Nullable T before, @Nullable T after) -> loop.objectChanged(type, before, after));
    }

    /** Begins as soon as nodes, pods and what plugins read are known. To be called once. */
    public void start() {
        subscriptions.forEach(Subscription::begin);
        Set<ResourceType<?>> all = new LinkedHashSet<>(read);
        all.add(Node.TYPE);
        all.add(Pod.TYPE);
        informers.whenSynced(all, loop::begin);
    }

    /**
     * Why the pod of this name went where it went, or nowhere: the latest decision about it is made again with the same
     * snapshot and the same chance, and what each plugin says is written down. Empty when the scheduler decided nothing about it,
     * or has decided so much since that it does not remember.
     */
    public CompletionStage<Optional<Explanation>> explain(ObjectKey pod) {
        return loop.explain(pod);
    }

    /**
     * Where a pod would go if it came now. Nothing is taken or written.
     *
     * <p>Fails with {@link IllegalStateException} when the pod names no scheduler of these profiles.
     */
    public CompletionStage<Explanation> whatIf(Pod pod) {
        return loop.whatIf(pod);
    }

    @Override
    public void report(Gathering gathering) {
        loop.figures().report(gathering);
    }

    /** Starts nothing more; bindings under way may still be written. Idempotent. */
    @Override
    public void close() {
        subscriptions.forEach(Subscription::end);
        loop.close();
    }
}
