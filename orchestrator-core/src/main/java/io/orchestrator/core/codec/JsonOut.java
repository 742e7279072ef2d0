package io.orchestrator.core.codec;

import io.orchestrator.core.schema.FieldSchema;
import java.math.BigDecimal;

/** Where {@link RecordWriter} puts a JSON value, token by token, in an order that makes sense. Confined to one encoding. */
interface JsonOut {

    void startObject();

    void endObject();

    void startArray();

    void endArray();

    void name(FieldSchema field);

    void name(String name);

    void string(String value);

    /** Whoever reads tokens finds it as the smallest type that holds it. */
    void number(long value);

    void number(BigDecimal value);

    void truth(boolean value);

    void nothing();

    /**
     * A value that other objects may share.
     *
     * @param write writes it, where it must be written
     */
    default void part(Object value, Runnable write) {
        write.run();
    }

    /** A value that is JSON already. */
    void raw(String json);
}
