package io.orchestrator.core.schedule.plugin;

import static io.orchestrator.core.schedule.framework.SmallCluster.labelled;
import static io.orchestrator.core.schedule.framework.SmallCluster.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.Snapshot;
import io.orchestrator.core.schedule.framework.Topology;
import io.orchestrator.core.schedule.persistent.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DomainSumsTest {
    private static final int NODES = 200;

    private final Random random = new Random(1);
    private final Snapshot snapshot = snapshot();

    private Snapshot snapshot() {
        List<NodeView> nodes = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            Map<String, String> labels = random.nextInt(10) == 0
                    ? Map.of("rack", "r" + i % 20)
                    : Map.of("zone", "z" + random.nextInt(3), "rack", "r" + i % 20);
            nodes.add(NodeView.of(labelled(node("n" + i, "4", "4Gi"), labels), List.of()));
        }
        return Snapshot.of(nodes);
    }

    private static int[] counted(Topology topology, Counts pods) {
        int[] sums = new int[topology.size()];
        pods.forEach((node, count) -> {
            if (topology.domainOf(node) != Topology.NOWHERE) {
                sums[topology.domainOf(node)] += count;
            }
        });
        return sums;
    }

    private Counts changed(Counts pods) {
        Counts next = pods;
        for (int changes = random.nextInt(4); changes >= 0; changes--) {
            int place = random.nextInt(NODES);
            next = next.plus(place, next.get(place) > 0 && random.nextBoolean() ? -1 : 1);
        }
        return next;
    }

    @Test
    void whatIsKeptChangesNoSumWhoeverAsksInBetween() {
        DomainSums sums = new DomainSums();
        List<Topology> topologies = List.of(snapshot.topology("zone"), snapshot.topology("rack"));
        List<String> labels = List.of("zone", "rack");
        Counts[] pods = {Counts.none(NODES), Counts.none(NODES), Counts.none(NODES)};
        for (int round = 0; round < 2_000; round++) {
            int kind = random.nextInt(pods.length);
            pods[kind] = changed(pods[kind]);
            int by = random.nextInt(2);
            assertThat(sums.of(labels.get(by), topologies.get(by), pods[kind]))
                    .isEqualTo(counted(topologies.get(by), pods[kind]));
        }
    }

    @Test
    void otherNodesAreCountedAnew() {
        DomainSums sums = new DomainSums();
        Counts pods = Counts.none(NODES).plus(3, 2).plus(150, 1);
        sums.of("zone", snapshot.topology("zone"), pods);
        Topology other = snapshot().topology("zone");
        assertThat(sums.of("zone", other, pods)).isEqualTo(counted(other, pods));
    }

    @Test
    void moreLabelsThanAreKeptAreCountedAllTheSame() {
        DomainSums sums = new DomainSums();
        Topology zones = snapshot.topology("zone");
        Counts pods = Counts.none(NODES);
        for (int round = 0; round < 200; round++) {
            pods = changed(pods);
            assertThat(sums.of("label-" + round % 30, zones, pods)).isEqualTo(counted(zones, pods));
        }
    }
}
