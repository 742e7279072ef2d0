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
        return OutOfSpace.settled(
                "put /things/one",
                now,
                bytes("new"),
                BEFORE,
                new IllegalStateException("etcdserver: mvcc: database space exceeded"));
    }

    @Test
    void whatStandsThereSinceWasWritten() {
        Optional<Entry> now = standing("new", 11);

        assertThat(settled(now)).isSameAs(now.orElseThrow());
    }

    @Test
    void whereNothingStandsNothingWasWritten() {
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
}
