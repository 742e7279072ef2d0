package io.orchestrator.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.ConfigMapBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.KnownObjects;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.Permit;
import io.orchestrator.core.schedule.framework.PermitPlugin;
import io.orchestrator.core.schedule.framework.Plugin;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.PostBindPlugin;
import io.orchestrator.core.schedule.framework.PreBindPlugin;
import io.orchestrator.core.schedule.framework.PreBinding;
import io.orchestrator.core.schedule.framework.Profile;
import io.orchestrator.core.schedule.framework.Reservation;
import io.orchestrator.core.schedule.framework.ReservePlugin;
import io.orchestrator.core.schedule.framework.ScorePlugin;
import io.orchestrator.core.schedule.framework.Snapshot;
import io.orchestrator.core.schedule.plugin.KubernetesPlugins;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The steps between the choice of a node and the binding, with plugins of a host. */
class SchedulingStepsTest {

    /** Lets pods of one group go only when three of them have a node. */
    private static final class Gang implements PermitPlugin {
        @Override
        public String name() {
            return "Gang";
        }

        @Override
        public Permit permit(Cycle cycle, NodeView node, Snapshot now) {
            long members =
                    now.nodes().stream().mapToLong(each -> each.pods().size()).sum();
            return members >= 3 ? Permit.allow() : Permit.hold(Duration.ofSeconds(30));
        }
    }

    /** Notes what it is told, and refuses as the test says. */
    private static final class Recorder implements ReservePlugin, PreBindPlugin, PostBindPlugin {
        final List<String> calls = new ArrayList<>();
        boolean refuses;

        @Override
        public String name() {
            return "Recorder";
        }

        @Override
        public Set<ResourceType<?>> reads() {
            return Set.of(ConfigMap.TYPE);
        }

        @Override
        public Reservation reserve(Cycle cycle, NodeView node) {
            calls.add("reserve " + node.name());
            return refuses ? Reservation.refused("no address is left") : Reservation.taken(List.of(map("assumed")));
        }

        @Override
        public void unreserve(Cycle cycle, NodeView node) {
            calls.add("unreserve " + node.name());
        }

        @Override
        public PreBinding preBind(Cycle cycle, NodeView node, KnownObjects objects) {
            Optional<ConfigMap> found = objects.find(ConfigMap.TYPE, new ObjectKey("default", "ready"));
            return found.filter(map -> map.data().containsKey("done")).isPresent()
                    ? PreBinding.ready()
                    : PreBinding.pending(List.of(map("ready")));
        }

        @Override
        public void postBind(Cycle cycle, String node) {
            calls.add("bound to " + node);
        }
    }

    private static ConfigMap map(String name) {
        return ConfigMapBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .namespace("default")
                        .name(name)
                        .build())
                .build();
    }

    private static LoopFixture with(Plugin plugin) {
        LoopFixture cluster = new LoopFixture(KubernetesPlugins.profile(Profile.DEFAULT_SCHEDULER)
                .plugin(plugin)
                .build());
        cluster.node("node-1", "4", Map.of());
        return cluster;
    }

    private static void done(LoopFixture cluster) {
        cluster.object(ConfigMap.TYPE, map("ready").withData(Map.of("done", "yes")));
    }

    @Test
    void podsThatAreHeldBackGoTogetherWhenTheLastOneCame() {
        LoopFixture cluster = with(new Gang());
        cluster.created(LoopFixture.pod("one", "1", 0));
        cluster.created(LoopFixture.pod("two", "1", 0));
        cluster.time.advance(Duration.ofSeconds(10));
        assertThat(cluster.server.bindings).isEmpty();
        cluster.created(LoopFixture.pod("three", "1", 0));
        cluster.settle();
        assertThat(cluster.server.bindings).hasSize(3);
    }

    @Test
    void whoIsHeldBackTooLongGivesItsRoomBackAndSaysWhy() {
        LoopFixture cluster = with(new Gang());
        cluster.created(LoopFixture.pod("one", "4", 0));
        cluster.time.advance(Duration.ofSeconds(29));
        assertThat(cluster.events).isEmpty();
        cluster.time.advance(Duration.ofSeconds(2));
        assertThat(cluster.events)
                .first()
                .isEqualTo("one FailedScheduling: timed out while waiting on permit of plugin Gang");
    }

    @Test
    void aPodThatChangesWhileItIsHeldBackIsTriedAsItIsByThen() {
        LoopFixture cluster = with(new PermitPlugin() {
            @Override
            public String name() {
                return "Paid";
            }

            @Override
            public Permit permit(Cycle cycle, NodeView node, Snapshot now) {
                return cycle.pod().pod().metadata().labels().containsKey("paid")
                        ? Permit.allow()
                        : Permit.hold(Duration.ofSeconds(30));
            }
        });
        Pod pod = LoopFixture.pod("one", "4", 0);
        cluster.created(pod);
        cluster.time.advance(Duration.ofSeconds(10));
        cluster.created(pod.withMetadata(pod.metadata().withLabels(Map.of("paid", "yes"))));
        cluster.time.advance(Duration.ofSeconds(30));
        assertThat(cluster.server.bindings).containsExactly("one on node-1");
    }

    @Test
    void aPodThatGoesWhileItIsHeldBackLeavesNothingBehind() {
        LoopFixture cluster = with(new Gang());
        cluster.created(LoopFixture.pod("one", "4", 0));
        cluster.settle();
        cluster.gone("one");
        cluster.created(LoopFixture.pod("two", "1", 0));
        cluster.created(LoopFixture.pod("three", "1", 0));
        cluster.created(LoopFixture.pod("four", "1", 0));
        cluster.settle();
        assertThat(cluster.server.bindings).hasSize(3);
    }

    @Test
    void aPodIsBoundOnlyWhenWhatMustBeSoIsSo() {
        Recorder recorder = new Recorder();
        LoopFixture cluster = with(recorder);
        cluster.created(LoopFixture.pod("web", "1", 0));
        cluster.settle();
        assertThat(cluster.server.updates)
                .extracting(each -> each.metadata().name())
                .containsExactly("ready");
        assertThat(cluster.server.bindings).isEmpty();
        done(cluster);
        assertThat(cluster.server.bindings).containsExactly("web on node-1");
        assertThat(recorder.calls).containsExactly("reserve node-1", "bound to node-1");
    }

    @Test
    void aWriteThatFailsIsMadeAgainLaterAndLater() {
        LoopFixture cluster = with(new Recorder());
        cluster.server.refusesUpdates = true;
        cluster.created(LoopFixture.pod("web", "1", 0));
        cluster.time.advance(Duration.ofSeconds(60));
        assertThat(cluster.server.updates.size()).isBetween(4, 8);
        assertThat(cluster.server.bindings).isEmpty();
    }

    @Test
    void whatTakesTooLongIsUndone() {
        Recorder recorder = new Recorder();
        LoopFixture cluster = new LoopFixture(SchedulerSettings.of(KubernetesPlugins.profile(Profile.DEFAULT_SCHEDULER)
                        .plugin(recorder)
                        .build())
                .withBindTimeout(Duration.ofMinutes(1)));
        cluster.node("node-1", "4", Map.of());
        cluster.created(LoopFixture.pod("web", "4", 0));
        cluster.time.advance(Duration.ofSeconds(61));
        assertThat(recorder.calls).startsWith("reserve node-1", "unreserve node-1");
        assertThat(cluster.events).first().asString().contains("context deadline exceeded");
    }

    @Test
    void aRefusedReservationIsUndoneAndTheRoomIsFree() {
        Recorder recorder = new Recorder();
        recorder.refuses = true;
        LoopFixture cluster = with(recorder);
        cluster.created(LoopFixture.pod("web", "4", 0));
        cluster.settle();
        assertThat(recorder.calls).containsExactly("reserve node-1", "unreserve node-1");
        assertThat(cluster.events).containsExactly("web FailedScheduling: no address is left");
        recorder.refuses = false;
        done(cluster);
        cluster.time.advance(Duration.ofSeconds(2));
        assertThat(cluster.server.bindings).containsExactly("web on node-1");
    }

    @Test
    void whatTheServerRefusesIsGivenBackByThePlugins() {
        Recorder recorder = new Recorder();
        LoopFixture cluster = with(recorder);
        done(cluster);
        cluster.server.faults.add(ScriptedPods.Fault.REFUSED);
        cluster.created(LoopFixture.pod("web", "4", 0));
        cluster.settle();
        assertThat(recorder.calls).containsExactly("reserve node-1", "unreserve node-1");
        cluster.time.advance(Duration.ofSeconds(2));
        assertThat(cluster.server.bindings).containsExactly("web on node-1");
    }

    @Test
    void aHostsScoreDecidesAndCanBeExplained() {
        LoopFixture cluster = with(new ScorePlugin() {
            @Override
            public String name() {
                return "Favourite";
            }

            @Override
            public double score(Cycle cycle, NodeView node) {
                return node.name().equals("node-3") ? BEST : 0;
            }
        });
        cluster.node("node-2", "4", Map.of());
        cluster.node("node-3", "4", Map.of());
        cluster.node("node-4", "500m", Map.of());
        cluster.created(LoopFixture.pod("web", "1", 0));
        cluster.settle();
        assertThat(cluster.server.bindings).containsExactly("web on node-3");
        var asked = cluster.loop.explain(new ObjectKey("default", "web")).toCompletableFuture();
        cluster.settle();
        Explanation explanation = asked.join().orElseThrow();
        assertThat(explanation.node()).contains("node-3");
        assertThat(explanation.on("node-3").orElseThrow().scores()).containsEntry("Favourite", 100.0);
        assertThat(explanation.on("node-1").orElseThrow().total())
                .isLessThan(explanation.on("node-3").orElseThrow().total());
        assertThat(explanation.on("node-4").orElseThrow().reasons()).containsExactly("Insufficient cpu");
        assertThat(explanation.on("node-4").orElseThrow().refusedBy()).isEqualTo("NodeResourcesFit");
    }

    @Test
    void whereAPodWouldGoCanBeAskedWithoutPlacingIt() {
        LoopFixture cluster = new LoopFixture(KubernetesPlugins.defaultProfile());
        cluster.node("node-1", "1", Map.of());
        Pod pod = LoopFixture.pod("web", "2", 0);
        var asked = cluster.loop.whatIf(pod).toCompletableFuture();
        cluster.settle();
        assertThat(asked.join().node()).isEmpty();
        assertThat(asked.join().message()).startsWith("0/1 nodes are available: 1 Insufficient cpu.");
        assertThat(cluster.server.bindings).isEmpty();
        assertThat(cluster.events).isEmpty();
    }

    @Test
    void aPluginThatFailsCostsItsPodAnAttemptAndNobodyElseAnything() {
        LoopFixture cluster = with(new ScorePlugin() {
            @Override
            public String name() {
                return "Broken";
            }

            @Override
            public boolean concerns(PodView pod) {
                return pod.key().name().equals("odd");
            }

            @Override
            public double score(Cycle cycle, NodeView node) {
                throw new IllegalStateException("broken");
            }
        });
        cluster.node("node-2", "4", Map.of());
        cluster.created(LoopFixture.pod("odd", "1", 0));
        cluster.created(LoopFixture.pod("web", "1", 0));
        cluster.settle();
        assertThat(cluster.server.bindings).hasSize(1);
        assertThat(cluster.events).contains("odd FailedScheduling: java.lang.IllegalStateException: broken");
    }

    @Test
    void everyProfileSchedulesItsOwnPods() {
        Profile packing = KubernetesPlugins.profile("packer").build();
        LoopFixture cluster = new LoopFixture(KubernetesPlugins.defaultProfile(), packing);
        cluster.node("node-1", "4", Map.of());
        Pod pod = LoopFixture.pod("packed", "1", 0);
        cluster.created(pod.withSpec(pod.spec().withSchedulerName("packer")));
        cluster.created(LoopFixture.pod("web", "1", 0));
        cluster.settle();
        assertThat(cluster.server.bindings).hasSize(2);
    }
}
