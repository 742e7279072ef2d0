package io.orchestrator.core.control.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IndexesTest {
    @Test
    void areWrittenAsIntervals() {
        assertThat(Indexes.of(IntStream.of(0, 1, 2, 5, 7, 8))).hasToString("0-2,5,7-8");
        assertThat(Indexes.NONE).hasToString("");
    }

    @Test
    void areReadAsTheyAreWritten() {
        assertThat(Indexes.parse("0-2,5,7-8", 100)).isEqualTo(Indexes.of(IntStream.of(0, 1, 2, 5, 7, 8)));
        assertThat(Indexes.parse("", 100)).isEqualTo(Indexes.NONE);
        assertThat(Indexes.parse(null, 100)).isEqualTo(Indexes.NONE);
    }

    @Test
    void beyondTheCompletionsAreLeftOut() {
        assertThat(Indexes.parse("0-9", 3)).hasToString("0-2");
        assertThat(Indexes.parse("5", 3)).isEqualTo(Indexes.NONE);
    }

    @Test
    void thatMakeNoSenseAreLeftOut() {
        assertThat(Indexes.parse("x,3-1,-4,2", 10)).hasToString("2");
    }

    @Test
    void areCountedAndCombined() {
        Indexes some = Indexes.parse("0-3", 10);
        Indexes others = Indexes.parse("2-5", 10);
        assertThat(some.size()).isEqualTo(4);
        assertThat(some.common(others)).isEqualTo(2);
        assertThat(some.with(others)).hasToString("0-5");
        assertThat(some.without(others)).hasToString("0-1");
    }
}
