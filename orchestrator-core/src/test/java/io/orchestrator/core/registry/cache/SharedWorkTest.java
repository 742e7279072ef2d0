package io.orchestrator.core.registry.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedWorkTest {
    private static final List<Integer> THINGS =
            IntStream.range(0, 2_000).boxed().toList();

    /** Helps at once, and keeps to itself what ends it, as a thread of a pool does. */
    private static final Executor POOL = task -> {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            assertThat(e).isNotNull();
        }
    };

    private static Function<Integer, Integer> failingAt(int thing, Error error) {
        return each -> {
            if (each == thing) {
                throw error;
            }
            return each;
        };
    }

    @Test
    void resultsAreInTheOrderOfTheThings() {
        assertThat(SharedWork.map(THINGS, Function.identity(), POOL)).isEqualTo(THINGS);
    }

    @Test
    void anErrorOfAHelperIsTheCallersToHear() {
        StackOverflowError error = new StackOverflowError();
        assertThatThrownBy(() -> SharedWork.map(THINGS, failingAt(600, error), POOL))
                .isSameAs(error);
    }

    @Test
    void anErrorOfTheCallerIsThrownToo() {
        OutOfMemoryError error = new OutOfMemoryError();
        assertThatThrownBy(() -> SharedWork.map(THINGS, failingAt(600, error), task -> {}))
                .isSameAs(error);
    }
}
