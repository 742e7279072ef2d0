package io.orchestrator.core.agent;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodResizeStatus;
import io.orchestrator.api.model.core.PodStatus;
import io.orchestrator.core.agent.PodAction.Farewell;
import io.orchestrator.core.agent.PodAction.Forget;
import io.orchestrator.core.agent.PodAction.Idle;
import io.orchestrator.core.agent.PodAction.Launch;
import io.orchestrator.core.agent.PodAction.StopContainers;
import io.orchestrator.core.agent.PodFacts.Intent;
import io.orchestrator.core.agent.PodMemory.Rejection;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.SandboxState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pod on this node: gathers its facts, asks the plan, has the answer carried out, and looks again when that has ended.
 * At most one operation is under way; while it is, only the report goes on. All state belongs to the pod's lane; every
 * method of the package may be called from anywhere.
 */
final class PodWorker implements PodProbes.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(PodWorker.class);
    private static final Duration SETTLE_RETRY = Duration.ofSeconds(1);
    private static final Duration LOOK_RETRY = Duration.ofSeconds(5);

    private enum Progress {
        /** May still be dropped: nothing of it is in the runtime. */
        BEGUN,
        COMMITTED,
        DROPPED
    }

    private record Operation(PodAction action, AtomicReference<Progress> progress) {}

    private final NodeContext node;
    private final Lane lane;
    private final PodOperations operations;
    private final PodReporter reporter;
    private final PodNews news;
    private final PodResizes resizes;
    private final PodProbes probes;
    private final Consumer<PodWorker> onGone;
    private volatile PodFacts published;

    // Owned by whoever tells what the runtime has; null before that was told.
    private @Nullable List<SandboxState> heardSandboxes;
    private @Nullable List<ContainerState> heardContainers;

    // Owned by the lane.
    private final Set<String> heard = new HashSet<>();
    private Pod pod;
    private Intent intent = Intent.RUN;
    private PodMemory memory = PodMemory.blank();
    private List<SandboxState> sandboxes = List.of();
    private List<ContainerState> containers = List.of();
    private long graceLimit = Long.MAX_VALUE;
    private boolean offered;
    private boolean observed;
    private boolean admitted;
    private boolean admitting;
    private boolean done;
    private @Nullable Operation operation;
    private @Nullable ScheduledFuture<?> wake;

    /** @param onGone called once, on the lane, when nothing of the pod is left here and in the API */
    PodWorker(NodeContext node, Pod pod, Consumer<PodWorker> onGone) {
        this.node = node;
        this.pod = pod;
        this.onGone = onGone;
        this.lane = new Lane(node.environment().executor());
        StatusWriter writer = new StatusWriter(node.client());
        this.operations = new PodOperations(node, writer);
        this.reporter = new PodReporter(node, writer, lane, this::reported, this::turn);
        this.news = new PodNews(node.events());
        this.resizes = new PodResizes(node);
        this.probes = new PodProbes(node.prober(), node.environment(), node.deadlines(), lane, this);
        this.published = facts();
    }

    /** The API has this version of the pod. */
    void offer(Pod version) {
        lane.submit(() -> {
            String known = pod.metadata().resourceVersion();
            // its own writes were answered with what the cache tells of them later
            if (known.isEmpty() || !known.equals(version.metadata().resourceVersion()) || !offered) {
                offered = true;
                accept(version);
                turn();
            }
        });
    }

    /** The runtime has this of the pod. To be called by one at a time, in the order in which the runtime was asked. */
    void observe(List<SandboxState> sandboxes, List<ContainerState> containers) {
        if (sandboxes.equals(heardSandboxes) && containers.equals(heardContainers)) {
            return;
        }
        heardSandboxes = sandboxes;
        heardContainers = containers;
        lane.submit(() -> {
            this.sandboxes = sandboxes;
            this.containers = containers;
            observed = true;
            turn();
        });
    }

    /** The API's cache has lost the pod: it ends here once the API itself confirms that. */
    void vanished() {
        lane.submit(() -> {
            if (done) {
                onGone.accept(this);
            } else {
                node.environment().executor().execute(this::confirmGone);
            }
        });
    }

    /** Ends the pod here without a word to the API. */
    void end(Duration graceLimit) {
        lane.submit(() -> {
            this.graceLimit = graceLimit.toSeconds();
            remove();
        });
    }

    /** Ends the pod as failed, for a reason of the node's. */
    void evict(Rejection why, Duration graceLimit) {
        lane.submit(() -> {
            if (intent == Intent.RUN && memory.rejection() == null && !PodPlan.isOver(facts())) {
                this.graceLimit = graceLimit.toSeconds();
                dropLaunch();
                reject(why);
                turn();
            }
        });
    }

    /** Others need less than before. */
    void roomMade() {
        PodAllocation known = published.memory().allocation();
        if (known != null && known.verdict().equals(PodResizeStatus.DEFERRED)) {
            lane.submit(this::turn);
        }
    }

    /** Stops working on the pod, which runs on. */
    void detach() {
        lane.submit(() -> {
            done = true;
            release();
        });
    }

    /** What was known at the last step. */
    PodFacts lastFacts() {
        return this.published;
    }

    @Override
    public void changed() {
        turn();
    }

    @Override
    public void unhealthy(String message) {
        node.events().warning(pod, "Unhealthy", message);
    }

    private void confirmGone() {
        StatusWriter.Outcome live = new StatusWriter(node.client()).look(pod);
        lane.submit(() -> {
            if (live instanceof StatusWriter.Outcome.Gone) {
                remove();
            } else if (live instanceof StatusWriter.Outcome.Changed changed) {
                accept(changed.live());
                turn();
            } else {
                node.deadlines().after(LOOK_RETRY).thenRun(this::vanished);
            }
        });
    }

    private void remove() {
        intent = Intent.REMOVE;
        dropLaunch();
        if (done) {
            onGone.accept(this);
        } else {
            turn();
        }
    }

    private void accept(Pod version) {
        if (!version.metadata().uid().equals(pod.metadata().uid()) || isOlder(version)) {
            return;
        }
        pod = version;
        if (pod.metadata().isDeleting() && intent == Intent.RUN) {
            intent = Intent.TERMINATE;
            dropLaunch();
        }
        hurry();
    }

    private boolean isOlder(Pod version) {
        String mine = pod.metadata().resourceVersion();
        String other = version.metadata().resourceVersion();
        return mine.length() > other.length() || (mine.length() == other.length() && mine.compareTo(other) > 0);
    }

    /** A launch that still waits for its image is not waited for. */
    private void dropLaunch() {
        if (operation != null && operation.progress().compareAndSet(Progress.BEGUN, Progress.DROPPED)) {
            operation = null;
        }
    }

    /** A deletion with a shorter grace comes while the longer one is under way. */
    private void hurry() {
        if (intent == Intent.RUN || operation == null || !(operation.action() instanceof StopContainers stop)) {
            return;
        }
        Duration grace = Duration.ofSeconds(facts().graceSeconds());
        if (grace.compareTo(stop.grace()) < 0) {
            operation = new Operation(new StopContainers(stop.containerIds(), grace, stop.why()), operation.progress());
            for (String id : stop.containerIds()) {
                node.deadlines()
                        .within(
                                grace.plus(node.config().timing().callDeadline()),
                                "a faster stop",
                                () -> node.runtime().stopContainer(id, grace))
                        .whenComplete((stopped, failure) -> {
                            if (failure != null) {
                                LOG.debug("container {} did not stop faster", id, failure);
                            }
                        });
            }
        }
    }

    private PodFacts facts() {
        return new PodFacts(
                pod,
                intent,
                sandboxes,
                containers,
                memory,
                graceLimit,
                node.environment().clock().instant());
    }

    /** Found in the runtime only: nothing is begun for a pod whose specification nobody has seen. */
    private boolean isUnconfirmed() {
        return intent == Intent.RUN && pod.metadata().resourceVersion().isEmpty();
    }

    private void turn() {
        if (done || !observed || isUnconfirmed()) {
            return;
        }
        admit();
        if (admitting && intent == Intent.RUN) {
            return;
        }
        allocate();
        memory = memory.verdicts(probes.follow(facts()));
        PodFacts facts = facts();
        published = facts;
        hearLastWords(facts);
        if (intent != Intent.REMOVE) {
            reporter.report(facts);
        }
        if (operation != null) {
            return;
        }
        if (wake != null) {
            wake.cancel(false);
        }
        news.ending(facts);
        PodAction action = PodPlan.next(facts);
        if (action instanceof Idle idle) {
            news.resting(facts);
            wakeAt(idle.until());
        } else if (action instanceof Farewell) {
            memory = memory.farewell(
                    PodReport.of(facts, node.info().name(), node.config().hostIp()));
            turn();
        } else {
            perform(action, facts);
        }
    }

    private void admit() {
        if (!admitted && intent == Intent.RUN) {
            admitted = true;
            boolean runsAlready = !sandboxes.isEmpty() || !containers.isEmpty();
            if (PodPlan.isOver(facts())) {
                return;
            }
            memory = memory.allocation(runsAlready ? PodAllocation.of(pod) : PodAllocation.granting(pod));
            Optional<Rejection> rejection = node.admission()
                    .admit(facts().granted(), runsAlready, node.self().get().orElse(null));
            if (rejection.filter(Admission::dependsOnNode).isPresent()) {
                admitting = true;
                node.environment().executor().execute(this::lookAtNode);
            } else {
                rejection.ifPresent(this::refuse);
            }
        }
        String making = operation != null && operation.action() instanceof Launch launch ? idOf(launch) : "";
        memory = memory.resizes(memory.resizes().follow(facts(), making, operation == null));
        if (PodOutcome.of(facts()).isPresent() && facts().running().isEmpty()) {
            node.admission().release(pod.metadata().uid());
        }
    }

    /** A change of what the containers ask for is granted where the node has it. */
    private void allocate() {
        PodAllocation held = memory.allocation();
        if (held != null
                && intent == Intent.RUN
                && memory.rejection() == null
                && PodOutcome.of(facts()).isEmpty()) {
            memory = memory.allocation(resizes.decide(pod, held));
        }
    }

    /** The node may have been given a label just before the pod: what the API has now decides. */
    private void lookAtNode() {
        try {
            Node live = node.client().nodes().get(node.config().nodeName());
            lane.submit(() -> {
                admitting = false;
                if (intent == Intent.RUN) {
                    node.admission().admit(pod, false, live).ifPresent(this::refuse);
                }
                turn();
            });
        } catch (ApiException e) {
            LOG.debug("the node is looked at again, for the admission of a pod", e);
            node.deadlines()
                    .after(LOOK_RETRY)
                    .thenRunAsync(this::lookAtNode, node.environment().executor());
        }
    }

    /** The pod does not begin here; the event tells why without saying so again. */
    private void refuse(Rejection why) {
        memory = memory.rejected(new Rejection(why.reason(), "Pod was rejected: " + why.message()));
        node.events().warning(pod, why.reason(), why.message());
    }

    private void reject(Rejection why) {
        memory = memory.rejected(why);
        node.events().warning(pod, why.reason(), why.message());
    }

    private void wakeAt(@Nullable Instant at) {
        if (at != null) {
            Duration delay = Duration.between(node.environment().clock().instant(), at);
            long nanos = Math.max(Duration.ofMillis(1).toNanos(), delay.toNanos());
            wake = node.environment().timers().schedule(() -> lane.submit(this::turn), nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void perform(PodAction action, PodFacts facts) {
        Operation mine = new Operation(
                action, new AtomicReference<>(action instanceof Launch ? Progress.BEGUN : Progress.COMMITTED));
        operation = mine;
        if (action instanceof StopContainers stop && stop.restarts()) {
            memory = memory.resizes(memory.resizes().restarting(stop.containerIds()));
        }
        if (action instanceof Launch launch) {
            PodOperations.specOf(pod, launch.container())
                    .map(container -> ContainerAmounts.of(facts.grantedTo(container), 0))
                    .ifPresent(
                            amounts -> memory = memory.resizes(memory.resizes().making(idOf(launch), amounts)));
        }
        operations
                .perform(action, facts, () -> mine.progress().compareAndSet(Progress.BEGUN, Progress.COMMITTED))
                .whenComplete((done, failure) -> lane.submit(() -> finished(mine, failure)));
    }

    private String idOf(Launch launch) {
        return Ids.container(pod, launch.container(), launch.attempt());
    }

    private void finished(Operation ended, @Nullable Throwable failure) {
        if (operation == null || operation.progress() != ended.progress()) {
            return;
        }
        Throwable cause = failure == null ? null : Deadlines.cause(failure);
        memory = news.after(ended.action(), cause, facts());
        if (cause == null && ended.action() instanceof Forget) {
            done = true;
            release();
            if (intent == Intent.REMOVE) {
                onGone.accept(this);
            }
            return;
        }
        settle(ended);
    }

    /** The next step is planned on what the runtime has after this one, and on nothing older. */
    private void settle(Operation ended) {
        node.watch().fresh().whenComplete((state, failure) -> {
            if (failure == null) {
                lane.submit(() -> {
                    if (operation != null && operation.progress() == ended.progress()) {
                        operation = null;
                        turn();
                    }
                });
            } else {
                node.deadlines().after(SETTLE_RETRY).thenRun(() -> lane.submit(() -> settle(ended)));
            }
        });
    }

    private void reported(Pod version, PodStatus written) {
        if (written.equals(memory.farewell())) {
            memory = memory.reported(true);
        }
        accept(version);
    }

    private void hearLastWords(PodFacts facts) {
        for (ContainerState container : facts.containers()) {
            if (container.phase() == ContainerState.Phase.EXITED && heard.add(container.id())) {
                operations.lastWords(pod, container).whenComplete((words, failure) -> {
                    if (failure != null) {
                        LOG.debug("container {} left no readable message", container.id(), failure);
                    } else if (!words.isEmpty()) {
                        lane.submit(() -> {
                            memory = memory.message(container.id(), words);
                            turn();
                        });
                    }
                });
            }
        }
    }

    private void release() {
        probes.close();
        reporter.close();
        node.admission().release(pod.metadata().uid());
        if (wake != null) {
            wake.cancel(false);
        }
    }
}
