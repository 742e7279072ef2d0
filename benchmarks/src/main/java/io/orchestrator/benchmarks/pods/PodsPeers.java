package io.orchestrator.benchmarks.pods;

import io.orchestrator.benchmarks.pods.Timing.Peer;
import io.orchestrator.benchmarks.pods.Timing.Side;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the peers do what our pods do. What a peer cannot do, or nobody compares it by, has no row of it. */
final class PodsPeers {
    private static final String RAW = "raw API";
    private static final String RAW_MANY = "raw API, 8 at a time";
    private static final String SWARM = "Swarm";

    private final @Nullable RawEngine raw;
    private final @Nullable SwarmService swarm;

    PodsPeers(@Nullable RawEngine raw, @Nullable SwarmService swarm) {
        this.raw = raw;
        this.swarm = swarm;
    }

    List<Peer> one() {
        return both(
                RAW,
                bare -> Side.of(bare::begin, bare::end),
                service -> Side.of(run -> service.begin(1), run -> service.remove()));
    }

    List<Peer> many(int pods) {
        return both(
                RAW_MANY,
                bare -> Side.of(
                        run -> bare.each(0, pods, RawEngine.AT_A_TIME, bare::begin),
                        run -> bare.each(0, pods, RawEngine.AT_A_TIME, bare::end)),
                service -> Side.of(run -> service.begin(pods), run -> service.remove()));
    }

    List<Peer> replace() {
        return both(
                RAW,
                bare -> Side.of(bare::begin, bare::replaceKilled, bare::end),
                service -> Side.of(run -> service.begin(1), run -> service.replaceKilled(), run -> service.remove()));
    }

    /** Swarm watches each task for five seconds after it has begun, which says nothing of how soon it begins. */
    List<Peer> rollout(int replicas, int width) {
        RawEngine bare = raw;
        if (bare == null) {
            return List.of();
        }
        return List.of(new Peer(
                RAW,
                Side.of(
                        run -> bare.each(0, replicas, RawEngine.AT_A_TIME, bare::begin),
                        run -> bare.each(0, replicas, width, pod -> {
                            bare.end(pod);
                            bare.begin(pod);
                        }),
                        run -> bare.each(0, replicas, RawEngine.AT_A_TIME, bare::end))));
    }

    List<Peer> scale(int replicas, int most) {
        return both(
                RAW_MANY,
                bare -> new Side(
                        run -> bare.each(0, replicas, RawEngine.AT_A_TIME, bare::begin),
                        List.of(run -> bare.each(replicas, most, RawEngine.AT_A_TIME, bare::begin), run -> {
                            bare.each(replicas, most, RawEngine.AT_A_TIME, bare::end);
                            bare.each(0, replicas, RawEngine.AT_A_TIME, bare::end);
                        }),
                        run -> {}),
                service -> new Side(
                        run -> service.begin(replicas),
                        List.of(run -> service.scale(most), run -> {
                            service.scale(replicas);
                            service.remove();
                        }),
                        run -> {}));
    }

    private interface How<T> {
        Side of(T peer);
    }

    private List<Peer> both(String name, How<RawEngine> barely, How<SwarmService> served) {
        List<Peer> peers = new ArrayList<>();
        if (raw != null) {
            peers.add(new Peer(name, barely.of(raw)));
        }
        if (swarm != null) {
            peers.add(new Peer(SWARM, served.of(swarm)));
        }
        return peers;
    }
}
