package io.orchestrator.core.schedule.framework;

import io.orchestrator.api.meta.ResourceType;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A part of a scheduler. Implements one or several of the steps that extend this interface, is stateless, and may serve several
 * profiles at once.
 */
public interface Plugin {

    /** As in Kubernetes where it has the like; unique within a profile. */
    String name();

    /** Whether the pod asks for anything that this plugin looks at. When false, its filter and its score are left out. */
    default boolean concerns(PodView pod) {
        return true;
    }

    /**
     * The kinds that the plugin looks up in {@link Snapshot#objects()}, beside pods and nodes. The scheduler watches them, and
     * begins when it knows them all.
     */
    default Set<ResourceType<?>> reads() {
        return Set.of();
    }

    /**
     * The kinds of changes that could turn a refusal of this plugin. A pod that it refused is not tried again for others, except
     * after five minutes. The default is all of them.
     */
    default Set<ChangeKind> retryOn() {
        return EnumSet.allOf(ChangeKind.class);
    }

    /**
     * Whether this change, of a kind that {@link #retryOn()} names, could turn the plugin's refusal of this pod. Asked for every
     * waiting pod that it refused, so it should look at the objects at hand and no further; in doubt it says yes. The default
     * always does.
     */
    default boolean couldHelp(ClusterChange change, PodView pod) {
        return true;
    }

    /**
     * What the plugin is going to ask {@link Snapshot#count} about this pod. From now on the scheduler keeps these counts up to
     * date, which makes them cheap however many pods there are. What is not announced is counted on the spot.
     */
    default Collection<PodQuery> counts(PodView pod, KnownObjects objects) {
        return List.of();
    }
}
