package io.orchestrator.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutOfSpaceTest {
    private static final long BEFORE = 10;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<Entry> standing(String value, long revision) {
        return Optional.of(new Entry(new StoreKey("/things/one"), StoreValue.of(bytes(value)), 3, revision));
    }

    private static Entry settled(Optional<Entry> now) {
        return settled(now, BEFORE, revision -> {
            throw new AssertionError("nothing of the past is of use here");
        });
    }

    private static Entry settled(Optional<Entry> now, long revision, OutOfSpace.Past past) {
        return OutOfSpace.settled(
                "put /things/one",
                now,
                revision,
                bytes("new"),
                BEFORE,
                past,
                new IllegalStateException("etcdserver: mvcc: database space exceeded"));
    }

    @Test
    void whatStandsThereSinceWasWritten() {
        Optional<Entry> now = standing("new", 11);

        assertThat(settled(now)).isSameAs(now.orElseThrow());
    }

    @Test
    void whereNothingStandsAndNothingHasHappenedNothingWasWritten() {
        assertThatThrownBy(() -> settled(Optional.empty())).isInstanceOf(StoreException.Refused.class);
    }

    @Test
    void whereTheSameStoodBeforeNothingWasWritten() {
        assertThatThrownBy(() -> settled(standing("old", BEFORE))).isInstanceOf(StoreException.Refused.class);
        assertThatThrownBy(() -> settled(standing("new", BEFORE))).isInstanceOf(StoreException.Refused.class);
    }

    @Test
    void whereSomebodyElseHasWrittenSinceNobodyKnows() {
        assertThatThrownBy(() -> settled(standing("another's", 11)))
                .isInstanceOfSatisfying(
                        StoreException.Unavailable.class,
                        unknown -> assertThat(unknown.isUnwritten()).isFalse());
    }

    @Test
    void whatSomebodyElseHasDeletedSinceWasWritten() {
        Entry written = standing("new", 12).orElseThrow();

        assertThat(settled(Optional.empty(), 14, revision -> revision < 12 ? Optional.empty() : Optional.of(written)))
                .isSameAs(written);
    }

    @Test
    void whereOthersOnlyHaveWrittenSinceOrWhatStoodBeforeWasDeletedNothingWasWritten() {
        assertThatThrownBy(() -> settled(Optional.empty(), 14, revision -> Optional.empty()))
                .isInstanceOf(StoreException.Refused.class);
        assertThatThrownBy(() -> settled(Optional.empty(), 14, revision -> standing("another's", 11)))
                .isInstanceOf(StoreException.Refused.class);
        assertThatThrownBy(() -> settled(Optional.empty(), 14, revision -> standing("new", BEFORE)))
                .isInstanceOf(StoreException.Refused.class);
    }

    @Test
    void whereThePastIsCompactedOrLongNobodyKnows() {
        assertThatThrownBy(() -> settled(Optional.empty(), 14, revision -> {
                    throw new StoreException.Unavailable("compacted", null);
                }))
                .isInstanceOf(StoreException.Unavailable.class)
                .hasMessageContaining("database space exceeded");
        assertThatThrownBy(() -> settled(Optional.empty(), BEFORE + 1_000_000, revision -> Optional.empty()))
                .isInstanceOf(StoreException.Unavailable.class);
    }
}
