package io.orchestrator.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final Turns turns = new Turns(threads::add);
    private final List<String> done = new ArrayList<>();

    @Test
    void tasksRunInTheOrderInWhichTheyCameAndNeverTwoAtOnce() {
        turns.execute(() -> {
            turns.execute(() -> done.add("third"));
            done.add("first");
        });
        turns.execute(() -> done.add("second"));
        assertThat(threads).hasSize(1);
        threads.remove().run();
        assertThat(done).containsExactly("first", "second", "third");
        assertThat(threads).isEmpty();
    }

    @Test
    void aTaskThatThrowsDoesNotTakeTheTurnOfTheNext() {
        turns.execute(() -> {
            throw new IllegalStateException("broken on purpose");
        });
        turns.execute(() -> done.add("next"));
        assertThatThrownBy(() -> threads.remove().run()).hasMessage("broken on purpose");
        threads.remove().run();
        assertThat(done).containsExactly("next");
    }
}
