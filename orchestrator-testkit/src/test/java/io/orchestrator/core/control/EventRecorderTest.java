package io.orchestrator.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Event;
import io.orchestrator.testkit.simulation.SimulatedComponent;
import io.orchestrator.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventRecorderTest {
    private final Simulation sim = Simulation.inOrder();
    private final List<EventRecorder> recorders = new ArrayList<>();
    private final SimulatedComponent component = sim.component("teller", site -> {
        EventRecorder recorder = new EventRecorder(site.client(), "teller", site.environment());
        recorders.add(recorder);
        return recorder;
    });
    private final ConfigMap about = sim.client().create(ConfigMap.named("thing").build());

    @AfterEach
    void end() throws Exception {
        sim.close();
    }

    @Test
    void writesAnEventThatNamesItsObject() {
        recorder().warning(about, "Broken", "it broke");
        pass();
        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo("Warning");
            assertThat(event.reason()).isEqualTo("Broken");
            assertThat(event.message()).isEqualTo("it broke");
            assertThat(event.count()).isEqualTo(1);
            assertThat(event.involvedObject().kind()).isEqualTo("ConfigMap");
            assertThat(event.involvedObject().uid()).isEqualTo(about.metadata().uid());
            assertThat(event.source().component()).isEqualTo("teller");
            assertThat(event.metadata().name()).startsWith("thing.");
        });
    }

    @Test
    void tellsUnderTheNameThatWasGivenLast() {
        recorder().as("first").as("second").normal(about, "Tick", "tock");
        pass();
        assertThat(events()).extracting(event -> event.source().component()).containsExactly("second");
    }

    @Test
    void countsRepeatsInsteadOfWritingThemAgain() {
        for (int i = 0; i < 5; i++) {
            recorder().normal(about, "Tick", "tock");
            sim.advance(Duration.ofSeconds(10));
        }
        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.count()).isEqualTo(5);
            assertThat(event.lastTimestamp()).isGreaterThan(event.firstTimestamp());
        });
    }

    @Test
    void letsOneEventSpeakForManyThatAreAlike() {
        for (int i = 0; i < 20; i++) {
            recorder().normal(about, "Tick", "tock " + i);
            pass();
        }
        assertThat(events()).hasSizeLessThan(12).anySatisfy(event -> {
            assertThat(event.message()).isEqualTo("(combined from similar events): tock 19");
            assertThat(event.count()).isGreaterThan(5);
        });
    }

    @Test
    void cutsOffASourceThatFloods() {
        for (int i = 0; i < 200; i++) {
            recorder().normal(about, "Reason" + i, "flood");
            pass();
        }
        assertThat(events()).hasSize(25);
    }

    @Test
    void writesWhatWaitedWhenTheServerWasAwayForAShortWhile() {
        component.faults().partition();
        recorder().normal(about, "Tick", "tock");
        sim.advance(Duration.ofSeconds(2));
        component.faults().heal();
        sim.advance(Duration.ofSeconds(10));
        assertThat(events()).hasSize(1);
    }

    @Test
    void givesUpOnAServerThatStaysAway() {
        component.faults().partition();
        recorder().normal(about, "Tick", "tock");
        sim.advance(Duration.ofMinutes(10));
        component.faults().heal();
        sim.advance(Duration.ofMinutes(10));
        assertThat(events()).isEmpty();
        recorder().normal(about, "Tack", "goes on");
        pass();
        assertThat(events()).hasSize(1);
    }

    @Test
    void writesALongQueueInItsOrderAlsoWhenTheServerIsAwayInTheMidst() {
        for (int i = 0; i < 100; i++) {
            recorder().normal(ConfigMap.named("thing-" + i).build(), "Tick", "tock");
        }
        component.faults().partition();
        sim.advance(Duration.ofSeconds(1));
        assertThat(events()).isEmpty();
        component.faults().heal();
        sim.advance(Duration.ofSeconds(10));
        assertThat(events()).hasSize(100);
        assertThat(events().stream()
                        .sorted(Comparator.comparingLong(
                                event -> Long.parseLong(event.metadata().resourceVersion())))
                        .map(event -> event.involvedObject().name()))
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(i -> "thing-" + i).toList());
    }

    @Test
    void aClosedRecorderWritesNothingThatWaited() {
        for (int i = 0; i < 100; i++) {
            recorder().normal(ConfigMap.named("thing-" + i).build(), "Tick", "tock");
        }
        recorder().close();
        pass();
        assertThat(events()).isEmpty();
    }

    private EventRecorder recorder() {
        return recorders.get(0);
    }

    private List<Event> events() {
        return sim.client().resources(Event.TYPE).list().items();
    }

    private void pass() {
        sim.advance(Duration.ofMillis(100));
    }
}
