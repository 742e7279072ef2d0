package io.orchestrator.core.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Event;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Secret;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.testkit.simulation.SimulatedComponent;
import io.orchestrator.testkit.simulation.Simulation;
import io.orchestrator.testkit.simulation.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControllerEngineTest {
    private final Simulation sim = Simulation.inOrder();
    private final List<String> calls = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        sim.close();
    }

    @Test
    void reconcilesWhatIsThereAndEachChangeOfIt() {
        create("a");
        run(record(Outcome.done()));
        pass();
        assertThat(calls).containsExactly("a@0");
        sim.client().configMaps().edit("a", map -> map.withData(Map.of("k", "v")));
        pass();
        assertThat(calls).hasSize(2);
        sim.client().configMaps().delete("a");
        pass();
        assertThat(calls).hasSize(3);
    }

    @Test
    void reconcilesNothingBeforeAllItsCachesAreWarm() {
        create("a");
        SimulatedComponent component = sim.component(
                "controller",
                site -> new Running(
                        site,
                        ControllerSpec.named("test")
                                .reconciles(ConfigMap.TYPE)
                                .reads(Secret.TYPE)
                                .with((key, context) -> {
                                    calls.add(key.name() + " with "
                                            + context.view()
                                                    .list(Secret.TYPE, "default")
                                                    .size() + " secrets");
                                    return Outcome.done();
                                })));
        component.faults().partition();
        sim.advance(Duration.ofSeconds(5));
        assertThat(calls).isEmpty();
        sim.client().create(Secret.named("s").build());
        component.faults().heal();
        sim.advance(Duration.ofMinutes(2));
        assertThat(calls).contains("a with 1 secrets").noneMatch(call -> call.endsWith(" 0 secrets"));
    }

    @Test
    void whatJustChangedGoesBeforeTheFloodOfTheStart() {
        for (int i = 0; i < 60; i++) {
            create("old-" + i);
        }
        run((key, context) -> {
            calls.add(key.name());
            if (calls.size() == 3) {
                create("new");
            }
            return Outcome.done();
        });
        pass();
        assertThat(calls).hasSize(61);
        assertThat(calls.indexOf("new")).isLessThan(10);
    }

    @Test
    void looksAtManyObjectsOnceForManyChanges() {
        for (int i = 0; i < 1500; i++) {
            create("map-" + i);
        }
        AtomicBoolean unfinished = new AtomicBoolean();
        run(ControllerSpec.named("test")
                .watches(ConfigMap.TYPE, (map, view) -> List.of(new ObjectKey("", "all")))
                .restPerObject(Duration.ofMillis(1))
                .with((key, context) -> {
                    context.view().list(ConfigMap.TYPE, "");
                    calls.add("looked");
                    return unfinished.getAndSet(false)
                            ? Outcome.retryAfter(Duration.ZERO, "more is to be done")
                            : Outcome.done();
                }));
        sim.advance(Duration.ofSeconds(1));
        calls.clear();
        for (int i = 0; i < 10; i++) {
            sim.client().configMaps().delete("map-" + i);
            pass();
        }
        assertThat(calls).as("a rest of half a second in one second").hasSizeBetween(2, 3);
        sim.advance(Duration.ofSeconds(1));
        calls.clear();
        unfinished.set(true);
        sim.client().configMaps().delete("map-10");
        pass();
        assertThat(calls).as("what has not done all is not put off").hasSize(2);
    }

    @Test
    void theRestGrowsWithTheObjectsWithoutABoundThatMatters() {
        for (int i = 0; i < 1500; i++) {
            create("map-" + i);
        }
        run(ControllerSpec.named("test")
                .watches(ConfigMap.TYPE, (map, view) -> List.of(new ObjectKey("", "all")))
                .restPerObject(Duration.ofMillis(5))
                .with((key, context) -> {
                    context.view().list(ConfigMap.TYPE, "");
                    calls.add("looked");
                    return Outcome.done();
                }));
        sim.advance(Duration.ofSeconds(10));
        calls.clear();
        for (int i = 0; i < 20; i++) {
            sim.client().configMaps().delete("map-" + i);
            pass();
        }
        assertThat(calls).as("a rest of two and a half seconds in two").hasSize(1);
    }

    @Test
    void looksAgainAfterTheDelayThatWasAskedFor() {
        create("a");
        run(record(Outcome.retryAfter(Duration.ofSeconds(10), "to see")));
        sim.advance(Duration.ofSeconds(25));
        assertThat(calls).containsExactly("a@0", "a@10", "a@20");
    }

    @Test
    void backsOffFromFailuresUntilOneSucceeds() {
        create("a");
        run((key, context) -> {
            calls.add(key.name());
            if (calls.size() < 8) {
                throw new IllegalStateException("not yet");
            }
            return Outcome.done();
        });
        sim.advance(Duration.ofMillis(5 + 10 + 20 + 40 + 80 + 160 - 1));
        assertThat(calls).hasSize(6);
        sim.advance(Duration.ofMinutes(1));
        assertThat(calls).hasSize(8);
    }

    @Test
    void triesAgainAfterAConflictWithoutAWord() {
        create("a");
        run((key, context) -> {
            calls.add(key.name());
            if (calls.size() == 1) {
                throw ApiException.conflict("", "configmaps", "a", "changed");
            }
            return Outcome.done();
        });
        pass();
        assertThat(calls).hasSize(2);
        assertThat(events()).isEmpty();
    }

    @Test
    void tellsPeopleWhatCannotBeAndWaitsForAChange() {
        create("a");
        run(record(Outcome.rejected("no such colour")));
        sim.advance(Duration.ofMinutes(10));
        assertThat(calls).containsExactly("a@0");
        assertThat(events()).containsExactly("Warning Rejected no such colour");
    }

    @Test
    void answersOnlyForKindsThatWereDeclared() {
        create("a");
        run((key, context) -> {
            assertThatThrownBy(() -> context.view().list(Pod.TYPE, "")).isInstanceOf(IllegalArgumentException.class);
            calls.add("asked");
            return Outcome.done();
        });
        pass();
        assertThat(calls).containsExactly("asked");
    }

    @Test
    void doesNothingMoreOnceClosed() throws Exception {
        create("a");
        SimulatedComponent component = run(record(Outcome.retryAfter(Duration.ofSeconds(1), "always")));
        sim.advance(Duration.ofMillis(2500));
        component.close();
        int before = calls.size();
        create("b");
        sim.advance(Duration.ofMinutes(1));
        assertThat(calls).hasSize(before);
    }

    @Test
    void aControllerThatIsReplacedIsSilentAndItsSuccessorIsToldOfEverything() {
        create("a");
        List<Running> running = new ArrayList<>();
        sim.component("controller", site -> {
            Running engine = new Running(site, spec((key, context) -> {
                calls.add("former " + key.name());
                return Outcome.retryAfter(Duration.ofSeconds(1), "always");
            }));
            running.add(engine);
            return engine;
        });
        pass();
        running.get(0).engine.replace(spec((key, context) -> {
            calls.add("successor " + key.name());
            return Outcome.done();
        }));
        create("b");
        sim.advance(Duration.ofMinutes(1));
        assertThat(calls).containsExactlyInAnyOrder("former a", "successor a", "successor b");
    }

    private static ControllerSpec spec(Reconciler reconciler) {
        return ControllerSpec.named("test").reconciles(ConfigMap.TYPE).with(reconciler);
    }

    private Reconciler record(Outcome outcome) {
        return (key, context) -> {
            calls.add(key.name() + "@" + sim.time().elapsed().toSeconds());
            return outcome;
        };
    }

    private SimulatedComponent run(Reconciler reconciler) {
        return run(spec(reconciler));
    }

    private SimulatedComponent run(ControllerSpec spec) {
        return sim.component("controller", site -> new Running(site, spec));
    }

    private void create(String name) {
        sim.client().create(ConfigMap.named(name).build());
    }

    private List<String> events() {
        return sim.client().resources(Event.TYPE).list().items().stream()
                .map(event -> event.type() + " " + event.reason() + " " + event.message())
                .toList();
    }

    private void pass() {
        sim.advance(Duration.ofMillis(100));
    }

    private static final class Running implements AutoCloseable {
        private final SharedInformers informers;
        private final EventRecorder events;
        private final ControllerEngine engine;

        Running(Site site, ControllerSpec spec) {
            informers = new SharedInformers(site.transport(), site.environment());
            events = new EventRecorder(site.client(), "test", site.environment());
            engine = new ControllerEngine(site.client(), informers, events, site.environment());
            engine.run(spec);
        }

        @Override
        public void close() {
            engine.close();
            events.close();
            informers.close();
        }
    }
}
