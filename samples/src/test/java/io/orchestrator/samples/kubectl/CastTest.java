package io.orchestrator.samples.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CastTest {
    private static final List<KubectlProgram> SEVEN = IntStream.rangeClosed(27, 33)
            .mapToObj(minor -> new KubectlProgram(minor, Path.of("kubectl.1." + minor)))
            .toList();

    @Test
    void everyVersionPlaysInEveryRoundAndEverySceneInAllOfThemAsTheRoundsGoBy() {
        for (Scene scene : Scene.all()) {
            Set<KubectlProgram> players = new HashSet<>();
            for (long rotation = 0; rotation < SEVEN.size(); rotation++) {
                List<KubectlProgram> now = Cast.of(SEVEN, "", rotation).players(scene);
                assertThat(now).hasSize(1);
                players.addAll(now);
            }
            assertThat(players).as(scene.name()).hasSameSizeAs(SEVEN);
        }
        Cast today = Cast.of(SEVEN, "", 20_785);
        Set<KubectlProgram> playing = new HashSet<>();
        Scene.all().forEach(scene -> playing.addAll(today.players(scene)));
        assertThat(playing).hasSameSizeAs(SEVEN);
    }

    @Test
    void chosenVersionsPlayEverythingAndFewHaveNoTurns() {
        assertThat(Cast.of(SEVEN, "1.28,1.33", 3).players(Scene.all().get(0)))
                .extracting(KubectlProgram::minor)
                .containsExactly(28, 33);
        assertThat(Cast.of(SEVEN, "all", 3).players(Scene.all().get(0))).isEqualTo(SEVEN);
        assertThat(Cast.of(SEVEN.subList(5, 6), "", 3).players(Scene.all().get(0)))
                .isEqualTo(SEVEN.subList(5, 6));
    }
}
