package io.orchestrator.testkit.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.core.ObjectReference;
import io.orchestrator.api.model.core.PersistentVolume;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.PersistentVolumeClaimPhase;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** At rest each ordinal of a set has its claim, each claim that is bound its own volume, and always the same one. */
final class ClaimRule {
    /** The volume of each claim that was ever seen bound, by the claim's uid. */
    private final Map<String, String> volumes = new HashMap<>();

    void check(Client client) {
        List<PersistentVolumeClaim> claims = client.resources(PersistentVolumeClaim.TYPE)
                .inAnyNamespace()
                .list()
                .items();
        Map<String, PersistentVolume> byName = client.resources(PersistentVolume.TYPE).list().items().stream()
                .collect(Collectors.toMap(volume -> volume.metadata().name(), volume -> volume));
        Set<String> taken = new HashSet<>();
        for (PersistentVolumeClaim claim : claims) {
            if (!claim.status().phase().equals(PersistentVolumeClaimPhase.BOUND)) {
                continue;
            }
            String name = name(claim);
            String volume = claim.spec().volumeName();
            assertThat(taken.add(volume))
                    .as("%s is the only claim of %s", name, volume)
                    .isTrue();
            assertThat(byName).as("the volume of %s", name).containsKey(volume);
            ObjectReference holder =
                    Objects.requireNonNull(byName.get(volume)).spec().claimRef();
            assertThat(holder == null ? "" : holder.uid())
                    .as("the claim of %s, which %s has", volume, name)
                    .isEqualTo(claim.metadata().uid());
            assertThat(volumes.merge(claim.metadata().uid(), volume, (first, now) -> first))
                    .as("the first volume of %s", name)
                    .isEqualTo(volume);
        }
        Set<String> bound = claims.stream()
                .filter(claim -> claim.status().phase().equals(PersistentVolumeClaimPhase.BOUND))
                .map(ClaimRule::name)
                .collect(Collectors.toSet());
        for (StatefulSet set :
                client.resources(StatefulSet.TYPE).inAnyNamespace().list().items()) {
            for (int i = 0; i < Edits.replicas(set.spec().replicas()); i++) {
                for (PersistentVolumeClaim template : set.spec().volumeClaimTemplates()) {
                    assertThat(bound)
                            .as("bound claims")
                            .contains(set.metadata().namespace() + "/"
                                    + template.metadata().name() + "-"
                                    + set.metadata().name() + "-" + i);
                }
            }
        }
    }

    private static String name(PersistentVolumeClaim claim) {
        return claim.metadata().namespace() + "/" + claim.metadata().name();
    }
}
