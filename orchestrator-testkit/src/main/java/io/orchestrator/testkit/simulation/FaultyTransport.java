package io.orchestrator.testkit.simulation;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ApiTransport;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.Watch;
import io.orchestrator.api.client.WatchListener;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceList;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.spi.node.NodeEndpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between one life of a component and the API and lets go wrong what {@link Faults} say. Once that life has ended,
 * nothing it still does has an effect: so a crash leaves just what was written before.
 *
 * <p>Reads of single objects, of one namespace, and lists with a selector or a limit are always true: they are what components
 * resolve doubts by.
 */
public final class FaultyTransport implements ApiTransport {
    private static final Logger LOG = LoggerFactory.getLogger(FaultyTransport.class);

    private final ApiTransport inner;
    private final Faults faults;
    private final ScheduledExecutorService timers;
    private final Consumer<Duration> freeze;
    private final List<FaultyWatch<?>> watches = new ArrayList<>();
    private boolean dead;

    FaultyTransport(ApiTransport inner, Faults faults, ScheduledExecutorService timers, Consumer<Duration> freeze) {
        this.inner = inner;
        this.faults = faults;
        this.timers = timers;
        this.freeze = freeze;
    }

    /** The life that this one serves has ended. */
    void die() {
        dead = true;
        watches.forEach(FaultyWatch::close);
        watches.clear();
    }

    @Override
    public <B extends Resource> B create(Target<?> target, B body, WriteOptions options) {
        return write("create", target, () -> inner.create(target, body, options));
    }

    @Override
    public <B extends Resource> B get(Target<?> target, Class<B> as) {
        arrive();
        return inner.get(target, as);
    }

    @Override
    public <T extends Resource> ResourceList<T> list(Target<T> collection, ListOptions options) {
        arrive();
        int behind = faults.staleness();
        boolean all = options.equals(ListOptions.all().since(options.resourceVersion()));
        if (behind > 0 && collection.namespace().isEmpty() && all) {
            return stale(collection, options, behind);
        }
        return inner.list(collection, options);
    }

    @Override
    public <T extends Resource> Watch watch(Target<T> collection, ListOptions options, WatchListener<T> listener) {
        FaultyWatch<T> watch = new FaultyWatch<>(faults, collection.type(), listener, timers);
        if (dead) {
            watch.close();
            return watch;
        }
        try {
            arrive();
        } catch (ApiException e) {
            watch.end(e);
            return watch;
        }
        watches.removeIf(FaultyWatch::isOver);
        watches.add(watch);
        watch.runs(inner.watch(collection, options.lasting(faults.lasting(options.timeoutSeconds())), watch));
        return watch;
    }

    @Override
    public <B extends Resource> B update(Target<?> target, B body, WriteOptions options) {
        return write("update", target, () -> inner.update(target, body, options));
    }

    @Override
    public <B extends Resource> B patch(Target<?> target, Patch patch, Class<B> as, WriteOptions options) {
        return write("patch", target, () -> inner.patch(target, patch, as, options));
    }

    @Override
    public <B extends Resource> B apply(Target<?> target, B body, WriteOptions options) {
        return write("apply", target, () -> inner.apply(target, body, options));
    }

    @Override
    public <T extends Resource> T delete(Target<T> target, DeleteOptions options) {
        return write("delete", target, () -> inner.delete(target, options));
    }

    @Override
    public <T extends Resource> void deleteCollection(Target<T> collection, ListOptions which, DeleteOptions options) {
        write("delete all", collection, () -> {
            inner.deleteCollection(collection, which, options);
            return collection;
        });
    }

    @Override
    public NodeEndpoint pods() {
        return inner.pods();
    }

    @Override
    public void close() {
        die();
    }

    private <R> R write(String verb, Target<?> target, Supplier<R> request) {
        arrive();
        R answer = sent(target.type(), request);
        LOG.debug("{} {} {}{} gives {}", verb, target.type().kind(), target.name(), target.subresource(), answer);
        ResourceType<?> type = target.type();
        if (faults.wrote(verb, type)) {
            dead = true;
            faults.crash();
            throw timeout("the component died of this write");
        }
        if (faults.happens(faults.rates().lostAnswer())) {
            throw timeout("the simulation lost the answer");
        }
        return answer;
    }

    private <R> R sent(ResourceType<?> type, Supplier<R> request) {
        Duration standing = faults.freezesNow(type);
        if (standing.isZero()) {
            return request.get();
        }
        freeze.accept(standing);
        try {
            R answer = request.get();
            faults.thawed(true);
            return answer;
        } catch (ApiException e) {
            faults.thawed(false);
            throw e;
        }
    }

    /** Whether the request reaches the API at all. */
    private void arrive() {
        if (dead || faults.isPartitioned() || faults.happens(faults.rates().lostRequest())) {
            throw timeout("the simulation lost the request");
        }
        if (faults.happens(faults.rates().refused())) {
            throw new ApiException(Reason.INTERNAL_ERROR, "the simulation refused the request");
        }
    }

    private <T extends Resource> ResourceList<T> stale(Target<T> collection, ListOptions options, int behind) {
        String head = inner.list(collection, options).metadata().resourceVersion();
        long least = options.resourceVersion().isEmpty() ? 1 : Long.parseLong(options.resourceVersion());
        long revision = Math.max(least, Long.parseLong(head) - behind);
        try {
            return inner.list(collection, options.since(Long.toString(revision)).matching("Exact"));
        } catch (ApiException e) {
            if (e.isExpired()) {
                return inner.list(collection, options);
            }
            throw e;
        }
    }

    private static ApiException timeout(String why) {
        return new ApiException(Reason.TIMEOUT, why);
    }
}
