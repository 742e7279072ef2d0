package io.orchestrator.apiserver;

import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.apiserver.flow.FairSeats;
import io.orchestrator.apiserver.route.RequestPath;
import io.orchestrator.core.metrics.Distribution;
import io.orchestrator.core.metrics.Gathering;
import io.orchestrator.core.metrics.Labelled;
import io.orchestrator.core.metrics.MetricSource;
import io.orchestrator.core.registry.Catalog;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What was asked of the server and how it answered, under the names that Kubernetes' has. Thread-safe. */
final class RequestFigures implements MetricSource {
    private static final String COMPONENT = "apiserver";
    private static final String UNKNOWN = "";
    private static final Map<String, String> VERBS = Map.of(
            "get", "GET",
            "list", "LIST",
            "watch", "WATCH",
            "create", "POST",
            "update", "PUT",
            "patch", "PATCH",
            "delete", "DELETE",
            "deletecollection", "DELETECOLLECTION");
    private static final Set<String> READS = Set.of("GET", "LIST");
    private static final Set<String> STREAMS = Set.of("exec", "attach", "portforward", "proxy", "log");
    private static final double[] BOUNDS = {
        0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60
    };

    private final Supplier<Catalog> catalog;
    private final LongSupplier nanoTime;
    private final FairSeats seats;
    private final LongSupplier watches;
    private final Labelled<LongAdder> requests = new Labelled<>(
            LongAdder::new,
            "verb",
            "group",
            "version",
            "resource",
            "subresource",
            "scope",
            "code",
            "component",
            "dry_run");
    private final Labelled<Distribution> spans = new Labelled<>(
            () -> new Distribution(BOUNDS),
            "verb",
            "group",
            "version",
            "resource",
            "subresource",
            "scope",
            "component");
    private final AtomicLong reading = new AtomicLong();
    private final AtomicLong mutating = new AtomicLong();
    private final AtomicLong streaming = new AtomicLong();
    /** Also those that are refused or have yet to begin, unlike the watches that stand. */
    private final AtomicLong watching = new AtomicLong();

    /** @param watches how many there are */
    RequestFigures(Supplier<Catalog> catalog, LongSupplier nanoTime, FairSeats seats, LongSupplier watches) {
        this.catalog = catalog;
        this.nanoTime = nanoTime;
        this.seats = seats;
        this.watches = watches;
    }

    /** A request from its beginning to its end. */
    final class Tally {
        private final long began = nanoTime.getAsLong();
        private final String verb;
        private final @Nullable ResourceType<?> type;
        private final String subresource;
        private final String scope;
        private final boolean dryRun;
        private final AtomicLong current;

        private Tally(String verb, RequestPath path, boolean dryRun) {
            this.dryRun = dryRun;
            if (path instanceof RequestPath.OfResource resource) {
                this.type = find(resource);
                this.subresource = type == null ? UNKNOWN : known(type, resource.subresource());
                boolean stream = STREAMS.contains(subresource);
                this.verb = stream && !subresource.equals("log") ? "CONNECT" : VERBS.getOrDefault(verb, "OTHER");
                this.scope = !resource.name().isEmpty()
                        ? "resource"
                        : resource.namespace().isEmpty() ? "cluster" : "namespace";
                this.current = stream
                        ? streaming
                        : this.verb.equals("WATCH") ? watching : READS.contains(this.verb) ? reading : mutating;
            } else {
                this.type = null;
                this.subresource = UNKNOWN;
                this.verb = verb.equals("get") || verb.equals("head") ? "GET" : "OTHER";
                this.scope = UNKNOWN;
                this.current = reading;
            }
            current.incrementAndGet();
        }

        /** @param code of the answer; 0 where the connection went another way */
        void ended(int code) {
            current.decrementAndGet();
            String group = type == null ? UNKNOWN : type.group();
            String version = type == null ? UNKNOWN : type.version();
            String resource = type == null ? UNKNOWN : type.plural();
            String told = Integer.toString(code == 0 ? 101 : code);
            requests.with(verb, group, version, resource, subresource, scope, told, COMPONENT, dryRun ? "All" : "")
                    .increment();
            if (!verb.equals("WATCH") && !verb.equals("CONNECT")) {
                spans.with(verb, group, version, resource, subresource, scope, COMPONENT)
                        .observeNanos(nanoTime.getAsLong() - began);
            }
        }
    }

    private @Nullable ResourceType<?> find(RequestPath.OfResource path) {
        return catalog.get().find(path.group(), path.version(), path.plural()).orElse(null);
    }

    /** What a client makes up is no label. */
    private String known(ResourceType<?> type, String subresource) {
        boolean served = subresource.equals("status")
                || STREAMS.contains(subresource)
                || catalog.get()
                        .stored(type)
                        .filter(strategy -> strategy.subresource(subresource).isPresent())
                        .isPresent();
        return served ? subresource : UNKNOWN;
    }

    /** @param verb of a resource; of another path the method */
    Tally begin(String verb, RequestPath path, boolean dryRun) {
        return new Tally(verb.toLowerCase(Locale.ROOT), path, dryRun);
    }

    @Override
    public void report(Gathering gathering) {
        requests.forEach((labels, count) ->
                gathering.counter("apiserver_request_total", "How requests were answered.", count.sum(), labels));
        spans.forEach((labels, span) -> gathering.distribution(
                "apiserver_request_duration_seconds",
                "How long answers took, watches and connections aside.",
                span.reading(),
                labels));
        inFlight(gathering, "readOnly", reading.get());
        inFlight(gathering, "mutating", mutating.get());
        String longRunning = "How many requests last as long as their clients like.";
        gathering.gauge("apiserver_longrunning_requests", longRunning, watches.getAsLong(), "verb", "WATCH");
        gathering.gauge("apiserver_longrunning_requests", longRunning, streaming.get(), "verb", "CONNECT");
        seats.standings().forEach(level -> level(gathering, level));
    }

    private static void inFlight(Gathering gathering, String kind, long count) {
        gathering.gauge(
                "apiserver_current_inflight_requests",
                "How many requests are being served or wait for it.",
                count,
                "request_kind",
                kind);
    }

    private static void level(Gathering gathering, FairSeats.Standing level) {
        String[] label = {"priority_level", level.level()};
        gathering.gauge("apiserver_flowcontrol_nominal_limit_seats", "Seats of a level's own.", level.seats(), label);
        gathering.gauge("apiserver_flowcontrol_current_executing_seats", "Seats that are taken.", level.inUse(), label);
        gathering.gauge(
                "apiserver_flowcontrol_current_inqueue_requests", "How many wait for one.", level.waiting(), label);
        gathering.counter(
                "apiserver_flowcontrol_dispatched_requests_total", "How many got one.", level.served(), label);
        gathering.counter(
                "apiserver_flowcontrol_rejected_requests_total", "How many were sent away.", level.refused(), label);
    }
}
