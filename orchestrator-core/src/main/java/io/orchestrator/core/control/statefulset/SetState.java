package io.orchestrator.core.control.statefulset;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.model.apps.PodManagementPolicyType;
import io.orchestrator.api.model.apps.RollingUpdateStatefulSetStrategy;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.apps.StatefulSetUpdateStrategyType;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodTemplateSpec;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A StatefulSet and its pods, as they are planned on.
 *
 * @param pods by their numbers
 * @param current the revision that pods are replaced from
 * @param update the revision that pods are replaced by
 */
record SetState(StatefulSet set, Map<Integer, Pod> pods, Revision current, Revision update, Instant now) {
    /** A revision and what it stands for. */
    record Revision(String name, PodTemplateSpec template) {}

    static Map<Integer, Pod> byOrdinal(StatefulSet set, Collection<Pod> pods) {
        Map<Integer, Pod> numbered = new TreeMap<>();
        for (Pod pod : pods) {
            int ordinal = SetPods.ordinal(set, pod);
            if (ordinal != SetPods.NO_ORDINAL) {
                numbered.put(ordinal, pod);
            }
        }
        return numbered;
    }

    int replicas() {
        return Objects.requireNonNullElse(set.spec().replicas(), 1);
    }

    int first() {
        return set.spec().ordinals() == null ? 0 : set.spec().ordinals().start();
    }

    boolean isWanted(int ordinal) {
        return ordinal >= first() && ordinal < first() + replicas();
    }

    boolean isOrdered() {
        return !PodManagementPolicyType.PARALLEL.equals(set.spec().podManagementPolicy());
    }

    boolean isRolling() {
        return !StatefulSetUpdateStrategyType.ON_DELETE.equals(
                set.spec().updateStrategy().type());
    }

    /** Only pods from this number on are replaced. */
    int partition() {
        RollingUpdateStatefulSetStrategy rolling = set.spec().updateStrategy().rollingUpdate();
        return rolling == null || rolling.partition() == null ? 0 : rolling.partition();
    }

    /** How many pods of a roll-out may be unavailable at a time; at least one. */
    int maxUnavailable() {
        IntOrString most = mostUnavailable();
        return most == null ? 1 : Math.max(1, most.scaled(replicas(), true));
    }

    /**
     * The lowest number of those that count as unavailable in a roll-out: who says how many may be so means all pods of the set, the
     * ones that the partition keeps among them.
     */
    int firstCounted() {
        return mostUnavailable() == null ? first() + partition() : first();
    }

    private @Nullable IntOrString mostUnavailable() {
        RollingUpdateStatefulSetStrategy rolling = set.spec().updateStrategy().rollingUpdate();
        return rolling == null ? null : rolling.maxUnavailable();
    }

    /** What a pod of this number is made from now. */
    Revision wanted(int ordinal) {
        return isRolling() && ordinal < first() + partition() ? current : update;
    }
}
