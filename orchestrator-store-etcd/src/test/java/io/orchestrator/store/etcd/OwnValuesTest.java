package io.orchestrator.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OwnValuesTest {
    private static final StoreKey A = new StoreKey("/a");

    private final OwnValues values = new OwnValues();
    private final StoreValue given = StoreValue.of(bytes("one"));

    @Test
    void theEventOfAnOwnWriteTellsTheVeryValueThatWasGivenOnce() {
        values.note(new Entry(A, given, 7, 7), bytes("one"));
        assertThat(values.take(A, 7, bytes("one"))).isSameAs(given);
        assertThat(values.take(A, 7, bytes("one"))).isNotSameAs(given);
    }

    @Test
    void whatAnotherHasWrittenIsMadeOfItsBytes() {
        values.note(new Entry(A, given, 7, 7), bytes("one"));
        assertThat(values.take(A, 7 + 512, bytes("one"))).isNotSameAs(given);
        assertThat(values.take(new StoreKey("/b"), 7, bytes("one"))).isNotSameAs(given);
        // Of an etcd that was restored from a copy, at a revision that it has counted before.
        StoreValue other = values.take(A, 7, bytes("two"));
        assertThat(other.bytes()).isEqualTo(bytes("two"));
    }

    @Test
    void aLargeValueDoesNotWaitForItsEvent() {
        byte[] large = new byte[100_000];
        StoreValue value = StoreValue.of(large);
        values.note(new Entry(A, value, 7, 7), large);
        assertThat(values.take(A, 7, large.clone())).isNotSameAs(value);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
