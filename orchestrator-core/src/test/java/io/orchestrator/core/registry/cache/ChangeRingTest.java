package io.orchestrator.core.registry.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.spi.store.StoreKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChangeRingTest {
    private static final int LEAST = 100;
    private static final int MOST = 1_000;

    private final List<Long> dropped = new ArrayList<>();
    private final ChangeRing ring = new ChangeRing(LEAST, MOST, change -> dropped.add(change.revision()));
    private long revision;

    /** So many, all at the same second. */
    private void add(int count, long second) {
        for (int i = 0; i < count; i++) {
            revision++;
            ring.add(new CachedChange(
                    new StoreKey("/registry/pods/a"),
                    revision,
                    null,
                    null,
                    "",
                    "",
                    TimeUnit.SECONDS.toNanos(second) + Long.MAX_VALUE - 1));
        }
    }

    private long kept() {
        return ring.next() - ring.oldest();
    }

    /** What is kept are the last ones without a gap, and all others have been dropped in their order. */
    private void mustHold() {
        for (long position = ring.oldest(); position < ring.next(); position++) {
            assertThat(ring.at(position).revision()).isEqualTo(position + 1);
        }
        assertThat(dropped).hasSize((int) ring.oldest()).isSorted().doesNotHaveDuplicates();
        assertThat(ring.lost()).isEqualTo(ring.oldest());
        assertThat(ring.firstAfter(ring.lost())).isEqualTo(ring.oldest());
    }

    @Test
    void keepsTheLeastHoweverOldTheyAre() {
        add(LEAST, 0);
        assertThat(kept()).isEqualTo(LEAST);
        add(1, 100_000);
        assertThat(kept()).isEqualTo(LEAST);
        mustHold();
    }

    @Test
    void keepsWhatIsYoungAndNeverMoreThanTheMost() {
        add(LEAST, 0);
        add(LEAST, 74);
        assertThat(kept()).as("a minute and a quarter").isEqualTo(2 * LEAST);
        add(5 * MOST, 75);
        assertThat(kept()).isEqualTo(MOST);
        mustHold();
    }

    @Test
    void shrinksWhereFewReachBackFarEnough() {
        add(MOST, 0);
        assertThat(kept()).isEqualTo(MOST);
        for (int second = 1; second < 1_500; second++) {
            add(1, second);
        }
        assertThat(kept()).as("one in a second: four times what is young").isLessThanOrEqualTo(3 * LEAST);
        mustHold();
        add(3 * LEAST, 1_500);
        assertThat(kept()).as("and grows again").isGreaterThanOrEqualTo(3 * LEAST);
        mustHold();
    }

    @Test
    void positionsGoOnAfterItWasCleared() {
        add(LEAST, 0);
        ring.clear();
        assertThat(kept()).isZero();
        add(1, 0);
        assertThat(ring.at(LEAST).revision()).isEqualTo(LEAST + 1);
    }
}
