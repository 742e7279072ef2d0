package io.orchestrator.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.core.schedule.framework.BindPlugin;
import io.orchestrator.core.schedule.framework.BindResult;
import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.CycleKey;
import io.orchestrator.core.schedule.framework.FilterPlugin;
import io.orchestrator.core.schedule.framework.Filters;
import io.orchestrator.core.schedule.framework.KnownObjects;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.Plugin;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.PostFilterPlugin;
import io.orchestrator.core.schedule.framework.PreEnqueuePlugin;
import io.orchestrator.core.schedule.framework.PreFilter;
import io.orchestrator.core.schedule.framework.PreFilterPlugin;
import io.orchestrator.core.schedule.framework.PreScorePlugin;
import io.orchestrator.core.schedule.framework.Profile;
import io.orchestrator.core.schedule.framework.QueueSortPlugin;
import io.orchestrator.core.schedule.framework.Refusals;
import io.orchestrator.core.schedule.framework.Remedy;
import io.orchestrator.core.schedule.framework.ScorePlugin;
import io.orchestrator.core.schedule.framework.Verdict;
import io.orchestrator.core.schedule.plugin.KubernetesPlugins;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A host's own plugins at the steps before the choice of a node, at a loss for one, and at the binding itself. */
class HostPluginsTest {

    /** The last name of the alphabet first, whatever the priorities. */
    private record Backwards(String name) implements QueueSortPlugin {
        @Override
        public int compare(PodView one, PodView other) {
            return other.key().name().compareTo(one.key().name());
        }
    }

    /** Lets nobody in before a config map says that it is time. */
    private static final class OpeningHours implements PreEnqueuePlugin {
        @Override
        public String name() {
            return "OpeningHours";
        }

        @Override
        public Set<ResourceType<?>> reads() {
            return Set.of(ConfigMap.TYPE);
        }

        @Override
        public Verdict mayEnter(PodView pod, KnownObjects objects) {
            return objects.find(ConfigMap.TYPE, new ObjectKey("default", "open"))
                            .isPresent()
                    ? Verdict.fits()
                    : Verdict.unfit("it is closed");
        }
    }

    /** Works out before the filter what this one needs, and before the scores what these need. */
    private static final class Preparing implements PreFilterPlugin, FilterPlugin, PreScorePlugin, ScorePlugin {
        private static final CycleKey<String> FORBIDDEN = CycleKey.named("Preparing");
        private static final CycleKey<String> LAST = CycleKey.named("Preparing, the last one");
        final List<String> scored = new ArrayList<>();

        @Override
        public String name() {
            return "Preparing";
        }

        @Override
        public PreFilter preFilter(Cycle cycle) {
            cycle.put(FORBIDDEN, "node-1");
            return PreFilter.only(Set.of("node-1", "node-2", "node-3"));
        }

        @Override
        public Verdict filter(Cycle cycle, NodeView node) {
            return node.name().equals(cycle.get(FORBIDDEN)) ? Verdict.unfit("node(s) are forbidden") : Verdict.fits();
        }

        @Override
        public boolean preScore(Cycle cycle, List<NodeView> feasible) {
            cycle.put(
                    LAST,
                    feasible.stream().map(NodeView::name).max(String::compareTo).orElseThrow());
            return true;
        }

        @Override
        public double score(Cycle cycle, NodeView node) {
            scored.add(node.name());
            return node.name().equals(cycle.get(LAST)) ? 7 : 0;
        }

        @Override
        public void normalize(Cycle cycle, List<NodeView> nodes, double[] scores) {
            ScorePlugin.scaleToBest(scores);
        }
    }

    /** Has whoever runs on the first node make place, whatever its priority. */
    private static final class Pushy implements PostFilterPlugin {
        @Override
        public String name() {
            return "Pushy";
        }

        @Override
        public Remedy postFilter(Cycle cycle, Refusals refusals, Filters filters) {
            NodeView node = cycle.snapshot().nodes().get(0);
            List<PodView> victims =
                    node.pods().stream().filter(pod -> !pod.ending()).limit(1).toList();
            return victims.isEmpty() ? Remedy.none("nobody is there") : new Remedy.Preempt(node.name(), victims);
        }
    }

    /** Binds in its own way the pods that it is there for. */
    private static final class Registrar implements BindPlugin {
        final List<String> bound = new ArrayList<>();
        boolean refuses;
        boolean fails;

        @Override
        public String name() {
            return "Registrar";
        }

        @Override
        public boolean handles(PodView pod, NodeView node) {
            return pod.key().name().startsWith("ours");
        }

        @Override
        public BindResult bind(PodView pod, String node) {
            if (fails) {
                throw new IllegalStateException("broken");
            }
            if (refuses) {
                return new BindResult.Refused(new ApiException(Reason.FORBIDDEN, "not today"));
            }
            bound.add(pod.key().name() + " on " + node);
            return new BindResult.Bound(node);
        }
    }

    private static LoopFixture with(Profile profile, int nodes) {
        LoopFixture cluster = new LoopFixture(profile);
        for (int i = 1; i <= nodes; i++) {
            cluster.node("node-" + i, "4", Map.of());
        }
        return cluster;
    }

    private static Profile and(Plugin plugin) {
        return KubernetesPlugins.profile(Profile.DEFAULT_SCHEDULER)
                .plugin(plugin)
                .build();
    }

    @Test
    void theQueueIsInTheOrderOfTheHost() {
        Profile profile = KubernetesPlugins.profile(Profile.DEFAULT_SCHEDULER)
                .replace(new Backwards("PrioritySort"))
                .build();
        LoopFixture cluster = with(profile, 1);
        cluster.created(LoopFixture.pod("a", "1", 1000));
        cluster.created(LoopFixture.pod("c", "1", 0));
        cluster.created(LoopFixture.pod("b", "1", 0));
        cluster.settle();
        assertThat(cluster.server.bindings).containsExactly("c on node-1", "b on node-1", "a on node-1");
    }

    @Test
    void aPodEntersTheQueueWhenTheHostLetsItIn() {
        LoopFixture cluster = with(and(new OpeningHours()), 1);
        cluster.created(LoopFixture.pod("web", "1", 0));
        cluster.time.advance(Duration.ofMinutes(10));
        assertThat(cluster.server.bindings).isEmpty();
        assertThat(cluster.events).as("who may not enter was not tried").isEmpty();
        cluster.object(ConfigMap.TYPE, ConfigMap.named("open").build().withMetadata(named("open")));
        assertThat(cluster.server.bindings).containsExactly("web on node-1");
    }

    @Test
    void whatIsPreparedBeforeTheNodesAreLookedAtIsThereWhenTheyAre() {
        Preparing preparing = new Preparing();
        LoopFixture cluster = with(and(preparing), 5);
        cluster.created(LoopFixture.pod("web", "1", 0));
        cluster.settle();
        assertThat(cluster.server.bindings).containsExactly("web on node-3");
        assertThat(preparing.scored).containsOnly("node-2", "node-3");
    }

    @Test
    void aWayOutOfTheHostIsFollowed() {
        Profile profile = KubernetesPlugins.profile(Profile.DEFAULT_SCHEDULER)
                .without("DefaultPreemption")
                .plugin(new Pushy())
                .build();
        LoopFixture cluster = with(profile, 1);
        cluster.runs(LoopFixture.pod("important", "4", 1000));
        cluster.created(LoopFixture.pod("web", "4", 0));
        cluster.settle();
        assertThat(cluster.events).contains("important Preempted: Preempted by pod uid-web on node node-1");
        cluster.gone("important");
        cluster.time.advance(Duration.ofSeconds(2));
        assertThat(cluster.server.bindings).contains("web on node-1");
    }

    @Test
    void theHostBindsThePodsThatItHandlesAndTheApiTheOthers() {
        Registrar registrar = new Registrar();
        LoopFixture cluster = with(and(registrar), 1);
        cluster.created(LoopFixture.pod("ours", "1", 0));
        cluster.created(LoopFixture.pod("web", "1", 0));
        cluster.settle();
        assertThat(registrar.bound).containsExactly("ours on node-1");
        assertThat(cluster.server.bindings).containsExactly("web on node-1");
    }

    @Test
    void whatTheHostRefusesToBindIsUndoneAndTriedAgain() {
        Registrar registrar = new Registrar();
        registrar.refuses = true;
        LoopFixture cluster = with(and(registrar), 1);
        cluster.created(LoopFixture.pod("ours", "4", 0));
        cluster.settle();
        assertThat(cluster.events).containsExactly("ours FailedScheduling: binding rejected: not today");
        cluster.created(LoopFixture.pod("web", "4", 0));
        cluster.settle();
        assertThat(cluster.server.bindings).as("the room was given back").containsExactly("web on node-1");
        registrar.refuses = false;
        cluster.gone("web");
        cluster.time.advance(Duration.ofSeconds(30));
        assertThat(registrar.bound).containsExactly("ours on node-1");
    }

    @Test
    void aBinderThatFailsIsAskedAgain() {
        Registrar registrar = new Registrar();
        registrar.fails = true;
        LoopFixture cluster = with(and(registrar), 1);
        cluster.created(LoopFixture.pod("ours", "4", 0));
        cluster.time.advance(Duration.ofMillis(500));
        cluster.created(LoopFixture.pod("web", "4", 0));
        cluster.settle();
        assertThat(cluster.server.bindings)
                .as("nobody knows what it did, so its room is kept")
                .isEmpty();
        registrar.fails = false;
        cluster.time.advance(Duration.ofSeconds(10));
        assertThat(registrar.bound).containsExactly("ours on node-1");
    }

    private static ObjectMeta named(String name) {
        return ObjectMetaBuilder.builder().namespace("default").name(name).build();
    }
}
