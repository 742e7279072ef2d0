package io.orchestrator.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.schema.Schemas;
import java.lang.ref.Reference;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** One version of an object and its bytes. */
class StoredObjectTest {
    private final JsonForms form = new JsonForms(new ObjectCodec(new Schemas()));
    private final AtomicInteger encoded = new AtomicInteger();

    @Test
    void readersThatComeTogetherShareOneMessage() {
        StoredObject stored =
                StoredObject.standing(Pod.named("web").container("main", "any").build(), 7, form);

        byte[] first = message(stored);
        byte[] second = message(stored);

        assertThat(second).isSameAs(first);
        assertThat(encoded).hasValue(1);
        Reference.reachabilityFence(first);
    }

    @Test
    void whatIsNotStoredMayYetGetAVersionAndIsNotShared() {
        StoredObject answer =
                StoredObject.answer(Pod.named("web").container("main", "any").build(), form);

        assertThat(message(answer)).isNotSameAs(message(answer));
    }

    private byte[] message(StoredObject stored) {
        return stored.message(object -> new byte[] {(byte) encoded.incrementAndGet()});
    }
}
