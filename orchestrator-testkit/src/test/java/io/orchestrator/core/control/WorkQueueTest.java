package io.orchestrator.core.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.core.env.Environment;
import io.orchestrator.testkit.simulation.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
    private final VirtualTime time = VirtualTime.inOrder();
    private final Environment environment = time.environment(new Random(1));
    private final List<String> worked = new ArrayList<>();

    @Test
    void worksOnAKeyOnceHoweverOftenItIsAddedBefore() {
        WorkQueue<String> queue = queue(1, worked::add);
        queue.add("a");
        queue.add("a");
        queue.add("b");
        queue.add("a");
        queue.start();
        settle();
        assertThat(worked).containsExactly("a", "b");
    }

    @Test
    void worksAgainOnAKeyThatIsAddedWhileInWork() {
        List<WorkQueue<String>> self = new ArrayList<>();
        WorkQueue<String> queue = queue(4, key -> {
            if (worked.isEmpty()) {
                self.get(0).add(key);
                self.get(0).add(key);
                assertThat(self.get(0).depth()).as("not ready while in work").isZero();
            }
            worked.add(key);
        });
        self.add(queue);
        queue.start();
        queue.add("a");
        settle();
        assertThat(worked).containsExactly("a", "a");
    }

    @Test
    void worksOnAKeyThatRestsOnceAfterwardsForAllThatCameMeanwhile() {
        List<WorkQueue<String>> self = new ArrayList<>();
        WorkQueue<String> queue = queue(4, key -> {
            worked.add(key);
            if (key.equals("a")) {
                self.get(0).rest(key, Duration.ofSeconds(1));
                self.get(0).rest(key, Duration.ofSeconds(5));
            }
        });
        self.add(queue);
        queue.start();
        queue.add("a");
        time.advance(Duration.ZERO);
        queue.add("a");
        queue.add("b");
        queue.addAfter("a", Duration.ofMillis(10));
        time.advance(Duration.ofMillis(999));
        assertThat(worked).as("others do not rest with it").containsExactly("a", "b");
        time.advance(Duration.ofMillis(1));
        assertThat(worked).containsExactly("a", "b", "a");
        time.advance(Duration.ofMinutes(1));
        assertThat(worked).as("nothing came").containsExactly("a", "b", "a");
        queue.add("a");
        time.advance(Duration.ZERO);
        assertThat(worked).as("the rest is over").hasSize(4);
        queue.close();
    }

    @Test
    void neverHandsOneKeyToTwoWorkersAndLosesNoAdd() {
        for (int seed = 0; seed < 200; seed++) {
            oneInterleaving(seed);
        }
    }

    private static void oneInterleaving(int seed) {
        VirtualTime time = VirtualTime.interleaved(seed);
        Random random = new Random(seed);
        Map<String, Integer> wanted = new HashMap<>();
        Map<String, Integer> seen = new HashMap<>();
        Set<String> inWork = new HashSet<>();
        List<WorkQueue<String>> self = new ArrayList<>();
        WorkQueue<String> queue = new WorkQueue<>(3, Backoff.standard(), time.environment(random), key -> {
            assertThat(inWork.add(key))
                    .as("%s is in work only once, seed %s", key, seed)
                    .isTrue();
            assertThat(inWork).hasSizeLessThanOrEqualTo(3);
            seen.put(key, wanted.getOrDefault(key, 0));
            if (random.nextInt(4) == 0) {
                self.get(0).rest(key, Duration.ofMillis(random.nextInt(10)));
            }
            if (random.nextInt(3) == 0) {
                String other = "k" + random.nextInt(5);
                wanted.merge(other, 1, Integer::sum);
                self.get(0).add(other);
            }
            inWork.remove(key);
        });
        self.add(queue);
        queue.start();
        for (int i = 0; i < 40; i++) {
            String key = "k" + random.nextInt(5);
            wanted.merge(key, 1, Integer::sum);
            if (random.nextBoolean()) {
                queue.add(key, random.nextBoolean() ? WorkQueue.Lane.NORMAL : WorkQueue.Lane.LATER);
            } else {
                queue.addAfter(key, Duration.ofMillis(random.nextInt(20)));
            }
            time.advance(Duration.ofMillis(random.nextInt(3)));
        }
        time.advance(Duration.ofSeconds(1));
        assertThat(seen)
                .as("the last work on each key began after its last add, seed %s", seed)
                .isEqualTo(wanted);
    }

    @Test
    void takesTheEarliestOfSeveralDelays() {
        WorkQueue<String> queue =
                queue(1, key -> worked.add(key + "@" + time.elapsed().toMillis()));
        queue.start();
        queue.addAfter("a", Duration.ofMillis(500));
        queue.addAfter("a", Duration.ofMillis(100));
        queue.addAfter("a", Duration.ofMillis(300));
        time.advance(Duration.ofSeconds(2));
        assertThat(worked).containsExactly("a@100");
    }

    @Test
    void backsOffFromFiveMillisecondsToAThousandSecondsUntilForgotten() {
        WorkQueue<String> queue = queue(1, worked::add);
        List<Long> delays = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            delays.add(queue.addBackedOff("a").toMillis());
        }
        assertThat(delays).startsWith(5L, 10L, 20L, 40L, 80L).endsWith(1_000_000L, 1_000_000L);
        assertThat(queue.addBackedOff("b")).as("each key by itself").isEqualTo(Duration.ofMillis(5));
        queue.forget("a");
        assertThat(queue.addBackedOff("a")).isEqualTo(Duration.ofMillis(5));
    }

    @Test
    void manyConflictsAreNoReasonToWaitLongAfterTheFirstFailure() {
        WorkQueue<String> queue = queue(1, worked::add);
        for (int i = 0; i < 30; i++) {
            queue.addAfterConflict("a");
        }
        queue.start();
        time.advance(Duration.ofSeconds(3));
        assertThat(worked).as("a conflict is soon over").contains("a");
        assertThat(queue.addBackedOff("a")).isLessThan(Duration.ofSeconds(10));
        for (int i = 0; i < 20; i++) {
            queue.addBackedOff("a");
        }
        queue.addAfterConflict("a");
        assertThat(queue.failures("a")).as("a conflict makes up for no failure").isGreaterThan(20);
    }

    @Test
    void takesWhatCanWaitAfterWhatJustChanged() {
        WorkQueue<String> queue = queue(1, worked::add);
        queue.add("old", WorkQueue.Lane.LATER);
        queue.add("new");
        queue.start();
        settle();
        assertThat(worked).containsExactly("new", "old");
    }

    @Test
    void whatCouldWaitAndThenChangesWaitsNoLonger() {
        WorkQueue<String> queue = queue(1, worked::add);
        queue.add("a", WorkQueue.Lane.LATER);
        queue.add("b", WorkQueue.Lane.LATER);
        queue.add("b");
        queue.add("b", WorkQueue.Lane.LATER);
        queue.start();
        settle();
        assertThat(worked).containsExactly("b", "a");
    }

    @Test
    void whatCanWaitDoesNotWaitForEver() {
        List<WorkQueue<String>> self = new ArrayList<>();
        WorkQueue<String> queue = queue(1, key -> {
            worked.add(key);
            if (!key.equals("patient") && worked.size() < 200) {
                self.get(0).add("busy-" + worked.size());
                self.get(0).add("busier-" + worked.size());
            }
        });
        self.add(queue);
        queue.add("patient", WorkQueue.Lane.LATER);
        queue.add("busy");
        queue.start();
        settle();
        assertThat(worked.indexOf("patient")).isBetween(1, 50);
    }

    @Test
    void aKeyThatIsAddedWhileInWorkKeepsItsLane() {
        List<WorkQueue<String>> self = new ArrayList<>();
        WorkQueue<String> queue = queue(1, key -> {
            if (worked.isEmpty()) {
                self.get(0).add(key, WorkQueue.Lane.LATER);
                self.get(0).add("new");
            }
            worked.add(key);
        });
        self.add(queue);
        queue.add("a");
        queue.start();
        settle();
        assertThat(worked).containsExactly("a", "new", "a");
    }

    @Test
    void doesNothingAfterCloseAndLeavesNoTimer() {
        WorkQueue<String> queue = queue(1, worked::add);
        queue.start();
        queue.add("a");
        queue.addAfter("b", Duration.ofSeconds(1));
        queue.close();
        queue.add("c");
        queue.addAfter("d", Duration.ofSeconds(1));
        settle();
        assertThat(worked).isEmpty();
        assertThat(time.hasTaskUntil(Long.MAX_VALUE)).isFalse();
    }

    @Test
    void closesFromWithinItsOwnWork() {
        List<WorkQueue<String>> self = new ArrayList<>();
        WorkQueue<String> queue = queue(1, key -> {
            worked.add(key);
            self.get(0).close();
        });
        self.add(queue);
        queue.start();
        queue.add("a");
        queue.add("b");
        settle();
        assertThat(worked).containsExactly("a");
    }

    @Test
    void goesOnAfterWorkThatFailed() {
        WorkQueue<String> queue = queue(1, key -> {
            worked.add(key);
            throw new IllegalStateException("work is broken");
        });
        queue.start();
        queue.add("a");
        queue.add("b");
        settle();
        assertThat(worked).containsExactly("a", "b");
    }

    @Test
    void anErrorKeepsNoOtherKeyFromBeingWorkedOn() {
        WorkQueue<String> queue = queue(1, key -> {
            worked.add(key);
            if (key.equals("a")) {
                throw new StackOverflowError("on purpose");
            }
        });
        queue.start();
        queue.add("a");
        queue.add("b");
        assertThatThrownBy(this::settle).isInstanceOf(StackOverflowError.class);
        settle();
        assertThat(worked).containsExactly("a", "b");
    }

    private WorkQueue<String> queue(int workers, Consumer<String> work) {
        return new WorkQueue<>(workers, Backoff.standard(), environment, work);
    }

    private void settle() {
        time.advance(Duration.ofSeconds(10));
    }
}
