package io.orchestrator.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.watch.WatchEvent;
import io.etcd.jetcd.watch.WatchEvent.EventType;
import io.orchestrator.spi.store.Change;
import io.orchestrator.spi.store.StoreKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeAssemblerTest {
    private final ChangeAssembler assembler = new ChangeAssembler(new KeySpace("/ns"), new OwnValues());

    @Test
    void theChangesOfOneRevisionComeTogether() {
        List<ChangeAssembler.Step> steps =
                assembler.assemble(List.of(put("/a", 5, 5), put("/b", 5, 5), put("/a", 6, 5, 5)), 4, 4);
        assertThat(steps).extracting(ChangeAssembler.Step::revision).containsExactly(5L, 6L);
        assertThat(steps.get(0).changes())
                .extracting(Change::key)
                .containsExactly(new StoreKey("/a"), new StoreKey("/b"));
    }

    @Test
    void whatHappenedAtTheRevisionWhereTheStreamBeganIsSkipped() {
        List<ChangeAssembler.Step> steps =
                assembler.assemble(List.of(put("/a", 4, 4), put("/b", 4, 2, 3), put("/a", 5, 4, 4)), 4, 4);
        assertThat(steps).extracting(ChangeAssembler.Step::revision).containsExactly(5L);
    }

    @Test
    void anEventWhoseForerunnerWasNotDeliveredShowsTheGap() {
        assertThatThrownBy(() -> assembler.assemble(List.of(put("/a", 9, 2, 7)), 4, 4))
                .isInstanceOf(ChangeAssembler.Gap.class)
                .hasMessageContaining("revision 7");
        assertThatThrownBy(() -> assembler.assemble(List.of(removed("/a", 9, 7)), 4, 4))
                .isInstanceOf(ChangeAssembler.Gap.class);
    }

    @Test
    void aRevisionThatComesInPiecesOrAgainIsAGapAndNeverDeliveredHalf() {
        assertThatThrownBy(() -> assembler.assemble(List.of(put("/b", 6, 6)), 4, 6))
                .isInstanceOf(ChangeAssembler.Gap.class);
        assertThatThrownBy(() -> assembler.assemble(List.of(put("/b", 5, 5)), 4, 6))
                .isInstanceOf(ChangeAssembler.Gap.class);
    }

    @Test
    void aRemovalNamesWhatStoodThereWhereEtcdStillKnows() {
        List<ChangeAssembler.Step> steps = assembler.assemble(List.of(removed("/a", 5, 4), removed("/b", 6, 0)), 4, 4);
        Change.Removed known = (Change.Removed) steps.get(0).changes().get(0);
        Change.Removed unknown = (Change.Removed) steps.get(1).changes().get(0);
        assertThat(known.previous()).isNotNull();
        assertThat(known.previous().revision()).isEqualTo(4);
        assertThat(unknown.previous()).isNull();
    }

    private static WatchEvent put(String key, long revision, long created) {
        return new WatchEvent(pair(key, revision, created), pair(key, 0, 0), EventType.PUT);
    }

    private static WatchEvent put(String key, long revision, long created, long before) {
        return new WatchEvent(pair(key, revision, created), pair(key, before, created), EventType.PUT);
    }

    private static WatchEvent removed(String key, long revision, long before) {
        return new WatchEvent(pair(key, revision, 0), pair(key, before, before), EventType.DELETE);
    }

    private static KeyValue pair(String key, long revision, long created) {
        return new KeyValue(
                io.etcd.jetcd.api.KeyValue.newBuilder()
                        .setKey(com.google.protobuf.ByteString.copyFromUtf8("/ns" + key))
                        .setModRevision(revision)
                        .setCreateRevision(created)
                        .build(),
                ByteSequence.EMPTY);
    }
}
