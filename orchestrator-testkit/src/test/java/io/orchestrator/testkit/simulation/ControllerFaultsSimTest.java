package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The controllers that have no tests of faults of their own, in short stories: each ends the same wherever its controllers die,
 * however late and incompletely they see, and then nothing is written any more.
 */
class ControllerFaultsSimTest {
    /** All that can be skipped is, and what is seen is late and begins in the past. */
    private static final FaultRates ONLY_THE_LAST = new FaultRates(0, 0, 0, 0, 0, 0, 1, Duration.ofSeconds(2), 10);

    static Stream<FaultStory> stories() {
        return Stream.concat(WorkloadStories.all().stream(), ClusterStories.all().stream());
    }

    @ParameterizedTest
    @MethodSource("stories")
    void endsTheSameWhereverItsControllersDieAndWhicheverEventIsLate(FaultStory story) throws Exception {
        assertThat(story.diesAtEachWriteAndSeesEachEventLate()).isGreaterThan(2);
    }

    @ParameterizedTest
    @MethodSource("stories")
    void endsTheSameThoughMuchGoesWrong(FaultStory story) throws Exception {
        story.goesWrongSo(FaultRates.rough());
    }

    @ParameterizedTest
    @MethodSource("stories")
    void endsTheSameThoughOnlyTheLastOfManyChangesIsSeen(FaultStory story) throws Exception {
        story.goesWrongSo(ONLY_THE_LAST);
    }
}
