package io.orchestrator.core.schedule;

import static io.orchestrator.core.schedule.framework.SmallCluster.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.core.schedule.framework.ClusterChange;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.SmallCluster;
import io.orchestrator.core.schedule.plugin.PrioritySort;
import io.orchestrator.core.schedule.plugin.ResourceFit;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SchedulingQueueTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final Set<ResourceFit> FIT = Set.of(new ResourceFit());

    private final SchedulingQueue queue = new SchedulingQueue(new PrioritySort()::compare);

    private static PodView view(String name) {
        return PodView.of(pod(name, spec -> spec));
    }

    private static PodView urgent(String name, int priority) {
        return PodView.of(pod(name, spec -> spec.priority(priority)));
    }

    /** A pod went from a node that has so many processors free now. */
    private static ClusterChange freed(String cpu) {
        NodeView node = SmallCluster.view(SmallCluster.node("n1", cpu, "8Gi"));
        return new ClusterChange.PodGone(view("gone"), node);
    }

    private QueuedPod poll() {
        QueuedPod queued = queue.poll();
        assertThat(queued).isNotNull();
        return queued;
    }

    @Test
    void higherPriorityGoesFirstThenWhoCameFirst() {
        queue.offer(view("a"), true, 0);
        queue.offer(view("b"), true, 0);
        queue.offer(urgent("c", 10), true, 0);
        queue.offer(urgent("d", Integer.MIN_VALUE), true, 0);
        assertThat(poll().pod.key().name()).isEqualTo("c");
        assertThat(poll().pod.key().name()).isEqualTo("a");
        assertThat(poll().pod.key().name()).isEqualTo("b");
        assertThat(poll().pod.key().name()).isEqualTo("d");
        assertThat(queue.poll()).isNull();
    }

    @Test
    void backoffDoublesFromOneSecondToTen() {
        queue.offer(view("a"), true, 0);
        long now = 0;
        for (long seconds : new long[] {1, 2, 4, 8, 10, 10}) {
            queue.retry(poll(), now);
            queue.advance(now + seconds * SECOND - 1);
            assertThat(queue.hasActive()).isFalse();
            assertThat(queue.nextAdvance()).hasValue(now + seconds * SECOND);
            now += seconds * SECOND;
            queue.advance(now);
            assertThat(queue.hasActive()).isTrue();
        }
    }

    @Test
    void aParkedPodWaitsForAChangeAndForTheRestOfItsBackoff() {
        queue.offer(PodView.of(pod("a", "1", "1Gi")), true, 0);
        queue.park(poll(), FIT, 0);
        queue.wake(freed("0"), SECOND / 2);
        queue.advance(30 * SECOND);
        assertThat(queue.hasActive()).isFalse();
        queue.wake(freed("4"), SECOND / 2);
        assertThat(queue.hasActive()).isFalse();
        queue.advance(SECOND);
        assertThat(queue.hasActive()).isTrue();
    }

    @Test
    void aParkedPodIsTriedAgainAfterFiveMinutesWhateverHappens() {
        queue.offer(view("a"), true, 0);
        queue.park(poll(), FIT, 0);
        assertThat(queue.nextAdvance()).hasValue(300 * SECOND);
        queue.advance(300 * SECOND - 1);
        assertThat(queue.hasActive()).isFalse();
        queue.advance(300 * SECOND);
        assertThat(queue.hasActive()).isTrue();
    }

    @Test
    void aStatusChangeDoesNotWakeAParkedPodButANewTolerationDoes() {
        PodView pod = view("a");
        queue.offer(pod, true, 0);
        queue.park(poll(), FIT, 0);
        queue.offer(PodView.of(pod.pod().withStatus(pod.pod().status().withMessage("x"))), true, 20 * SECOND);
        assertThat(queue.hasActive()).isFalse();
        queue.offer(PodView.of(pod.pod().withSpec(pod.spec().withNodeSelector(Map.of("a", "b")))), true, 20 * SECOND);
        assertThat(queue.hasActive()).isTrue();
    }

    @Test
    void aGatedPodEntersWhenItsGatesAreLifted() {
        queue.offer(view("a"), false, 0);
        assertThat(queue.hasActive()).isFalse();
        queue.offer(view("a"), true, SECOND);
        assertThat(queue.hasActive()).isTrue();
    }

    @Test
    void aPodRemovedWhileItIsTriedDoesNotComeBack() {
        queue.offer(view("a"), true, 0);
        QueuedPod queued = poll();
        queue.remove("uid-a");
        queue.park(queued, FIT, 0);
        queue.retry(queued, 0);
        assertThat(queue.size()).isZero();
        assertThat(queue.nextAdvance()).isEmpty();
    }
}
