package io.orchestrator.testkit.history;

import io.orchestrator.spi.store.Entry;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An entry as a client saw it, its value as text. */
public record Seen(String value, long created, long revision) {

    static Seen of(Entry entry) {
        return new Seen(
                new String(entry.value().bytes(), StandardCharsets.UTF_8), entry.createRevision(), entry.revision());
    }

    static @Nullable Seen ofNullable(@Nullable Entry entry) {
        return entry == null ? null : of(entry);
    }
}
