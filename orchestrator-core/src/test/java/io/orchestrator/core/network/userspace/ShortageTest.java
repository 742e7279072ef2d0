package io.orchestrator.core.network.userspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShortageTest {
    private static final IOException FAILURE = new IOException("Too many open files");

    private final List<String> said = new ArrayList<>();
    private final Loop loop = new Loop();
    private long now;
    private boolean left;
    private final Shortage shortage = new Shortage(() -> now, () -> {
        if (!left) {
            throw FAILURE;
        }
    });

    /** One alarm at a time, as loops have them for an owner. */
    private static final class Loop implements Shortage.Alarm {
        private Runnable action = () -> {};
        private boolean set;

        @Override
        public void set(Duration after, Runnable next) {
            action = next;
            set = true;
        }

        void ring() {
            set = false;
            action.run();
        }
    }

    ShortageTest() {
        shortage.tells(() -> said.add(shortage.why()));
    }

    @Test
    void itEndsByItselfWhenNobodyComesAnyMore() {
        shortage.noted(FAILURE, loop);
        assertThat(said).containsExactly("Too many open files");
        left = true;
        now += Shortage.CALM.toNanos();
        loop.ring();
        assertThat(said).containsExactly("Too many open files", "");
        assertThat(loop.set).isFalse();
    }

    @Test
    void itLastsForAsLongAsNothingIsToBeHadThoughNobodyComes() {
        shortage.noted(FAILURE, loop);
        for (int i = 0; i < 5; i++) {
            now += Shortage.CALM.toNanos();
            loop.ring();
        }
        assertThat(said).containsExactly("Too many open files");
        assertThat(loop.set).isTrue();
    }

    @Test
    void whatFailsOnAnotherLoopInBetweenPutsTheEndOff() {
        Loop other = new Loop();
        shortage.noted(FAILURE, loop);
        now += Shortage.CALM.toNanos() / 2;
        shortage.noted(FAILURE, other);
        left = true;
        now += Shortage.CALM.toNanos() / 2;
        loop.ring();
        assertThat(said).containsExactly("Too many open files");
        now += Shortage.CALM.toNanos() / 2;
        other.ring();
        assertThat(said).containsExactly("Too many open files", "");
    }
}
