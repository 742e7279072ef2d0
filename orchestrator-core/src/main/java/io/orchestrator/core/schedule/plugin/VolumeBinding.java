package io.orchestrator.core.schedule.plugin;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.PersistentVolume;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.storage.CSIDriver;
import io.orchestrator.api.model.storage.CSIStorageCapacity;
import io.orchestrator.api.model.storage.StorageClass;
import io.orchestrator.core.schedule.framework.ChangeKind;
import io.orchestrator.core.schedule.framework.ClusterChange;
import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.CycleKey;
import io.orchestrator.core.schedule.framework.FilterPlugin;
import io.orchestrator.core.schedule.framework.KnownObjects;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.PreBindPlugin;
import io.orchestrator.core.schedule.framework.PreBinding;
import io.orchestrator.core.schedule.framework.PreFilter;
import io.orchestrator.core.schedule.framework.PreFilterPlugin;
import io.orchestrator.core.schedule.framework.Reservation;
import io.orchestrator.core.schedule.framework.ReservePlugin;
import io.orchestrator.core.schedule.framework.Verdict;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A pod goes only where its volumes can be had. Claims whose class waits for a consumer get their volume now: one that is there
 * and fits, or one that is made for the node. The pod is bound when all its claims are.
 */
public final class VolumeBinding implements PreFilterPlugin, FilterPlugin, ReservePlugin, PreBindPlugin {
    private static final Verdict CONFLICT = Verdict.unresolvable("node(s) had volume node affinity conflict");
    private static final Verdict NOTHING_TO_BIND =
            Verdict.unresolvable("node(s) didn't find available persistent volumes to bind");
    private static final Verdict NO_SPACE = Verdict.unresolvable("node(s) did not have enough free storage");
    private static final Verdict NO_VOLUME =
            Verdict.unresolvable("node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)");
    private static final CycleKey<PodClaims> CLAIMS = CycleKey.named("VolumeBinding");
    private static final CycleKey<Map<String, ClaimPlan>> PLANS = CycleKey.named("VolumeBinding per node");
    private static final CycleKey<ClaimProgress> PROGRESS = CycleKey.named("VolumeBinding progress");

    @Override
    public String name() {
        return "VolumeBinding";
    }

    @Override
    public Set<ResourceType<?>> reads() {
        return Set.of(
                PersistentVolumeClaim.TYPE,
                PersistentVolume.TYPE,
                StorageClass.TYPE,
                CSIDriver.TYPE,
                CSIStorageCapacity.TYPE);
    }

    @Override
    public PreFilter preFilter(Cycle cycle) {
        if (cycle.pod().claims().isEmpty()) {
            return PreFilter.skip();
        }
        PodClaims claims = PodClaims.of(cycle.pod(), cycle.snapshot().objects());
        if (!claims.problem().isEmpty()) {
            return PreFilter.refuse(Verdict.unresolvable(claims.problem()));
        }
        cycle.put(CLAIMS, claims);
        cycle.put(PLANS, new HashMap<>());
        return PreFilter.proceed();
    }

    @Override
    public Verdict filter(Cycle cycle, NodeView node) {
        KnownObjects objects = cycle.snapshot().objects();
        PodClaims claims = cycle.get(CLAIMS);
        for (PersistentVolumeClaim claim : claims.bound()) {
            var volume = Storage.volume(objects, claim);
            if (volume.isEmpty()) {
                return NO_VOLUME;
            }
            if (!Storage.reaches(volume.get(), node)) {
                return CONFLICT;
            }
        }
        if (claims.unbound().isEmpty()) {
            return Verdict.fits();
        }
        ClaimPlan plan = ClaimPlan.of(claims.unbound(), node, objects);
        if (plan.isPossible()) {
            cycle.get(PLANS).put(node.name(), plan);
            return Verdict.fits();
        }
        return plan.lacksSpace() ? NO_SPACE : NOTHING_TO_BIND;
    }

    /** What is going to be bound counts as taken for everybody who comes after. */
    @Override
    public Reservation reserve(Cycle cycle, NodeView node) {
        Map<String, ClaimPlan> plans = cycle.find(PLANS);
        ClaimPlan plan = plans == null ? null : plans.get(node.name());
        if (plan == null) {
            return Reservation.taken();
        }
        cycle.put(PROGRESS, new ClaimProgress(plan, node.name()));
        List<Resource> assumed = new ArrayList<>();
        plan.chosen().forEach((claim, volume) -> assumed.add(ClaimPlan.given(volume, claim)));
        plan.made().forEach(claim -> assumed.add(ClaimPlan.sentTo(claim, node.name())));
        return Reservation.taken(assumed);
    }

    @Override
    public PreBinding preBind(Cycle cycle, NodeView node, KnownObjects objects) {
        ClaimProgress progress = cycle.find(PROGRESS);
        return progress == null ? PreBinding.ready() : progress.next(objects);
    }

    @Override
    public Set<ChangeKind> retryOn() {
        return EnumSet.of(ChangeKind.NODE_ADDED, ChangeKind.NODE_LABELS_CHANGED, ChangeKind.OBJECT_CHANGED);
    }

    @Override
    public boolean couldHelp(ClusterChange change, PodView pod) {
        return Storage.mayConcern(change, pod);
    }
}
