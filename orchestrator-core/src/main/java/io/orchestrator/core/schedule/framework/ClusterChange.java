package io.orchestrator.core.schedule.framework;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Something that happened in the cluster, as plugins are asked about it. */
public sealed interface ClusterChange {

    Set<ChangeKind> kinds();

    record NodeAdded(NodeView node) implements ClusterChange {
        private static final Set<ChangeKind> KINDS = EnumSet.of(ChangeKind.NODE_ADDED);

        @Override
        public Set<ChangeKind> kinds() {
            return KINDS;
        }
    }

    record NodeRemoved(NodeView node) implements ClusterChange {
        private static final Set<ChangeKind> KINDS = EnumSet.of(ChangeKind.NODE_REMOVED);

        @Override
        public Set<ChangeKind> kinds() {
            return KINDS;
        }
    }

    /** @param kinds in which respects */
    record NodeChanged(NodeView before, NodeView after, Set<ChangeKind> kinds) implements ClusterChange {}

    /** @param node as it is now */
    record PodPlaced(PodView pod, NodeView node) implements ClusterChange {
        private static final Set<ChangeKind> KINDS = EnumSet.of(ChangeKind.POD_PLACED);

        @Override
        public Set<ChangeKind> kinds() {
            return KINDS;
        }
    }

    /** @param node as it is now */
    record PodGone(PodView pod, NodeView node) implements ClusterChange {
        private static final Set<ChangeKind> KINDS = EnumSet.of(ChangeKind.POD_GONE);

        @Override
        public Set<ChangeKind> kinds() {
            return KINDS;
        }
    }

    record PlacedPodChanged(PodView before, PodView after, NodeView node) implements ClusterChange {
        private static final Set<ChangeKind> KINDS = EnumSet.of(ChangeKind.PLACED_POD_CHANGED);

        @Override
        public Set<ChangeKind> kinds() {
            return KINDS;
        }
    }

    /**
     * @param before null when it is new
     * @param after null when it is gone
     */
    record ObjectChanged(
            ResourceType<?> type,
            @Nullable Resource before,
            @Nullable Resource after) implements ClusterChange {
        private static final Set<ChangeKind> KINDS = EnumSet.of(ChangeKind.OBJECT_CHANGED);

        @Override
        public Set<ChangeKind> kinds() {
            return KINDS;
        }

        /** The object as it is now, if it is of this kind and still there. */
        public <T extends Resource> Optional<T> now(ResourceType<T> kind) {
            return kind.equals(type) && after != null
                    ? Optional.of(kind.objectClass().cast(after))
                    : Optional.empty();
        }
    }

    /** The node that the change made more of, where it is about one that is there. */
    default Optional<NodeView> nodeNow() {
        if (this instanceof NodeAdded added) {
            return Optional.of(added.node());
        }
        if (this instanceof NodeChanged changed) {
            return Optional.of(changed.after());
        }
        if (this instanceof PodGone gone) {
            return Optional.of(gone.node());
        }
        return this instanceof PlacedPodChanged changed ? Optional.of(changed.node()) : Optional.empty();
    }
}
