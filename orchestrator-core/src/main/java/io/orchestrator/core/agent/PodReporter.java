package io.orchestrator.core.agent;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodStatus;
import io.orchestrator.core.agent.StatusWriter.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the API's status of one pod as the facts have it: one write at a time, none without a difference, again with
 * back-off where one fails. That a pod is about to begin is told only of one that has not begun after a moment: most have by then, and
 * each status is a write that everybody who watches pods hears of. Owned by the pod's lane; writes run on the executor, so a slow API keeps no pod from its steps.
 */
final class PodReporter {
    private static final Logger LOG = LoggerFactory.getLogger(PodReporter.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final NodeContext node;
    private final StatusWriter writer;
    private final Lane lane;
    private final BiConsumer<Pod, PodStatus> onPod;
    private final Runnable onChange;
    private boolean writing;
    private boolean closed;
    private int failures;
    private @Nullable Instant retryAt;
    /** When the pod was reported on first. */
    private @Nullable Instant came;

    /** Since when its being about to begin is not told; null while there is nothing of that kind. */
    private @Nullable Instant heldSince;

    private @Nullable PodStatus lastWritten;
    private @Nullable PodStatus lastAnswer;

    /**
     * @param onPod gets the API's version of the pod, and the status that was written to it
     * @param onChange called after that, when there may be something to do
     */
    PodReporter(NodeContext node, StatusWriter writer, Lane lane, BiConsumer<Pod, PodStatus> onPod, Runnable onChange) {
        this.node = node;
        this.writer = writer;
        this.lane = lane;
        this.onPod = onPod;
        this.onChange = onChange;
    }

    void report(PodFacts facts) {
        PodStatus farewell = facts.memory().farewell();
        PodStatus wanted = farewell != null ? farewell : wanted(facts);
        if (writing || closed || (retryAt != null && facts.now().isBefore(retryAt))) {
            return;
        }
        if (isThere(facts.pod().status(), wanted)) {
            if (farewell != null && !facts.memory().reported()) {
                onPod.accept(facts.pod(), wanted);
                lane.submit(onChange);
            }
            return;
        }
        if (farewell == null && PodReport.isAboutToBegin(facts, wanted) && isHeld(facts.now())) {
            return;
        }
        heldSince = null;
        writing = true;
        Pod pod = facts.pod();
        node.environment().executor().execute(() -> {
            Outcome outcome = writer.write(pod, wanted);
            lane.submit(() -> written(outcome, wanted));
        });
    }

    /** A pod starts when it comes to the node, whenever that is told. */
    private PodStatus wanted(PodFacts facts) {
        if (came == null) {
            came = facts.now();
        }
        PodStatus wanted = PodReport.of(facts, node.info().name(), node.config().hostIp());
        return facts.pod().status().startTime() == null && wanted.startTime() != null
                ? wanted.withStartTime(Time.of(came))
                : wanted;
    }

    private boolean isHeld(Instant now) {
        if (heldSince == null) {
            heldSince = now;
            node.deadlines().after(MOMENT).thenRun(() -> lane.submit(onChange));
        }
        return now.isBefore(heldSince.plus(MOMENT));
    }

    void close() {
        closed = true;
    }

    /** Also where the API keeps what was written in another form. */
    private boolean isThere(PodStatus present, PodStatus wanted) {
        return present.equals(wanted) || (wanted.equals(lastWritten) && present.equals(lastAnswer));
    }

    private void written(Outcome outcome, PodStatus wanted) {
        writing = false;
        if (outcome instanceof Outcome.Written written) {
            failures = 0;
            retryAt = null;
            lastWritten = wanted;
            lastAnswer = written.pod().status();
            onPod.accept(written.pod(), wanted);
        } else if (outcome instanceof Outcome.Changed changed) {
            onPod.accept(changed.live(), changed.live().status());
        } else if (outcome instanceof Outcome.Gone) {
            // the informer tells of it as well, and the runtime is cleaned then
            closed = true;
        } else if (outcome instanceof Outcome.Failed failed) {
            LOG.debug("the status of a pod was not written", failed.cause());
            Duration delay = FIRST_RETRY.multipliedBy(1L << Math.min(failures++, 10));
            Duration bounded = delay.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : delay;
            retryAt = node.environment().clock().instant().plus(bounded);
            node.deadlines().after(bounded).thenRun(() -> lane.submit(onChange));
            return;
        }
        onChange.run();
    }
}
