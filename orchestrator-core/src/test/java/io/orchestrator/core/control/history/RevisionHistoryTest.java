package io.orchestrator.core.control.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.apps.ControllerRevision;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.core.PodTemplateSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which revision a template stands for. */
class RevisionHistoryTest {
    private final RevisionData data = new RevisionData();
    private final StatefulSet set = set();
    private final List<ControllerRevision> made = new ArrayList<>();

    @Test
    void aNewTemplateIsTheNextRevision() {
        RevisionHistory.Wanted first = wanted("nginx:1", 0);
        assertThat(first.exists()).isFalse();
        assertThat(first.revision().revision()).isEqualTo(1);
        assertThat(first.name()).startsWith("web-");
        made.add(first.revision());
        assertThat(wanted("nginx:2", 0).revision().revision()).isEqualTo(2);
    }

    @Test
    void aKnownTemplateIsFoundAgainAndMadeTheNewest() {
        made.add(wanted("nginx:1", 0).revision());
        made.add(wanted("nginx:2", 0).revision());
        assertThat(wanted("nginx:2", 0).isRollback()).isFalse();
        assertThat(wanted("nginx:2", 0).exists()).isTrue();
        RevisionHistory.Wanted back = wanted("nginx:1", 0);
        assertThat(back.isRollback()).isTrue();
        assertThat(back.name()).isEqualTo(made.get(0).metadata().name());
        assertThat(back.revision().revision()).isEqualTo(3);
    }

    @Test
    void aCollisionLeadsToAnotherName() {
        assertThat(wanted("nginx:1", 1).name())
                .isNotEqualTo(wanted("nginx:1", 0).name());
    }

    @Test
    void aRevisionHoldsThePatchThatPutsItsTemplateInPlace() {
        ControllerRevision revision = wanted("nginx:1", 0).revision();
        assertThat(revision.data().json())
                .startsWith("{\"spec\":{\"template\":{")
                .contains("\"$patch\":\"replace\"")
                .contains("\"image\":\"nginx:1\"");
        assertThat(data.templateOf(revision)).contains(template("nginx:1"));
    }

    @Test
    void theOldestThatNothingUsesGo() {
        for (int i = 1; i <= 5; i++) {
            made.add(wanted("nginx:" + i, 0).revision());
        }
        String used = made.get(0).metadata().name();
        assertThat(history().surplus(Set.of(used), 2))
                .extracting(ControllerRevision::revision)
                .containsExactly(2L, 3L);
        assertThat(history().surplus(Set.of(), 10)).isEmpty();
    }

    private RevisionHistory.Wanted wanted(String image, int collisions) {
        return history().wanted(set, StatefulSet.TYPE, template(image), collisions);
    }

    private RevisionHistory history() {
        return RevisionHistory.of(set, made, data);
    }

    private static PodTemplateSpec template(String image) {
        return StatefulSet.named("web").container("web", image).build().spec().template();
    }

    private static StatefulSet set() {
        StatefulSet set = StatefulSet.named("web").container("web", "nginx").build();
        return set.withMetadata(ObjectMetaBuilder.builder(set.metadata())
                .namespace("default")
                .uid("set")
                .build());
    }
}
