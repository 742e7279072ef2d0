package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.ContainerImage;
import io.orchestrator.core.agent.NodeSignals.Reading;
import io.orchestrator.core.env.Environment;
import io.orchestrator.spi.runtime.Images.Image;
import io.orchestrator.spi.runtime.RuntimeInfo.Ability;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images of a node: looks now and then which there are, for the node's status; and where it is told to, removes those that
 * it pulled and nobody uses when the disk fills, the longest unused first. Owned by its lane.
 */
final class NodeImages implements NodePart {
    private static final Logger LOG = LoggerFactory.getLogger(NodeImages.class);
    /** As many as a kubelet tells of. */
    private static final int MOST = 50;

    /** When to remove, by what is left. */
    private record Policy(NodeSignals signals, ImageLimits limits) {}

    private final NodeContext node;
    private final Supplier<Set<String>> used;
    private final Lane lane;
    private volatile List<ContainerImage> told = List.of();
    private volatile long bytes;
    private volatile @Nullable Policy policy;
    private @Nullable ScheduledFuture<?> timer;

    // Owned by the lane.
    private final Map<String, Instant> lastUsed = new HashMap<>();

    /** @param used ids of the images that containers of the node were made from */
    NodeImages(NodeContext node, Supplier<Set<String>> used) {
        this.node = node;
        this.used = used;
        this.lane = new Lane(node.environment().executor());
    }

    void start() {
        if (!node.can(Ability.IMAGES)) {
            return;
        }
        Environment environment = node.environment();
        long period = node.config().timing().imageLook().toNanos();
        timer = environment
                .timers()
                .scheduleWithFixedDelay(() -> lane.submit(this::look), 0, period, TimeUnit.NANOSECONDS);
    }

    /** From now on images are removed when the disk fills. */
    void collect(NodeSignals signals, ImageLimits limits) {
        policy = new Policy(signals, limits);
    }

    /** The largest, as the node's status has them. */
    List<ContainerImage> told() {
        return told;
    }

    /** Of all images when they were last looked at; layers that several share count for each. */
    long bytes() {
        return bytes;
    }

    private void look() {
        list().whenComplete((images, failure) -> {
            if (failure != null) {
                LOG.debug("the images of the node cannot be listed", failure);
            } else {
                lane.submit(() -> seen(images));
            }
        });
    }

    private CompletionStage<List<Image>> list() {
        return node.deadlines()
                .within(
                        node.config().timing().callDeadline(),
                        "the list of images",
                        () -> node.runtime().images().list());
    }

    private void seen(List<Image> images) {
        told = images.stream()
                .filter(image -> !image.references().isEmpty())
                .sorted(Comparator.comparingLong(Image::sizeBytes).reversed().thenComparing(Image::id))
                .limit(MOST)
                .map(image -> new ContainerImage(image.references(), image.sizeBytes()))
                .toList();
        bytes = images.stream().mapToLong(Image::sizeBytes).sum();
        note(images);
        Policy known = policy;
        if (known != null) {
            removeUpTo(excess(known), candidates(images, known.limits()));
        }
    }

    private void note(List<Image> images) {
        Instant now = node.environment().clock().instant();
        Set<String> inUse = used.get();
        Map<String, Instant> before = Map.copyOf(lastUsed);
        lastUsed.clear();
        for (Image image : images) {
            lastUsed.put(image.id(), inUse.contains(image.id()) ? now : before.getOrDefault(image.id(), now));
        }
    }

    /** How many bytes are to be freed. */
    private static long excess(Policy policy) {
        try {
            Reading reading = policy.signals().read();
            double full = 1 - (double) reading.diskBytes() / Math.max(1, reading.diskCapacity());
            return full < policy.limits().high()
                    ? 0
                    : (long) ((full - policy.limits().low()) * reading.diskCapacity());
        } catch (IOException e) {
            LOG.warn("what is left of the node cannot be read", e);
            return 0;
        }
    }

    private Deque<Image> candidates(List<Image> images, ImageLimits limits) {
        Instant latest = node.environment().clock().instant().minus(limits.minimumAge());
        Set<String> inUse = used.get();
        return images.stream()
                .filter(image -> !inUse.contains(image.id()) && node.pulled().contains(image.id()))
                .filter(image -> !lastUsed.getOrDefault(image.id(), Instant.MAX).isAfter(latest))
                .sorted(Comparator.comparing(image -> lastUsed.getOrDefault(image.id(), Instant.MAX)))
                .collect(ArrayDeque::new, ArrayDeque::add, ArrayDeque::addAll);
    }

    private CompletionStage<Boolean> removeUpTo(long bytes, Deque<Image> from) {
        Image next = bytes <= 0 ? null : from.poll();
        if (next == null) {
            return CompletableFuture.completedFuture(false);
        }
        return node.deadlines()
                .within(
                        node.config().timing().callDeadline(),
                        "the removal of image " + next.id(),
                        () -> node.runtime().images().remove(next.id()))
                .handle((removed, failure) -> {
                    if (failure == null) {
                        node.pulled().remove(next.id());
                        LOG.info("removed image {} {} to make room", next.id(), next.references());
                    } else {
                        LOG.debug("image {} stays", next.id(), failure);
                    }
                    return failure == null;
                })
                .thenCompose(gone -> removeUpTo(gone ? bytes - next.sizeBytes() : bytes, from)
                        .thenApply(more -> gone || more));
    }

    /** Removes what nobody uses, all of it, before a pod has to go; completes with whether there was anything. */
    CompletionStage<Boolean> reclaim() {
        Policy known = policy;
        if (known == null || !node.can(Ability.IMAGES)) {
            return CompletableFuture.completedFuture(false);
        }
        return list().thenCompose(images -> {
            CompletableFuture<Boolean> freed = new CompletableFuture<>();
            lane.submit(() -> {
                note(images);
                removeUpTo(Long.MAX_VALUE, candidates(images, known.limits())).whenComplete((any, failure) -> {
                    if (failure == null) {
                        freed.complete(any);
                    } else {
                        freed.completeExceptionally(failure);
                    }
                });
            });
            return freed;
        });
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
