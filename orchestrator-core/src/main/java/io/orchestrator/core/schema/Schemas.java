package io.orchestrator.core.schema;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The schemas of one cluster, each read once, when it is first needed. Thread-safe. */
public final class Schemas {
    private final ConcurrentMap<Class<?>, RecordSchema> known = new ConcurrentHashMap<>();

    /**
     * The schema of a record class.
     *
     * @throws IllegalArgumentException when the class is no record of the model
     */
    public RecordSchema of(Class<?> type) {
        RecordSchema schema = known.get(type);
        return schema != null ? schema : known.computeIfAbsent(type, this::read);
    }

    private RecordSchema read(Class<?> type) {
        return new SchemaReader(this).read(type);
    }
}
