package io.orchestrator.core.schedule.plugin;

import io.orchestrator.api.model.core.Container;
import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.CycleKey;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.PreScorePlugin;
import io.orchestrator.core.schedule.framework.ScorePlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Prefers nodes that have the pod's images, by their sizes. An image counts by the share of nodes that have it, so that the
 * first pods of a new image do not all crowd where it was pulled first.
 */
public final class ImageLocality implements PreScorePlugin, ScorePlugin {
    private static final double MEGABYTE = 1024 * 1024;
    private static final double LEAST = 23 * MEGABYTE;
    private static final double MOST_PER_CONTAINER = 1000 * MEGABYTE;
    private static final CycleKey<Wanted> WANTED = CycleKey.named("ImageLocality");

    /** An image that some node has, and the share of nodes that do. */
    private record Image(String name, double share) {}

    private record Wanted(List<Image> images, int containers) {}

    @Override
    public String name() {
        return "ImageLocality";
    }

    @Override
    public boolean preScore(Cycle cycle, List<NodeView> feasible) {
        PodView pod = cycle.pod();
        List<Image> images = new ArrayList<>();
        List<Container> containers = Stream.concat(
                        pod.spec().initContainers().stream(), pod.spec().containers().stream())
                .toList();
        for (Container container : containers) {
            String name = withTag(container.image());
            int nodes = cycle.snapshot().nodesWithImage(name);
            if (nodes > 0) {
                images.add(new Image(name, (double) nodes / cycle.snapshot().size()));
            }
        }
        cycle.put(WANTED, new Wanted(images, containers.size()));
        return !images.isEmpty();
    }

    @Override
    public double score(Cycle cycle, NodeView node) {
        Wanted wanted = cycle.get(WANTED);
        double sum = 0;
        for (Image image : wanted.images) {
            Long size = node.images().get(image.name);
            sum += size == null ? 0 : size * image.share;
        }
        double most = MOST_PER_CONTAINER * wanted.containers;
        return BEST * (Math.max(LEAST, Math.min(sum, most)) - LEAST) / (most - LEAST);
    }

    /** Without a tag or a digest the latest is meant. */
    static String withTag(String image) {
        return image.lastIndexOf(':') <= image.lastIndexOf('/') ? image + ":latest" : image;
    }
}
