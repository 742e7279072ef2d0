package io.orchestrator.core.schedule.plugin;

import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.PersistentVolume;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.core.schedule.framework.ChangeKind;
import io.orchestrator.core.schedule.framework.ClusterChange;
import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.CycleKey;
import io.orchestrator.core.schedule.framework.FilterPlugin;
import io.orchestrator.core.schedule.framework.KnownObjects;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.PreFilter;
import io.orchestrator.core.schedule.framework.PreFilterPlugin;
import io.orchestrator.core.schedule.framework.Verdict;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A pod goes only where its volumes are, as far as their labels name a zone or region. */
public final class VolumeZone implements PreFilterPlugin, FilterPlugin {
    private static final List<String> LABELS = List.of(
            "topology.kubernetes.io/zone",
            "topology.kubernetes.io/region",
            "failure-domain.beta.kubernetes.io/zone",
            "failure-domain.beta.kubernetes.io/region");

    /** What a volume of several zones has between their names. */
    private static final String DELIMITER = "__";

    private static final Verdict ELSEWHERE = Verdict.unresolvable("node(s) had no available volume zone");
    private static final CycleKey<List<Place>> PLACES = CycleKey.named("VolumeZone");

    /** Where a volume is: one of these values of the label. */
    private record Place(String label, Set<String> values) {}

    @Override
    public String name() {
        return "VolumeZone";
    }

    @Override
    public Set<ResourceType<?>> reads() {
        return Set.of(PersistentVolumeClaim.TYPE, PersistentVolume.TYPE);
    }

    @Override
    public PreFilter preFilter(Cycle cycle) {
        KnownObjects objects = cycle.snapshot().objects();
        List<Place> places = new ArrayList<>();
        for (String name : cycle.pod().claims()) {
            Storage.claim(objects, cycle.pod().namespace(), name)
                    .flatMap(claim -> Storage.volume(objects, claim))
                    .ifPresent(volume -> addPlaces(volume, places));
        }
        if (places.isEmpty()) {
            return PreFilter.skip();
        }
        cycle.put(PLACES, places);
        return PreFilter.proceed();
    }

    private static void addPlaces(PersistentVolume volume, List<Place> to) {
        for (String label : LABELS) {
            String value = volume.metadata().labels().get(label);
            if (value != null) {
                to.add(new Place(label, Set.of(value.split(DELIMITER))));
            }
        }
    }

    /** A node that is in no zone at all is taken to reach every one. */
    @Override
    public Verdict filter(Cycle cycle, NodeView node) {
        Map<String, String> labels = node.labels();
        if (LABELS.stream().noneMatch(labels::containsKey)) {
            return Verdict.fits();
        }
        for (Place place : cycle.get(PLACES)) {
            String value = labels.get(place.label);
            if (value == null || !place.values.contains(value)) {
                return ELSEWHERE;
            }
        }
        return Verdict.fits();
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
