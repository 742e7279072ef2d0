package io.orchestrator.testkit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.core.Event;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.testkit.runtime.Behaviour;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an agent makes of what probes say, and when. */
class ProbeSimTest {
    @TempDir
    Path directory;

    private AgentFixture sim;

    @BeforeEach
    void start() {
        sim = new AgentFixture(directory);
    }

    @AfterEach
    void stop() {
        sim.close();
    }

    /** Its checks begin as often as those of any other. */
    @Test
    void aProbeThatHangsIsFoundOutAsSoonAsItsThresholdSays() {
        sim.prober = request -> new CompletableFuture<>();
        sim.restartAgent();
        sim.run(Pod.named("web")
                .container(
                        "web",
                        "web:1",
                        c -> c.livenessProbe(p -> p.httpGet("/", 80)
                                .every(Duration.ofSeconds(10))
                                .timeout(Duration.ofSeconds(10))
                                .failureThreshold(3))));
        sim.seconds(29);
        assertThat(killings()).isEmpty();
        sim.seconds(5);
        assertThat(killings()).containsExactly("Container web failed liveness probe, will be restarted");
    }

    @Test
    void whatIsNotBegunAnewIsKilledWithoutAPromise() {
        sim.engine.container(
                "web", Behaviour.runs().healthyFor(Duration.ofSeconds(5)).endsOnTerm(Duration.ZERO, 143));
        sim.run(Pod.named("web")
                .container(
                        "web",
                        "web:1",
                        c -> c.livenessProbe(p ->
                                p.httpGet("/", 80).every(Duration.ofSeconds(2)).failureThreshold(1)))
                .spec(spec -> spec.restartPolicy("Never")));
        sim.seconds(45);

        assertThat(killings()).containsExactly("Container web failed liveness probe");
        assertThat(sim.pod("web").status().phase()).isEqualTo(PodPhase.FAILED);
    }

    @Test
    void theGraceOfAProbeGoesBeforeThatOfItsPod() {
        sim.engine.container(
                "web", Behaviour.runs().readyAfter(Duration.ofHours(1)).endsOnTerm(Duration.ofMinutes(5), 0));
        sim.run(Pod.named("web")
                .container(
                        "web",
                        "web:1",
                        c -> c.startupProbe(p -> p.httpGet("/", 80)
                                .every(Duration.ofSeconds(2))
                                .initialDelay(Duration.ofSeconds(10))
                                .failureThreshold(2)
                                .spec(spec -> spec.terminationGracePeriodSeconds(3L))))
                .spec(spec -> spec.terminationGracePeriodSeconds(200L)));
        sim.seconds(10);
        assertThat(killings()).isEmpty();
        sim.seconds(8);
        assertThat(killings()).containsExactly("Container web failed startup probe, will be restarted");
        assertThat(sim.status("web", "web").restartCount()).isEqualTo(1);
    }

    @Test
    void aPodWhoseTimeIsOverSaysSoOnce() {
        sim.run(Pod.named("web")
                .container("web", "web:1")
                .spec(spec -> spec.activeDeadlineSeconds(5L).terminationGracePeriodSeconds(1L)));
        sim.seconds(60);

        assertThat(sim.pod("web").status().reason()).isEqualTo("DeadlineExceeded");
        assertThat(sim.eventReasons("web")).containsOnlyOnce("DeadlineExceeded");
    }

    private List<String> killings() {
        return sim.client.resources(Event.TYPE).list().items().stream()
                .filter(event -> event.reason().equals("Killing"))
                .map(Event::message)
                .toList();
    }
}
