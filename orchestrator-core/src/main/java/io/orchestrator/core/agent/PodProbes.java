package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ContainerStatus;
import io.orchestrator.api.model.core.Probe;
import io.orchestrator.core.agent.PodMemory.Verdict;
import io.orchestrator.core.agent.Prober.Kind;
import io.orchestrator.core.agent.Prober.Request;
import io.orchestrator.core.agent.Prober.Result;
import io.orchestrator.core.env.Environment;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.SandboxState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The probes of one pod's running containers, and what they amount to. Owned by the pod's lane. */
final class PodProbes {
    /** What the pod's worker does with the probes' news. */
    interface Listener {
        /** A verdict has changed. */
        void changed();

        void unhealthy(String message);
    }

    /** The loops of one container. A failed liveness or startup stays until the container has gone. */
    private static final class Probed {
        final Map<Kind, ProbeLoop> loops = new EnumMap<>(Kind.class);
        boolean started;
        boolean ready;
        String failing = "";

        @Nullable
        Long failingGrace;

        Verdict verdict() {
            return new Verdict(started, ready, failing, failingGrace);
        }
    }

    private final Prober prober;
    private final Environment environment;
    private final Deadlines deadlines;
    private final Lane lane;
    private final Listener listener;
    private final Map<String, Probed> probed = new HashMap<>();

    PodProbes(Prober prober, Environment environment, Deadlines deadlines, Lane lane, Listener listener) {
        this.prober = prober;
        this.environment = environment;
        this.deadlines = deadlines;
        this.lane = lane;
        this.listener = listener;
    }

    /** Probes what runs and nothing else; gives what is known of each. */
    Map<String, Verdict> follow(PodFacts facts) {
        Set<String> running = new HashSet<>();
        for (ContainerState state : facts.running()) {
            running.add(state.id());
            if (!probed.containsKey(state.id())) {
                begin(facts, state);
            }
        }
        probed.entrySet().removeIf(entry -> {
            boolean gone = !running.contains(entry.getKey());
            if (gone) {
                entry.getValue().loops.values().forEach(ProbeLoop::close);
            }
            return gone;
        });
        Map<String, Verdict> verdicts = new HashMap<>();
        probed.forEach((id, container) -> verdicts.put(id, container.verdict()));
        return verdicts;
    }

    void close() {
        probed.values().forEach(container -> container.loops.values().forEach(ProbeLoop::close));
        probed.clear();
    }

    private void begin(PodFacts facts, ContainerState state) {
        Probed container = new Probed();
        probed.put(state.id(), container);
        Optional<Container> spec = specOf(facts, state.name());
        Probe startup = spec.map(Container::startupProbe).orElse(null);
        // an agent that restarts goes on from what the one before it had found
        Optional<ContainerStatus> known = facts.reported(state.name())
                .filter(status -> status.containerID().endsWith("://" + state.id()));
        container.started = startup == null
                || known.filter(status -> Boolean.TRUE.equals(status.started())).isPresent();
        container.ready = container.started
                && (spec.map(Container::readinessProbe).isEmpty()
                        || known.filter(ContainerStatus::ready).isPresent());
        Instant start = state.startedAt() == null ? facts.now() : state.startedAt();
        if (spec.isPresent() && startup != null && !container.started) {
            loop(facts, state, spec.get(), Kind.STARTUP, startup, container).begin(start);
        } else if (spec.isPresent()) {
            beginOthers(facts, state, spec.get(), container, start);
        }
    }

    private void beginOthers(PodFacts facts, ContainerState state, Container spec, Probed container, Instant start) {
        if (spec.readinessProbe() != null) {
            loop(facts, state, spec, Kind.READINESS, spec.readinessProbe(), container)
                    .begin(start);
        }
        if (spec.livenessProbe() != null) {
            loop(facts, state, spec, Kind.LIVENESS, spec.livenessProbe(), container)
                    .begin(start);
        }
    }

    private ProbeLoop loop(
            PodFacts facts, ContainerState state, Container spec, Kind kind, Probe probe, Probed container) {
        ProbeLoop loop = new ProbeLoop(
                request(facts, state, spec, kind, probe),
                prober,
                environment,
                deadlines,
                lane,
                (source, result) -> checked(facts, state, spec, container, source, result));
        container.loops.put(kind, loop);
        return loop;
    }

    private void checked(
            PodFacts facts, ContainerState state, Container spec, Probed container, ProbeLoop loop, Result result) {
        if (!result.success()) {
            listener.unhealthy(loop.kind().title() + " probe failed: " + result.message());
        }
        Verdict before = container.verdict();
        switch (loop.kind()) {
            case STARTUP -> {
                if (loop.hasSucceeded()) {
                    loop.close();
                    container.started = true;
                    container.ready = spec.readinessProbe() == null;
                    beginOthers(
                            facts, state, spec, container, state.startedAt() == null ? facts.now() : state.startedAt());
                } else if (loop.hasFailed()) {
                    fail(container, loop, "startup");
                }
            }
            case LIVENESS -> {
                if (loop.hasFailed()) {
                    fail(container, loop, "liveness");
                }
            }
            case READINESS -> {
                if (loop.hasSucceeded()) {
                    container.ready = true;
                } else if (loop.hasFailed()) {
                    container.ready = false;
                }
            }
        }
        if (!before.equals(container.verdict())) {
            listener.changed();
        }
    }

    private static void fail(Probed container, ProbeLoop loop, String what) {
        container.failing = what;
        container.failingGrace = loop.probe().terminationGracePeriodSeconds();
        loop.close();
    }

    private static Request request(PodFacts facts, ContainerState state, Container spec, Kind kind, Probe probe) {
        String address = facts.readySandbox()
                .map(SandboxState::addresses)
                .filter(all -> !all.isEmpty())
                .map(all -> all.get(0))
                .orElse("127.0.0.1");
        int port = 0;
        if (probe.httpGet() != null) {
            port = Ports.resolve(probe.httpGet().port(), spec);
            address =
                    probe.httpGet().host().isEmpty() ? address : probe.httpGet().host();
        } else if (probe.grpc() != null) {
            port = probe.grpc().port();
        } else if (probe.tcpSocket() != null) {
            port = Ports.resolve(probe.tcpSocket().port(), spec);
            address = probe.tcpSocket().host().isEmpty()
                    ? address
                    : probe.tcpSocket().host();
        }
        return new Request(kind, state.pod(), state.id(), address, port, probe);
    }

    private static Optional<Container> specOf(PodFacts facts, String name) {
        List<Container> all = new ArrayList<>(facts.pod().spec().initContainers());
        all.addAll(facts.pod().spec().containers());
        return all.stream().filter(container -> container.name().equals(name)).findFirst();
    }
}
